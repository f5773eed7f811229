"""Where rules are set: a site, a section of it, or a story; and what a change there means for any story."""

from hashlib import blake2b

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.discussion.sites import DEFAULT, NO_RULES, Rules, Section, Site, rules_here, where_set
from rejoinder.discussion.stories import Story


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
        return blake2b(self.own.encode(), digest_size=8).hexdigest()

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
