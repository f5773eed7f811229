"""Where rules are set: a site, a section of it, or a story; and what a change there means for any story."""

from hashlib import blake2b

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from rejoinder.discussion.refusals import TimesChanged
from rejoinder.discussion.sites import DEFAULT, NO_RULES, Rules, Section, Site, rules_here, set_by, where_set
from rejoinder.discussion.stories import Story

TIMES = ("schedule", "closed_hours")  # the rules that say when comments are taken


def times_mark(own: str) -> str:
    """What tells the times that a layer of rules (JSON) sets from those that it did. Raises BadRules."""
    found = set_by(own)
    return _mark(msgspec.json.encode([found.get(name) for name in TIMES], order="sorted").decode())


def must_be_those_times(own: str, *, seen: str | None) -> None:
    """Silent if the times that a layer sets are those that were seen, by their mark (None: nobody says). Raises
    TimesChanged.
    """
    if seen is not None and seen != times_mark(own):
        raise TimesChanged


class RulePlace(Struct, frozen=True, kw_only=True):
    """A site; with a section or a story, that."""

    site: Site
    section: Section | None = None
    story: Story | None = None

    @property
    def own(self) -> str:
        """What is set here by itself, as JSON."""
        if self.story is not None:
            return self.story.rules
        return self.site.rules if self.section is None else self.section.rules

    @property
    def above(self) -> tuple[str, ...]:
        """What holds where nothing is set here, the widest first, as JSON."""
        if self.story is not None:
            return self.story.above
        return () if self.section is None else (self.site.rules,)

    @property
    def rules(self) -> Rules:
        """What holds here. Raises BadRules."""
        return rules_here(*self.above, self.own)

    @property
    def mark(self) -> str:
        """What tells the rules that are set here from those that were."""
        return _mark(self.own)

    def origin(self, name: str) -> str:
        """Which layer says what holds of this rule: one of `sites.LAYERS`, or DEFAULT."""
        return where_set(name, (*self.above, self.own))

    def origin_above(self, name: str) -> str:
        """Which layer would, were nothing set here."""
        return where_set(name, self.above) if self.above else DEFAULT

    def under(self, story: Story, own: str) -> Story:
        """The story as it would be ruled with `own` set here."""
        if self.story is not None:
            return replace(story, rules=own)
        of_site, of_section = (*story.inherited, NO_RULES, NO_RULES)[:2]
        if self.section is not None:
            return replace(story, inherited=(of_site, own))
        return replace(story, inherited=(own, of_section))


def _mark(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
