"""The data every server gets: the same comments, in the same order, by the same people.

One endless discussion is invented from one seed, and a story of n comments has its first n. So the first page of a
story with 1,000 comments and of one with 175,000 are the same page, and their cost may be compared. Four of five
comments are replies, to one of the fifty latest threads.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

PEOPLE = 2000
TEXTS = 4096
RECENT = 50  # threads that still get replies
DEEPEST = 6
_WHO = [
    "the harbour board",
    "my neighbour",
    "our school",
    "the council",
    "the early boat",
    "a friend at the depot",
    "the old mill",
    "whoever wrote this",
    "the planning office",
    "a nurse I know",
    "the bakery on the corner",
    "the drivers",
    "both candidates",
    "the night shift",
    "my daughter's teacher",
    "the water company",
    "the tenants",
    "the choir",
    "half the street",
    "the new owner",
    "the fishermen",
    "the library",
]
_DID = [
    "asked for",
    "never got",
    "paid for",
    "promised us",
    "argued over",
    "finally fixed",
    "keeps forgetting",
    "wrote twice about",
    "would gladly lose",
    "measured",
    "painted",
    "voted against",
    "has to explain",
    "cannot afford",
    "borrowed",
    "sold",
    "planned",
    "inherited",
    "warned us of",
]
_WHAT = [
    "a second ferry",
    "the roof of the market hall",
    "a safe crossing",
    "lights along the quay",
    "an honest timetable",
    "the grant for the pier",
    "fewer lorries",
    "the noise after ten",
    "a bench in the shade",
    "the flood wall",
    "rents like these",
    "the missing page",
    "those figures",
    "a doctor who stays",
    "bread at that price",
    "the turbine",
    "the parking in front of the bell tower",
    "a receipt",
    "clean water",
    "what was agreed",
    "the harbour dues",
    "a lamp that works",
    "an apology",
    "the third lane",
    "quieter engines",
]
_WHEN = [
    "last winter",
    "three years ago",
    "before the storm",
    "every single spring",
    "while the bridge was shut",
    "on a Tuesday, of all days",
    "without telling anybody",
    "in front of forty people",
    "when the money was there",
    "long before this story",
    "since the summer",
    "again and again",
    "at the second reading",
    "for the sake of peace",
    "with a straight face",
    "at half the price",
]
_SO = (
    "I would rather see the figures first.",
    "That is not what the report says on page nine.",
    "Nobody on our street was asked.",
    "Has anyone counted the people who walk?",
    "It worked in the next town, slowly and with patience.",
    "You may be right about the cost, but not about the noise.",
    "Thank you for reporting this so carefully.",
    "My bus leaves at seven and it is full by the second stop.",
    "We tried that in ninety-eight and it rained in.",
    "Ask again in March.",
    "The photograph shows the wrong side of the river, by the way.",
    "Where would the money come from?",
    "I was there, and it was much louder than you write.",
    "Fair point; I had not thought of the deliveries.",
    "What happens to those who cannot walk that far?",
    "Sorry, but one meeting is not a consultation.",
)
NAMES = tuple(f"reader {number:04d}" for number in range(PEOPLE))


@dataclass(frozen=True, slots=True)
class Said:
    """A comment: its number in the discussion from 1, what it answers (0: nothing), its thread and its depth."""

    number: int
    parent: int
    root: int
    depth: int
    place: int  # among the replies of its thread, from 1
    person: int
    text: int


@cache
def texts() -> tuple[str, ...]:
    """Comments of 100 to 600 characters."""
    dice = random.Random(1871)
    return tuple(_text(dice, dice.randint(100, 600)) for _ in range(TEXTS))


def discussion(count: int) -> Iterator[Said]:
    """The first `count` comments."""
    dice = random.Random(1912)
    threads: list[
        list[tuple[int, int]]
    ] = []  # of each thread that still gets replies: number and depth of its comments
    for number in range(1, count + 1):
        person, text = dice.randrange(PEOPLE), dice.randrange(TEXTS)
        if number == 1 or dice.random() < 0.2:  # noqa: PLR2004 - one of five begins a thread
            threads.append([(number, 0)])
            del threads[:-RECENT]
            yield Said(number, 0, number, 0, 0, person, text)
            continue
        thread = dice.choice(threads)
        parent, depth = dice.choice(thread[-12:])
        depth = min(depth + 1, DEEPEST)
        thread.append((number, depth))
        yield Said(number, parent, thread[0][0], depth, len(thread) - 1, person, text)


def _text(dice: random.Random, length: int) -> str:
    said = ""
    while len(said) < length:
        sentence = f"{dice.choice(_WHO)} {dice.choice(_DID)} {dice.choice(_WHAT)} {dice.choice(_WHEN)}."
        said += " " + (dice.choice(_SO) if dice.random() < 0.4 else sentence[0].upper() + sentence[1:])  # noqa: PLR2004 - said once
    return said.strip()[:600]
