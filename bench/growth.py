"""How the time of handling a hostile text grows: each function on 8,000 and on 64,000 characters of an awkward unit, in
microseconds of processor time, least of five. A ratio near 8 is linear, one near 64 quadratic.

    .venv/bin/python bench/growth.py
"""

from collections.abc import Callable
from time import thread_time

from rejoinder.discussion.names import candidates
from rejoinder.discussion.text import clean, fingerprint, length
from rejoinder.discussion.words import WordList
from rejoinder.markup import excerpt, plain, render

SMALL, LARGE = 8_000, 64_000
FUNCTIONS: dict[str, Callable[[str], object]] = {
    "clean": clean,
    "fingerprint": fingerprint,
    "length": length,
    "candidates": candidates,
    "words": WordList(["floob", "tin hat"]).find,
    "render": render,
    "plain": plain,
    "excerpt": lambda text: excerpt(text, 200),
}
UNITS = (
    "*",
    "**a ",
    "_",
    "[",
    "[a](",
    "> ",
    "@a ",
    "@",
    " ",
    "\n",
    "f l o o b ",
    "e\u0301",
    "https://a.b/(",
    "a.",
    "<",
)


def main() -> None:
    print(f"{'function':<12} {'unit':<16} {SMALL:>9,} {LARGE:>9,}  ratio")
    for name, work in FUNCTIONS.items():
        for unit in UNITS:
            small, large = (_microseconds(work, unit * (size // len(unit))) for size in (SMALL, LARGE))
            print(f"{name:<12} {unit!r:<16} {small:>9,.0f} {large:>9,.0f}  {large / max(small, 1):5.1f}")


def _microseconds(work: Callable[[str], object], text: str) -> float:
    return min(_once(work, text) for _ in range(5)) * 1e6


def _once(work: Callable[[str], object], text: str) -> float:
    begun = thread_time()
    work(text)
    return thread_time() - begun


if __name__ == "__main__":
    main()
