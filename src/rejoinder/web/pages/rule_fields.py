"""Every rule that a form of rules has: how it is called, how it is typed, and how it reads."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from rejoinder.discussion.ranking import Order
from rejoinder.discussion.refusals import BadRules, _
from rejoinder.discussion.sites import Mode, Twice, Who
from rejoinder.discussion.tag_lines import read_tag_lines, tag_lines
from rejoinder.discussion.tongues import KNOWN
from rejoinder.web.shown.rules import Control

NONE = ("-", "–")  # typed for a list: nothing here, though above there is something
YES, NO = "yes", "no"


class Unreadable(Exception):
    """What was typed cannot be a value of its rule. The sentence is a catalogue key."""

    def __init__(self, sentence: str, **data: Any) -> None:
        super().__init__(sentence)
        self.sentence, self.data = sentence, data


class Field(Struct, frozen=True, kw_only=True):
    """One rule in a form. `read` takes what was typed to a value, or raises Unreadable or BadRules; `write` the other
    way. Words are catalogue keys.
    """

    name: str
    label: str
    control: Control
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    hint: str = ""
    unit: str = ""
    empty: str = _("none")  # how a list of nothing reads
    zero: str = ""  # how a 0 reads, where it switches something off
    choices: tuple[tuple[str, str], ...] = ()
    site_only: bool = False
    not_of_stories: bool = False


class Group(Struct, frozen=True):
    title: str
    fields: tuple[Field, ...]


def _read_number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 9):  # noqa: PLR2004 - a billion is no rule
        raise Unreadable(_("Please give a whole number, in figures."))
    return int(typed)


def number(name: str, label: str, **known: Any) -> Field:
    return Field(name=name, label=label, control=Control.NUMBER, read=_read_number, write=str, **known)


def span(name: str, label: str, *, seconds: int, **known: Any) -> Field:
    """A duration, typed in units of so many seconds."""

    def read(typed: str) -> int:
        try:
            value = float(typed.replace(",", "."))
        except ValueError:
            raise Unreadable(_("Please give a number, in figures.")) from None
        if not 0 <= value * seconds <= 315_360_000:  # noqa: PLR2004 - ten years, as `sites.Seconds`
            raise Unreadable(_("That is too little or too much."))
        return round(value * seconds)

    return Field(
        name=name, label=label, control=Control.NUMBER, read=read, write=lambda value: f"{value / seconds:g}", **known
    )


def choice(name: str, label: str, choices: Sequence[tuple[str, str]], **known: Any) -> Field:
    given = dict(choices)

    def read(typed: str) -> str:
        if typed not in given:
            raise Unreadable(_("Please choose one of these."))
        return typed

    return Field(name=name, label=label, control=Control.CHOICE, read=read, write=str, choices=tuple(choices), **known)


def switch(name: str, label: str, **known: Any) -> Field:
    return Field(
        name=name,
        label=label,
        control=Control.CHOICE,
        read=lambda typed: typed == YES,
        write=lambda value: YES if value else NO,
        choices=((YES, _("yes")), (NO, _("no"))),
        **known,
    )


def lines_of(typed: str) -> tuple[str, ...]:
    """The entries of a list, one a line; a hyphen alone is none."""
    found = tuple(dict.fromkeys(" ".join(line.split()) for line in typed.splitlines() if line.strip()))
    return () if len(found) == 1 and found[0] in NONE else found


def lines(name: str, label: str, **known: Any) -> Field:
    return Field(
        name=name,
        label=label,
        control=Control.LINES,
        read=lines_of,
        write=lambda value: "\n".join(value) or "-",
        **known,
    )


def codes(name: str, label: str, *, read: Callable[[str], Any], **known: Any) -> Field:
    """Short codes on one line; a hyphen alone is none. `read` takes them without commas, or raises Unreadable."""
    return Field(
        name=name,
        label=label,
        control=Control.WORDS,
        read=lambda typed: () if typed in NONE else read(typed.replace(",", " ")),
        write=lambda value: " ".join(value) or "-",
        **known,
    )


def _read_languages(typed: str) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(typed.lower().split()))
    if unknown := [tag for tag in tags if tag not in KNOWN]:
        raise Unreadable(_("We cannot tell these: %(unknown)s."), unknown=", ".join(unknown))
    return tags


def _read_countries(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(typed.upper().split()))


def _read_tag_lines(typed: str) -> Any:
    try:
        return read_tag_lines(lines_of(typed))
    except BadRules as refusal:
        raise Unreadable("%(problem)s", **refusal.data) from refusal


_MODES = (
    (Mode.PRE.value, _("pre-moderated: read before publication")),
    (Mode.POST.value, _("post-moderated: published at once, read afterwards")),
    (Mode.REACTIVE.value, _("reactive: published at once, read when somebody reports it")),
    (Mode.CLOSED.value, _("closed: nobody can write")),
)
_WHO = (
    (Who.EVERYBODY.value, _("everybody")),
    (Who.RECOGNISED.value, _("recognised readers")),
    (Who.STAFF.value, _("the editors alone")),
)
_ORDERS = {
    Order.OLDEST: _("the oldest first"),
    Order.NEWEST: _("the newest first"),
    Order.RECOMMENDED: _("the most recommended first"),
    Order.REPLIED: _("the most answered first"),
    Order.PICKS: _("the editors’ picks"),
}

GROUPS: tuple[Group, ...] = (
    Group(
        _("How the discussion is run"),
        (
            choice("mode", _("Mode"), _MODES),
            choice("who", _("Who may comment"), _WHO),
            switch("guests", _("Guests may write, with a name and a confirmed address")),
            switch("approve_after_closing", _("What still waits at closing may be approved")),
            choice(
                "replies_of_removed",
                _("Replies to a removed comment"),
                (("stay", _("stay")), ("go", _("go with it"))),
            ),
        ),
    ),
    Group(
        _("Words"),
        (
            lines(
                "banned_words",
                _("Banned words"),
                hint=_("One word or phrase a line. They are found whole, and through the usual disguises."),
            ),
            lines("suspect_words", _("Suspect words"), hint=_("Also one a line. Both lists hold a comment, no more.")),
        ),
    ),
    Group(
        _("How it is written"),
        (
            number("shortest", _("Shortest comment"), unit=_("characters")),
            number("longest", _("Longest comment"), unit=_("characters")),
            number("links", _("Links before a comment is held"), unit=_("links")),
            number(
                "capitals",
                _("Capitals before a comment is held"),
                unit=_("of 100 letters"),
                hint=_("0: capitals hold nothing. Short texts and abbreviations do not count."),
                zero=_("never"),
            ),
            codes(
                "languages",
                _("Languages"),
                read=_read_languages,
                empty=_("any"),
                hint=_(
                    "Such as: en de. A comment that is surely in another language is held; a hyphen alone: any may be."
                ),
            ),
        ),
    ),
    Group(
        _("Repeating and hurrying"),
        (
            number("posts_per_minute", _("Comments of one person in a minute")),
            number("posts_per_hour", _("Comments of one person in an hour")),
            span("repeat_window", _("The same text again is refused within"), seconds=3600, unit=_("hours")),
            choice(
                "same_elsewhere",
                _("The same text under another story, within that time"),
                (
                    (Twice.REFUSED.value, _("is refused")),
                    (Twice.HELD.value, _("is held")),
                    (Twice.TAKEN.value, _("is taken")),
                ),
            ),
            number(
                "flood_most",
                _("Most of a story’s last comments by one person"),
                hint=_("More are held. 0: nothing is held for this."),
                zero=_("never"),
            ),
            number("flood_among", _("… out of its last so many published comments")),
            number(
                "same_text_people",
                _("Most people who may post nearly the same text"),
                hint=_(
                    "What more people post is held. All stories of the site count. Short texts and quotations do not. "
                    "0: nothing is held for this."
                ),
                unit=_("people"),
                zero=_("never"),
            ),
            number("same_text_hours", _("… within so many hours"), unit=_("hours")),
        ),
    ),
    Group(
        _("Reports"),
        (
            number(
                "flags_to_hide",
                _("Weight of reports that hides a comment until an editor has seen it"),
                hint=_("0: reports hide nothing. A new reporter’s report weighs 1."),
                zero=_("never"),
            ),
            switch("weigh_reports", _("Reports weigh by how the reporter’s earlier ones were answered")),
            number(
                "slow_after",
                _("Answered reports of one reader before their share is looked at"),
                hint=_("Too few upheld: a warning, and if it goes on, their reports wait behind others. 0: never."),
                zero=_("never"),
                site_only=True,
            ),
            number("slow_share", _("… of which so many at least should be upheld"), unit=_("of 100"), site_only=True),
            number("slow_days", _("… within so many days"), unit=_("days"), site_only=True),
            number("slow_for", _("Their reports wait behind others for"), unit=_("days"), site_only=True),
        ),
    ),
    Group(
        _("New readers and trust"),
        (
            number(
                "newcomer_comments",
                _("First comments of a person that are read before publication"),
                hint=_("Without the ladder; with it, every comment of a new reader is."),
            ),
            Field(name="ladder", label=_("Trust ladder"), control=Control.LADDER, read=str, write=str),
            Field(
                name="marks",
                label=_("Levels shown beside names"),
                control=Control.CHOICE,
                read=lambda typed: () if typed in NONE else tuple(typed.split()),
                write=lambda value: " ".join(value) or "-",
                choices=(
                    ("expert recognised", _("expert and recognised")),
                    ("expert", _("expert")),
                    ("expert recognised new", _("all of them")),
                    ("-", _("none")),
                ),
            ),
        ),
    ),
    Group(
        _("Tags"),
        (
            lines(
                "tags",
                _("Tags that stories have here"),
                hint=_("One a line, beside the publisher’s own. A hyphen before one takes the publisher’s away."),
            ),
            Field(
                name="for_tags",
                label=_("What stories of a tag have by themselves"),
                control=Control.LINES,
                read=_read_tag_lines,
                write=lambda value: "\n".join(tag_lines(value)) or "-",
                hint=_(
                    "One tag a line, with its mode and other rules: suicide: closed, or election: pre-moderated; "
                    "flags_to_hide=1. Of several tags the strictest mode holds; a story’s own rules win."
                ),
                not_of_stories=True,
            ),
        ),
    ),
    Group(
        _("What readers see and may do"),
        (
            choice("order", _("Order of a discussion at first"), tuple((each.value, _ORDERS[each]) for each in Order)),
            switch("recommend_without_account", _("Recommending without an account")),
            span("edit_window", _("One’s own comment can be changed for"), seconds=60, unit=_("minutes")),
            switch("show_edits", _("Readers see how comments were changed")),
            switch("show_tally", _("A discussion says how many comments were posted and removed, and why")),
            switch("show_record", _("A commenter’s page shows how many were published and removed"), site_only=True),
            switch("index_profiles", _("Search engines may keep commenters’ pages"), site_only=True),
        ),
    ),
    Group(
        _("The law"),
        (
            codes(
                "territory",
                _("Countries where decisions hold"),
                read=_read_countries,
                empty=_("the European Economic Area"),
                hint=_("Two letters each, such as: AT DE. They stand in statements of reasons."),
                site_only=True,
            ),
        ),
    ),
    Group(
        _("Names"),
        (
            lines("reserved_names", _("Names that no reader can have"), hint=_("One a line."), site_only=True),
            number("rename_days", _("Days between two changes of a name"), unit=_("days"), site_only=True),
        ),
    ),
)
FIELDS = {field.name: field for group in GROUPS for field in group.fields}
