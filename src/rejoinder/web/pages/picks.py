"""The desk's picks: candidates with reasons, what was picked, writers asked, and the letters page for print."""

from datetime import timedelta

from rejoinder.actions.print_consent import ask_consent
from rejoinder.discussion.commenters import Act
from rejoinder.discussion.picks import Ranked, rank
from rejoinder.discussion.refusals import Invalid, Refusal, UnknownPage
from rejoinder.discussion.tree import Entry
from rejoinder.exporters.letters_page import LettersPage, Printed, documents
from rejoinder.markup import excerpt
from rejoinder.store import candidates, entries, stories
from rejoinder.store.candidates import Picked
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.answers import HARDENED, PRIVATE, Answer, see_other
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.shown.picks import PicksPage, ShownCandidate, ShownPick, Word
from rejoinder.web.visits import Visit

DAYS = 7
LONGEST = 366  # days back
PROPOSED = 20


def picks(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """Candidates of the last days, the strongest first, and what was picked in them."""
    visit.staff(Act.PICK)
    days, now = _days(visit), visit.asked.now
    since = now - timedelta(days=days)
    ranked = rank(candidates.candidates(r, visit.site.seq, since=since), most=PROPOSED)
    picked = candidates.picked(r, visit.site.seq, since=since, until=now)
    found = entries.by_seqs(
        r, visit.site.seq, {*(each.candidate.comment_seq for each in ranked), *(each.comment_seq for each in picked)}
    )
    about = stories.by_seqs(r, visit.site.seq, {entry.comment.story_seq for entry in found.values()})
    slugs = {seq: story.slug for seq, story in about.items()}
    headlines = {seq: story.content.headline for seq, story in about.items()}
    page = PicksPage(
        chrome=chrome(r, visit),
        days=days,
        candidates=tuple(
            _candidate(visit, each, found[each.candidate.comment_seq], slugs, headlines)
            for each in ranked
            if each.candidate.comment_seq in found
        ),
        picked=tuple(_pick(each, found[each.comment_seq], headlines) for each in picked if each.comment_seq in found),
        problem=problem(visit, refusal),
    )
    return show_form(visit, page, refusal)


def ask(w: Write, visit: Visit) -> Answer:
    """The writer of the path's comment asked, by a letter, whether it may be printed."""
    editor = visit.staff(Act.PICK)
    ask_consent(w, visit.site.seq, visit.asked.id(), by_seq=editor.seq, now=visit.asked.now)
    return see_other(addresses.picks(visit.site.key))


def letters_page(r: Read, visit: Visit) -> Answer:
    """The picked comments of the last days whose writers have said yes, as a document of the path's kind."""
    visit.staff(Act.PICK)
    kind = visit.asked.part("kind")
    now, days = visit.asked.now, _days(visit)
    made = documents(
        _printed(r, visit, candidates.picked(r, visit.site.seq, since=now - timedelta(days=days), until=now))
    )
    if kind not in made:
        raise UnknownPage
    media_type, make = made[kind]
    day = now.strftime("%Y-%m-%d")
    headers = HARDENED | {
        "Cache-Control": PRIVATE,
        "Content-Type": media_type,
        "Content-Disposition": f'attachment; filename="{visit.site.key}-letters-{day}.{kind}"',
    }
    return Answer(body=make(), headers=headers)


def _printed(r: Read, visit: Visit, picked: list[Picked]) -> LettersPage:
    agreed = [each for each in picked if each.is_given]
    found = entries.by_seqs(r, visit.site.seq, {each.comment_seq for each in agreed})
    about = stories.by_seqs(r, visit.site.seq, {entry.comment.story_seq for entry in found.values()})
    letters = []
    for each in agreed:
        comment = found[each.comment_seq].comment
        story = about[comment.story_seq]
        letters.append(
            Printed(
                id=str(comment.id),
                headline=story.content.headline,
                text=comment.text,
                signed_as=each.signed_as,
                written_at=comment.created_at,
                address=visit.options.public_url + addresses.comment(visit.site.key, comment.id),
                story_address=story.canonical_url,
                note=each.note,
            )
        )
    return LettersPage(site=visit.site.name, language=visit.site.language, letters=tuple(letters))


def _days(visit: Visit) -> int:
    """How many days back is looked. Raises Invalid."""
    typed = visit.asked.query.get("days", "") or str(DAYS)
    if not (typed.isascii() and typed.isdecimal()) or not 0 < int(typed[:6]) <= LONGEST:
        raise Invalid(field="days")
    return int(typed)


def _candidate(
    visit: Visit, ranked: Ranked, entry: Entry, slugs: dict[int, str], headlines: dict[int, str]
) -> ShownCandidate:
    story_seq = entry.comment.story_seq
    return ShownCandidate(
        id=entry.comment.id,
        name=entry.author.name,
        text=entry.comment.text,
        headline=headlines.get(story_seq, ""),
        slug=slugs.get(story_seq, ""),
        written_at=entry.comment.created_at,
        reasons=tuple(visit.words.sentence(why.sentence, why.data) for why in ranked.reasons),
    )


def _pick(picked: Picked, entry: Entry, headlines: dict[int, str]) -> ShownPick:
    return ShownPick(
        id=entry.comment.id,
        name=entry.author.name,
        excerpt=excerpt(entry.comment.text, 200),
        headline=headlines.get(entry.comment.story_seq, ""),
        picked_at=picked.picked_at,
        word=word_of(asked=picked.asked_at is not None, is_given=picked.is_given),
        signed_as=picked.signed_as,
        note=picked.note,
    )


def word_of(*, asked: bool, is_given: bool | None) -> Word:
    """How far it is with a writer's consent."""
    if is_given is None:
        return "asked" if asked else "not asked"
    return "yes" if is_given else "no"
