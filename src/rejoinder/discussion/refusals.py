"""Why not: one class per reason. Each has a stable code, a kind that an entrance translates (to an HTTP status, an exit
code), and a sentence for the person. Sentences are catalogue keys; `data` fills their places.
"""

from enum import Enum, StrEnum
from typing import Any, ClassVar


def _(sentence: str) -> str:
    """Marks a sentence for the catalogues."""
    return sentence


class Kind(StrEnum):
    """What sort of no it is."""

    INVALID = "invalid"  # what was sent cannot be taken as it is
    UNAUTHENTICATED = "unauthenticated"  # we do not know who asks
    FORBIDDEN = "forbidden"  # we know, and they may not
    NOT_FOUND = "not found"
    CONFLICT = "conflict"  # it was possible, but something changed or was done already
    TOO_LARGE = "too large"
    TOO_MANY = "too many"
    UNAVAILABLE = "unavailable"
    BROKEN = "broken"  # our own fault


class Problem(Enum):
    """What exactly is wrong, where a refusal has several causes; its enums stand in `problems`. The value is a sentence
    with places for the refusal's data.
    """

    @property
    def code(self) -> str:
        """The cause for machines."""
        return self.name.lower().replace("_", "-")


class Refusal(Exception):
    """The family. Raise a subclass; its keyword arguments become `data`."""

    code: ClassVar[str]
    kind: ClassVar[Kind]
    sentence: ClassVar[str]

    def __init__(self, **data: Any) -> None:
        super().__init__(self.code)
        self.data = data

    def __str__(self) -> str:
        told = {
            place: value.value % self.data if isinstance(value, Problem) else value
            for place, value in self.data.items()
        }
        return self.sentence % told if told else self.sentence


# What was sent


class Invalid(Refusal):
    code = "invalid"
    kind = Kind.INVALID
    sentence = _("Something in the form is missing or cannot be read. Please look at it again.")


class NotUtf8(Refusal):
    code = "not-utf-8"
    kind = Kind.INVALID
    sentence = _("The text is not valid UTF-8, so we cannot read it without guessing.")


class TooLarge(Refusal):
    code = "too-large"
    kind = Kind.TOO_LARGE
    sentence = _("This is larger than we accept (%(limit)s bytes).")


class BlankText(Refusal):
    code = "blank-text"
    kind = Kind.INVALID
    sentence = _("There is nothing to read yet. Please write your comment.")


class TooShort(Refusal):
    code = "too-short"
    kind = Kind.INVALID
    sentence = _("A comment here has at least %(limit)s characters.")


class TooLong(Refusal):
    code = "too-long"
    kind = Kind.INVALID
    sentence = _("A comment here has at most %(limit)s characters; yours has %(length)s.")


class UnknownReason(Refusal):
    code = "unknown-reason"
    kind = Kind.INVALID
    sentence = _("Please choose one of the reasons.")


class ReasonNeeded(Refusal):
    code = "reason-needed"
    kind = Kind.INVALID
    sentence = _("A rejection needs a reason: the writer will be told it.")


class WordsNotFound(Refusal):
    code = "words-not-found"
    kind = Kind.INVALID
    sentence = _("These words do not stand in the comment: “%(words)s”. Please copy them from it.")


class BadFilter(Refusal):
    code = "bad-filter"
    kind = Kind.INVALID
    sentence = _("A list cannot be narrowed by “%(given)s” here (%(field)s).")


class BadViewName(Refusal):
    code = "bad-view-name"
    kind = Kind.INVALID
    sentence = _("A view is kept under a name of one to %(limit)s characters.")


class TooManyViews(Refusal):
    code = "too-many-views"
    kind = Kind.CONFLICT
    sentence = _("There are %(limit)s kept views already. Please let one go first.")


class BadCursor(Refusal):
    code = "bad-cursor"
    kind = Kind.INVALID
    sentence = _("This page mark is not one of ours. Please start again from the first page.")


class BadAddress(Refusal):
    code = "bad-address"
    kind = Kind.INVALID
    sentence = _("This does not look like a mail address.")


class WeakPassword(Refusal):
    code = "weak-password"
    kind = Kind.INVALID
    sentence = _("A password has at least %(limit)s characters and is not one of the very common ones.")


class GuessablePassword(Refusal):
    code = "guessable-password"
    kind = Kind.INVALID
    sentence = _("This password can be guessed from your mail address. Please choose another.")


class LongPassword(Refusal):
    code = "long-password"
    kind = Kind.INVALID
    sentence = _("A password here has at most %(limit)s characters.")


class BadName(Refusal):
    code = "bad-name"
    kind = Kind.INVALID
    sentence = _("This name cannot be used here. Please choose another.")


class BadRules(Refusal):
    code = "bad-rules"
    kind = Kind.INVALID
    sentence = _("These rules cannot be used: %(problem)s")


class BadStory(Refusal):
    code = "bad-story"
    kind = Kind.INVALID
    sentence = _("This story cannot be taken: %(problem)s")


class BadSignInSettings(Refusal):
    code = "bad-sign-in-settings"
    kind = Kind.INVALID
    sentence = _("These settings for signing in cannot be used: %(problem)s")


class NoPublicationTime(Refusal):
    code = "no-publication-time"
    kind = Kind.INVALID
    sentence = _("This discussion is not open yet: its page does not say clearly when the story was published.")


class BadOrigin(Refusal):
    code = "bad-origin"
    kind = Kind.INVALID
    sentence = _("No origin is named “%(given)s”. One is a scheme and a host, such as https://www.courier.example.")


class BadPolicy(Refusal):
    code = "bad-policy"
    kind = Kind.INVALID
    sentence = _("This policy cannot be published: %(problem)s.")


class NoteNeeded(Refusal):
    code = "note-needed"
    kind = Kind.INVALID
    sentence = _("This reason says nothing by itself. Please write a word to the writer.")


class BadHook(Refusal):
    code = "bad-hook"
    kind = Kind.INVALID
    sentence = _("This hook cannot be: %(problem)s.")


# Who asks


class PolicyChanged(Refusal):
    code = "policy-changed"
    kind = Kind.CONFLICT
    sentence = _("The rules of our discussions have changed. Please read them, agree, and send your text again.")


class LogInNeeded(Refusal):
    code = "log-in-needed"
    kind = Kind.UNAUTHENTICATED
    sentence = _("Please log in first.")


class WrongCredentials(Refusal):
    code = "wrong-credentials"
    kind = Kind.UNAUTHENTICATED
    sentence = _("The mail address or the password is not right.")


class WrongCode(Refusal):
    code = "wrong-code"
    kind = Kind.UNAUTHENTICATED
    sentence = _("This code is not right, or no longer. Please type the one your app shows now.")


class SecondFactorNeeded(Refusal):
    code = "second-factor-needed"
    kind = Kind.FORBIDDEN
    sentence = _("The desk needs your second factor. Please confirm it first.")


class DeviceNeeded(Refusal):
    code = "device-needed"
    kind = Kind.FORBIDDEN
    sentence = _("Your browser keeps no cookie of ours yet, so that we could not count you once. Please try again.")


class NotConfirmed(Refusal):
    code = "not-confirmed"
    kind = Kind.FORBIDDEN
    sentence = _("Please confirm your mail address first: we have sent you a letter with a link.")


class SignInRefused(Refusal):
    """`why`: what is wrong with it, in a word, for whoever set it up."""

    code = "sign-in-refused"
    kind = Kind.UNAUTHENTICATED
    sentence = _("This sign-in could not be accepted (%(why)s). Please start again.")


class SignInSpent(Refusal):
    code = "sign-in-spent"
    kind = Kind.CONFLICT
    sentence = _("This sign-in was used already. Please start again.")


class SignInUnavailable(Refusal):
    code = "sign-in-unavailable"
    kind = Kind.UNAVAILABLE
    sentence = _("We cannot reach the place where you sign in. Please try again in a minute, or log in another way.")


class AlreadyLinked(Refusal):
    code = "already-linked"
    kind = Kind.CONFLICT
    sentence = _("Somebody signs in here in this way already, with another account. Nothing was changed.")


class PasskeyRefused(Refusal):
    code = "passkey-refused"
    kind = Kind.UNAUTHENTICATED
    sentence = _("This passkey could not be accepted. Please try again, or use another way to log in.")


class PasskeyTaken(Refusal):
    code = "passkey-taken"
    kind = Kind.CONFLICT
    sentence = _("This passkey is known here already. Nothing was changed.")


class FreshLogInNeeded(Refusal):
    code = "fresh-log-in-needed"
    kind = Kind.FORBIDDEN
    sentence = _("How you log in can be changed in the first minutes after a log-in. Please log in once more.")


class MayNotComment(Refusal):
    code = "may-not-comment"
    kind = Kind.FORBIDDEN
    sentence = _("Your account at the publisher does not include writing comments. You can read and report.")


class NoGuests(Refusal):
    code = "no-guests"
    kind = Kind.FORBIDDEN
    sentence = _("Comments here need an account. Please open one, or log in; your text is below.")


class RecognisedOnly(Refusal):
    code = "recognised-only"
    kind = Kind.FORBIDDEN
    sentence = _("Under this story only readers whom the editors know write. You can read, recommend and report.")


class StaffOnly(Refusal):
    code = "staff-only"
    kind = Kind.FORBIDDEN
    sentence = _("Under this story only the editors write. You can read, recommend and report.")


class ForeignOrigin(Refusal):
    code = "foreign-origin"
    kind = Kind.FORBIDDEN
    sentence = _("This form came from another site, so nothing was done. Please use the form on our page.")


class PageNotAllowed(Refusal):
    code = "page-not-allowed"
    kind = Kind.FORBIDDEN
    sentence = _("That page is not one of this publication’s own, so nobody can take part from it.")


class ForeignAddress(Refusal):
    code = "foreign-address"
    kind = Kind.FORBIDDEN
    sentence = _("This address is not one of the publication’s own, so no discussion is opened for it.")


class BadSignature(Refusal):
    code = "bad-signature"
    kind = Kind.FORBIDDEN
    sentence = _("What is said about this story is not signed by its publisher, so no discussion is opened for it.")


class SignatureExpired(Refusal):
    code = "signature-expired"
    kind = Kind.FORBIDDEN
    sentence = _("What its publisher signed about this story holds no longer, so no discussion is opened for it.")


class NotAllowed(Refusal):
    code = "not-allowed"
    kind = Kind.FORBIDDEN
    sentence = _("You may not do this here.")


class NotYours(Refusal):
    code = "not-yours"
    kind = Kind.FORBIDDEN
    sentence = _("This comment was written by someone else.")


class Banned(Refusal):
    code = "banned"
    kind = Kind.FORBIDDEN
    sentence = _("You cannot take part here at the moment. %(reason)s")


class WarningUnread(Refusal):
    code = "warning-unread"
    kind = Kind.FORBIDDEN
    sentence = _("The editors have a word for you first. Please read it; then you can write on.")


class ThreadLocked(Refusal):
    code = "thread-locked"
    kind = Kind.CONFLICT
    sentence = _("The editors have closed this thread: it takes no more replies. The rest of the discussion goes on.")


class ActedMeanwhile(Refusal):
    code = "acted-meanwhile"
    kind = Kind.CONFLICT
    sentence = _("A colleague has done something about this person since you looked. Please look again first.")


class UnknownPersonAct(Refusal):
    code = "unknown-person-act"
    kind = Kind.NOT_FOUND
    sentence = _("There is no such act of the editors about you.")


class CannotMove(Refusal):
    code = "cannot-move"
    kind = Kind.CONFLICT
    sentence = _("This reply cannot be moved there: %(problem)s")


class TokenExpired(Refusal):
    code = "token-expired"
    kind = Kind.CONFLICT
    sentence = _("This link has expired or was used already. Please ask for a new one.")


class AddressTaken(Refusal):
    code = "address-taken"
    kind = Kind.CONFLICT
    sentence = _("There is an account with this mail address already. Please log in, or reset the password.")


class NameTaken(Refusal):
    code = "name-taken"
    kind = Kind.CONFLICT
    sentence = _("Somebody here has this name, or one that looks the same. Please choose another.")


class RenamedLately(Refusal):
    """`until`: the moment, in UTC (ISO 8601)."""

    code = "renamed-lately"
    kind = Kind.CONFLICT
    sentence = _("You changed your name not long ago. It can be changed once in %(days)s days.")


# What it is about


class UnknownPage(Refusal):
    code = "unknown-page"
    kind = Kind.NOT_FOUND
    sentence = _("There is no page at this address.")


class UnknownSite(Refusal):
    code = "unknown-site"
    kind = Kind.NOT_FOUND
    sentence = _("There is no publication at this address.")


class UnknownSection(Refusal):
    code = "unknown-section"
    kind = Kind.NOT_FOUND
    sentence = _("There is no such section.")


class UnknownOrigin(Refusal):
    code = "unknown-origin"
    kind = Kind.NOT_FOUND
    sentence = _("This publication has no origin “%(given)s”.")


class UnknownPolicy(Refusal):
    code = "unknown-policy"
    kind = Kind.NOT_FOUND
    sentence = _("There is no such version of our policy.")


class UnknownHook(Refusal):
    code = "unknown-hook"
    kind = Kind.NOT_FOUND
    sentence = _("This publication has no such hook.")


class UnknownStory(Refusal):
    code = "unknown-story"
    kind = Kind.NOT_FOUND
    sentence = _("There is no story at this address, or no longer.")


class UnknownComment(Refusal):
    code = "unknown-comment"
    kind = Kind.NOT_FOUND
    sentence = _("There is no such comment, or no longer.")


class UnknownCommenter(Refusal):
    code = "unknown-commenter"
    kind = Kind.NOT_FOUND
    sentence = _("There is no such commenter.")


class UnknownAccount(Refusal):
    code = "unknown-account"
    kind = Kind.NOT_FOUND
    sentence = _("There is no account with this mail address.")


class UnknownView(Refusal):
    code = "unknown-view"
    kind = Kind.NOT_FOUND
    sentence = _("There is no such view, or no longer.")


class UnknownDecision(Refusal):
    code = "unknown-decision"
    kind = Kind.NOT_FOUND
    sentence = _("There is no such decision.")


class UnknownMerge(Refusal):
    code = "unknown-merge"
    kind = Kind.NOT_FOUND
    sentence = _("There is no such merging of two discussions.")


class UnknownReceipt(Refusal):
    code = "unknown-receipt"
    kind = Kind.NOT_FOUND
    sentence = _("There is no report with this receipt. Please check the address.")


class UnknownParent(Refusal):
    code = "unknown-parent"
    kind = Kind.CONFLICT
    sentence = _("The comment you answer is not there, or no longer.")


class ParentElsewhere(Refusal):
    code = "parent-elsewhere"
    kind = Kind.CONFLICT
    sentence = _("The comment you answer stands under another story.")


# When, and how often


class StoryClosed(Refusal):
    code = "story-closed"
    kind = Kind.CONFLICT
    sentence = _("This discussion has closed, so your comment could not be taken. Your text is below.")


class StoryRests(Refusal):
    """`until`: the moment, in UTC (ISO 8601)."""

    code = "story-rests"
    kind = Kind.CONFLICT
    sentence = _("This discussion rests at the moment and opens again, so your comment could not be taken now.")


class RepliesOnly(Refusal):
    code = "replies-only"
    kind = Kind.CONFLICT
    sentence = _("This discussion takes replies only now. Your text is below.")


class StoryWithdrawn(Refusal):
    code = "story-withdrawn"
    kind = Kind.CONFLICT
    sentence = _("The editors have withdrawn this discussion.")


class WouldBeHeld(Refusal):
    code = "would-be-held"
    kind = Kind.CONFLICT
    sentence = _("An editor would read this before it appears. You can change it, or send it as it is.")


class Repeated(Refusal):
    code = "repeated"
    kind = Kind.CONFLICT
    sentence = _("You have posted this text already.")


class TooFast(Refusal):
    code = "too-fast"
    kind = Kind.TOO_MANY
    sentence = _("That was a lot in a short time. Please try again in %(seconds)s seconds.")


class EditWindowOver(Refusal):
    code = "edit-window-over"
    kind = Kind.CONFLICT
    sentence = _("A comment can be changed for %(minutes)s minutes after it was posted. That time is over.")


class NotEditable(Refusal):
    code = "not-editable"
    kind = Kind.CONFLICT
    sentence = _("This comment can no longer be changed.")


class Unchanged(Refusal):
    code = "unchanged"
    kind = Kind.CONFLICT
    sentence = _("The text is the same as before.")


class Stale(Refusal):
    code = "stale"
    kind = Kind.CONFLICT
    sentence = _("The text has changed since you read it. Please read it again.")


class PolicyRewritten(Refusal):
    code = "policy-rewritten"
    kind = Kind.CONFLICT
    sentence = _("Somebody published another version while you wrote. What you typed is kept; please look at both.")


class RulesChanged(Refusal):
    code = "rules-changed"
    kind = Kind.CONFLICT
    sentence = _("Somebody changed these rules while you did. What you typed is kept; please look at both.")


class TimesChanged(Refusal):
    code = "times-changed"
    kind = Kind.CONFLICT
    sentence = _("A colleague set these times since you looked. Please look at them first.")


class AlreadyFlagged(Refusal):
    code = "already-flagged"
    kind = Kind.CONFLICT
    sentence = _("You have reported this comment already. The editors have it.")


class OwnRecommendation(Refusal):
    code = "own-recommendation"
    kind = Kind.CONFLICT
    sentence = _("This is your own comment; recommending it is for others.")


class RecommendingOver(Refusal):
    code = "recommending-over"
    kind = Kind.CONFLICT
    sentence = _("This discussion can only be read now, so nothing can be recommended in it.")


class NoAddress(Refusal):
    code = "no-address"
    kind = Kind.CONFLICT
    sentence = _("This writer has no mail address here, so nobody can ask them.")


class NotPublished(Refusal):
    code = "not-published"
    kind = Kind.CONFLICT
    sentence = _("This comment is not published, or no longer.")


class OwnComment(Refusal):
    code = "own-comment"
    kind = Kind.CONFLICT
    sentence = _("This is your own comment. You can delete it instead.")


class NothingToDecide(Refusal):
    code = "nothing-to-decide"
    kind = Kind.CONFLICT
    sentence = _("There is nothing to decide here: somebody else was there first, or the writer deleted it.")


class ClaimedByColleague(Refusal):
    code = "claimed"
    kind = Kind.CONFLICT
    sentence = _("A colleague is reading this comment: %(name)s. You can take it over.")


class DecidedMeanwhile(Refusal):
    code = "decided-meanwhile"
    kind = Kind.CONFLICT
    sentence = _("A colleague decided on this comment while you read it: %(name)s. Please look at what was decided.")


class OwnQuestion(Refusal):
    code = "own-question"
    kind = Kind.CONFLICT
    sentence = _("You asked this yourself. A second opinion is a colleague’s.")


class NotAColleague(Refusal):
    code = "not-a-colleague"
    kind = Kind.INVALID
    sentence = _("Only somebody who decides here can be asked.")


class AlreadyUndone(Refusal):
    code = "already-undone"
    kind = Kind.CONFLICT
    sentence = _("This decision was undone or replaced already.")


class AlreadyAppealed(Refusal):
    code = "already-appealed"
    kind = Kind.CONFLICT
    sentence = _("There was an appeal against this decision already. It can be appealed once.")


class AppealOver(Refusal):
    code = "appeal-over"
    kind = Kind.CONFLICT
    sentence = _("An appeal can be made for six months. That time is over.")


class NothingToAppeal(Refusal):
    code = "nothing-to-appeal"
    kind = Kind.CONFLICT
    sentence = _("There is nothing to appeal any more: the decision no longer holds.")


class UnknownAppeal(Refusal):
    code = "unknown-appeal"
    kind = Kind.NOT_FOUND
    sentence = _("This appeal does not exist.")


class AlreadyHeard(Refusal):
    code = "already-heard"
    kind = Kind.CONFLICT
    sentence = _("This appeal was heard already. Please look at what became of it.")


class HeardByAnother(Refusal):
    code = "heard-by-another"
    kind = Kind.FORBIDDEN
    sentence = _("You have taken part in this yourself, so a colleague hears the appeal.")


class FreshLookTooSoon(Refusal):
    code = "fresh-look-too-soon"
    kind = Kind.CONFLICT
    sentence = _("You decided this today, and nobody else can hear the appeal. Please look at it afresh tomorrow.")


class AnswerNeeded(Refusal):
    code = "answer-needed"
    kind = Kind.INVALID
    sentence = _("Please say why the decision stays as it is. Whoever appealed reads it.")


class SameStory(Refusal):
    code = "same-story"
    kind = Kind.CONFLICT
    sentence = _("This is the same discussion. Please give the address of another one.")


class AlreadyMerged(Refusal):
    code = "already-merged"
    kind = Kind.CONFLICT
    sentence = _("This discussion is part of another one already.")


class TooManyToMerge(Refusal):
    code = "too-many-to-merge"
    kind = Kind.CONFLICT
    sentence = _(
        "More than %(limit)s comments are not moved at once. Please merge the smaller discussion into the larger."
    )


class MergeUndone(Refusal):
    code = "merge-undone"
    kind = Kind.CONFLICT
    sentence = _("These discussions were parted again already.")


class MergedFurther(Refusal):
    code = "merged-further"
    kind = Kind.CONFLICT
    sentence = _("The discussion has itself become part of another one since. Please undo that first.")


class OtherBodyUnderKey(Refusal):
    code = "other-body-under-key"
    kind = Kind.INVALID
    sentence = _("This idempotency key was used for another request.")


class OwnName(Refusal):
    code = "own-name"
    kind = Kind.CONFLICT
    sentence = _("This is you. Nobody can mute themselves.")


class UnknownNotification(Refusal):
    code = "unknown-notification"
    kind = Kind.NOT_FOUND
    sentence = _("This news is not in your inbox.")


class StaffCannotLeave(Refusal):
    code = "staff-cannot-leave"
    kind = Kind.CONFLICT
    sentence = _("You are on the staff here. Please give your role back first; then you can close the account.")


# Legal notices, corrections


class ExplanationNeeded(Refusal):
    code = "explanation-needed"
    kind = Kind.INVALID
    sentence = _("Please say in your own words what is wrong.")


class WordsTooLong(Refusal):
    code = "words-too-long"
    kind = Kind.INVALID
    sentence = _("One of the texts has %(length)s characters; it can have at most %(limit)s.")


class NotOurComment(Refusal):
    code = "not-our-comment"
    kind = Kind.INVALID
    sentence = _("This is not the address of a comment here: “%(address)s”. It is behind the time above the comment.")


class TooManyAddresses(Refusal):
    code = "too-many-addresses"
    kind = Kind.INVALID
    sentence = _("Please name at most %(limit)s comments at once.")


class NameNeeded(Refusal):
    code = "name-needed"
    kind = Kind.INVALID
    sentence = _("Please give your name and your mail address: the law asks for them, but for the abuse of children.")


class GoodFaithNeeded(Refusal):
    code = "good-faith-needed"
    kind = Kind.INVALID
    sentence = _("Please confirm that you believe in good faith that what you say is accurate and complete.")


class UnknownFlagger(Refusal):
    code = "unknown-flagger"
    kind = Kind.FORBIDDEN
    sentence = _("This key is not one of a trusted flagger here.")


class FlaggerExists(Refusal):
    code = "flagger-exists"
    kind = Kind.CONFLICT
    sentence = _("There is a trusted flagger of this name already.")


class LegalGroundNeeded(Refusal):
    code = "legal-ground-needed"
    kind = Kind.INVALID
    sentence = _("Please name the law that it is against, and say why: the writer will be told both.")


class AnsweredAlready(Refusal):
    code = "answered-already"
    kind = Kind.CONFLICT
    sentence = _("A colleague has answered this already.")


class UnknownNotice(Refusal):
    code = "unknown-notice"
    kind = Kind.NOT_FOUND
    sentence = _("There is no such notice.")


class UnknownCorrection(Refusal):
    code = "unknown-correction"
    kind = Kind.NOT_FOUND
    sentence = _("There is no such correction.")


class Unavailable(Refusal):
    code = "unavailable"
    kind = Kind.UNAVAILABLE
    sentence = _("We cannot save anything at the moment. Your text is below; please try again in a minute.")


class Busy(Refusal):
    code = "busy"
    kind = Kind.UNAVAILABLE
    sentence = _(
        "Very many are writing at this moment, so we could not take this yet. Your text is below; please try again in "
        "a few seconds."
    )


class Broken(Refusal):
    code = "broken"
    kind = Kind.BROKEN
    sentence = _("Something went wrong on our side. Nothing was saved; please try again in a minute.")
