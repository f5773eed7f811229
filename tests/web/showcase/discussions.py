"""Discussions of every sort."""

from datetime import timedelta
from typing import Any

from tests.web.showcase.makers import ANYBODYS, NOW, OPEN, a_comment, a_gone, ago, an_answer

from rejoinder.web.shown.comments import Acts, Gone, Mark, ShownThread, thread
from rejoinder.web.shown.stories import ShownDiscussion


def conversation() -> tuple[ShownThread, ...]:
    first = a_comment(
        "northquay",
        "I take the 6:10 every weekday. In October it carried between nine and fourteen of us, I started counting "
        "after the August notice. The council’s own paper says twenty-two. Where is that number from?",
        written_at=ago(hours=5, minutes=53),
    )
    answer = an_answer(
        first,
        "Ana Ortolani",
        "From tickets sold, which counts returns twice on the day they are bought. I have asked for the boarding "
        "counts and will add them to the story.",
        mark=Mark.AUTHOR,
        badges=("Staff",),
        written_at=ago(hours=5),
    )
    hosking = an_answer(
        first,
        "T. Hosking",
        "> between nine and fourteen of us\n\nSame on the evening boat until half-term, then **forty**.",
    )
    third = an_answer(answer, "northquay", "Thank you. That explains it.", depth=2)
    fourth = an_answer(third, "mewanbaker", "It explains the figure, not the timetable.", depth=3)
    fifth = an_answer(
        fourth,
        "Ruth E.",
        "The timetable is on page 4 of the paper: https://council.example/papers/2026/11/winter-ferry-timetable-and-crewing-plan-final.pdf",
        depth=4,
    )
    sixth = an_answer(fifth, "T. Hosking", "Page 5, but yes.", depth=5)
    baker = a_comment(
        "mewanbaker",
        "We deliver bread by that boat. Two winters ago it stopped for nine weeks and we lost four of our six island "
        "customers for good.\n\n£38,000 is less than what the shops over there paid in freight that year.",
        level=Mark.RECOGNISED,
        badges=("Subscriber",),
        edited_at=ago(hours=3, minutes=40),
    )
    removed = a_gone(Gone.REMOVED, gone_reason="It attacks a person instead of what they say.")
    ruth = an_answer(
        removed,
        "Ruth E.",
        "Disagree all you like, but she answered the question she was asked.",
        written_at=ago(hours=2),
    )
    editor = a_comment("R. Teague", "The review paper is now linked from the story.", mark=Mark.EDITOR)
    return (
        thread(first, [answer, third, fourth, fifth, sixth, hosking]),
        thread(baker, []),
        thread(removed, [ruth]),
        thread(a_gone(Gone.HIDDEN), []),
        thread(
            a_gone(Gone.DELETED),
            [an_answer(a_gone(Gone.DELETED), "oldpier", "I saw that before it went, and I agree.")],
        ),
        thread(editor, []),
    )


def strange() -> tuple[ShownThread, ...]:
    """Long words, other scripts, long names: nothing may burst."""
    long_name = "Wilhelmina-Konstantina van den Bruggen-X"
    first = a_comment(
        long_name,
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
        "undnochvielmehrohneeineeinzigeluecke and then an address: https://example.org/" + "a" * 120,
        mark=Mark.FORMER,
    )
    arabic = an_answer(first, "ليلى حداد", "كل صباح أركب العبّارة من الجزيرة. لا بديل عنها في الشتاء.\n\nشكرا للمجلس.")
    mixed = an_answer(arabic, long_name, "قالت ليلى: the boat is ours, والقرار قراركم.", depth=2)
    breaking = a_comment(
        "<script>alert(1)</script>", '</script><img src=x onerror="alert(1)"> & "quotes" are only text.'
    )
    return (thread(first, [arabic, mixed]), thread(breaking, []))


def own() -> tuple[ShownThread, ...]:
    mine = a_comment(
        "northquay",
        "I will bring my tally to the March review.",
        is_own=True,
        acts=Acts(reply=True, edit_until=NOW + timedelta(minutes=3), delete=True),
        written_at=ago(minutes=2),
    )
    return (*conversation()[:2], thread(mine, []))


def a_long_thread() -> ShownThread:
    root = a_comment("northquay", "Who else would come to the review in March?")
    replies = [an_answer(root, f"islander {number}", f"Number {number} would.") for number in range(1, 11)]
    return thread(root, replies, more=42)


def a_discussion(**known: Any) -> ShownDiscussion:
    values: dict[str, Any] = {
        "count": 13,
        "standing": OPEN,
        "threads": conversation(),
        "form": None if "barred" in known else ANYBODYS,
    } | known
    return ShownDiscussion(**values)
