"""A writer says whether their comment may be printed: from the letter, without an account. The link shows the question;
only a button answers, because programs that look through mail follow links.
"""

from uuid import UUID

from rejoinder.actions.print_consent import answer_consent
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.refusals import Invalid, Refusal, TokenExpired, UnknownComment
from rejoinder.identity.tokens import CONSENT, unsign
from rejoinder.store import commenters, comments, consents, stories
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.pages.picks import word_of
from rejoinder.web.shown.picks import ConsentPage
from rejoinder.web.visits import Visit


def consent_form(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The question, and the answer given so far. Raises TokenExpired for a link that is not ours."""
    comment = _comment(r, visit)
    consent = consents.of_comment(r, comment)
    if consent is None:
        raise TokenExpired
    writer = commenters.by_seq(r, visit.site.seq, comment.commenter_seq)
    page = ConsentPage(
        chrome=chrome(r, visit),
        token=visit.asked.part("token"),
        headline=stories.by_seq(r, visit.site.seq, comment.story_seq).content.headline,
        text=comment.text,
        signed_as=visit.asked.form.text("signed_as") or consent.signed_as or writer.name,
        word=word_of(asked=True, is_given=consent.is_given),
        problem=problem(visit, refusal),
    )
    return show_form(visit, page, refusal)


def answer(w: Write, visit: Visit) -> Answer:
    """The answer kept; then the same page, which says so."""
    form = visit.asked.form
    said = form.text("answer")
    if said not in ("yes", "no"):
        raise Invalid(field="answer")
    comment = _comment(w, visit)
    signed_as = form.text("signed_as")
    answer_consent(w, visit.site.seq, comment.id, yes=said == "yes", signed_as=signed_as, now=visit.asked.now)
    return see_other(addresses.consent(visit.site.key, visit.asked.part("token")))


def _comment(r: Read, visit: Visit) -> Comment:
    """The comment that the link is about. Raises TokenExpired for one that is not ours, or whose comment is gone."""
    said = unsign(visit.asked.part("token"), visit.options.secret, CONSENT)
    try:
        return comments.by_id(r, visit.site.seq, UUID(said or ""))
    except (ValueError, UnknownComment):
        raise TokenExpired from None
