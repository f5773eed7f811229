"""The letter to whoever reported a comment. As in `account_letters`."""

from rejoinder.mail.layout import Cover, Link, about, greeting, lay_out
from rejoinder.mail.message import Letter


def flag_resolved(
    cover: Cover,
    *,
    headline: str,
    upheld: bool,
    receipt_link: str,
    gone: bool = False,
    again: bool = False,
    until: str = "",
) -> Letter:
    """To whoever reported a comment: what the editors made of it. `gone`: it went with the comment it answered;
    `again`: they decided anew, on an appeal; `until` is the day until which a refusal can be appealed, or empty.
    """
    say, of = cover.words.gettext, about(cover, headline)
    outcome = say("They agree with you, and the comment can no longer be read on the page.")
    if gone:
        outcome = say("The comment can no longer be read: it went with the comment it answered, which they removed.")
    elif not upheld:
        outcome = say("They have decided that the comment can stay.")
    return lay_out(
        cover,
        say("Your report of a comment on “%(headline)s”") % of,
        [
            *greeting(cover, ""),
            say("You reported a comment on “%(headline)s” to the editors of %(site)s. They have looked at it.") % of,
            *([say("They have decided anew, because its writer appealed.")] if again else []),
            outcome,
            *(
                [say("If you do not agree, you can appeal once, from this page, until %(day)s.") % {"day": until}]
                if until
                else []
            ),
            Link(say("Your report"), receipt_link),
            say("Thank you for taking the time."),
        ],
    )
