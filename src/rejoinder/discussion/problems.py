"""What exactly is wrong, where a refusal has several causes: an enum for each such refusal. A member's value is the
sentence, a catalogue key with places that the refusal's data fill; its `code` is for machines and never changes.
"""

from rejoinder.discussion.refusals import Problem, _


class MoveProblem(Problem):
    """Why a reply cannot be moved."""

    ANSWERS_NOBODY = _("it answers nobody.")
    OTHER_STORY = _("that comment stands under another story.")
    TOO_MANY = _("too many replies are below it.")
    BELOW_ITSELF = _("that comment is one of its own replies.")


class RulesProblem(Problem):
    """Why rules cannot be used. `given` of what is unreadable is what the reader of JSON says."""

    UNREADABLE = _("there is a slip in them (%(given)s)")
    PHASE_TOO_LONG = _("a phase lasts from no time to %(days)s days")
    DAYS = _("give from 0 to %(days)s days")
    NO_HOURS = _("“%(given)s” are no hours; write 22:00-06:00, saturday, or sunday 00:00-12:00")
    TOO_MANY_HOURS = _("give at most %(most)s closed hours")
    NEVER_OPEN = _("these closed hours leave no time to write in")
    TAGS_IN_TAGS = _("the rules of the tag “%(given)s” cannot set tags")
    NO_TAG_LINE = _("“%(given)s” is no tag with its rules, such as “suicide: closed”")
    NO_RULE = _("“%(given)s” in “%(line)s” is no rule; write a mode, or RULE=VALUE")
    NEW_ABOVE_RECOGNISED = _("new_below lies above recognised_at")
    EXPERT_TOO_LOW = _("expert_at does not lie above recognised_at")


class StoryProblem(Problem):
    """Why a story cannot be taken."""

    NO_HEADLINE = _("it has no headline")
    UNREADABLE_ADDRESS = _("its address cannot be read")
    NO_HOST = _("its address names no host")
    IMPOSSIBLE_HOST = _("its host has a name that no host can have")
    NO_SUCH_ADDRESS = _("no story has such an address")
    UNNAMED = _("the address names it neither by story, nor by publisher_id, nor by url")
    TOO_LONG = _("%(name)s has more than %(most)s characters")
    BAD_EXPIRY = _("expires is seconds since 1970, in figures")
    BAD_TIME = _("published_at is a time with its zone, such as 2026-11-17T12:00:00Z (RFC 3339)")
    IMPOSSIBLE_TIME = _("published_at is beyond all calendars")


class PolicyProblem(Problem):
    """Why a version of the policy cannot be published."""

    CLAUSES = _("it has from 1 to %(most)s clauses")
    NO_WORDS = _("clause %(number)s has no words")
    NO_REASON = _("clause %(number)s names no reason")
    UNKNOWN_REASON = _("clause %(number)s names “%(given)s”, which is no reason")
    TWICE = _("clauses %(first)s and %(number)s both name “%(given)s”")
    TOO_LONG = _("a text has at most %(most)s characters")
    NEVER_MATERIAL = _("readers are asked to agree to the site’s policy, not to what a section adds")


class HookProblem(Problem):
    """Why a hook cannot be set up."""

    UNSAFE_ADDRESS = _("an address begins with https://, or with http:// on this machine")
    TOO_MANY = _("a site has at most %(most)s hooks")
    NAME_TAKEN = _("there is a check “%(name)s” already")


class SignInProblem(Problem):
    """Why settings for signing in cannot be used. `given` of what is unreadable is what the reader of JSON says."""

    UNREADABLE = _("there is a slip in them (%(given)s)")
    RESERVED = _("a provider cannot be named “%(name)s”: it is part of our own addresses")
    UNSAFE_ISSUER = _("the issuer of “%(name)s” must be an https address")
    NO_OPENID = _("the scopes of “%(name)s” must have openid")
    ALGORITHMS = _("the algorithms of “%(name)s” can be %(known)s")
    HAND_OFF_ALGORITHMS = _("the algorithms of the hand-off can be %(known)s")
    NO_SHARED_KEY = _("HS256 needs a shared key in keys")
    SHORT_KEY = _("a shared key has at least %(least)s bytes")
    NO_KEYS_ADDRESS = _("public keys need jwks_url, an https address")
    UNSAFE_PAGE = _("the page of the hand-off must be an https address")
