"""What every page has: the publication around it and who looks at it."""

from typing import ClassVar

from msgspec import Struct

from rejoinder.discussion.commenters import Act


class Viewer(Struct, frozen=True, kw_only=True):
    """The person logged in. `name` is None for an account that has no name on this site yet."""

    name: str | None
    acts: frozenset[Act] = frozenset()

    @property
    def is_staff(self) -> bool:
        return bool(self.acts)

    def may(self, act: str) -> bool:
        return act in self.acts


class Chrome(Struct, frozen=True, kw_only=True):
    """The frame of a page. `site` is the publication's key, empty where a page belongs to none."""

    site: str = ""
    site_name: str = ""
    language: str = "en"
    direction: str = "ltr"
    viewer: Viewer | None = None
    unread: int = 0  # pieces of news
    open_cases: int | None = None  # what waits at the desk; None for readers
    here: str = ""  # this page's path: where a log-in leads back to
    canonical: str = ""  # absolute; empty where search engines should not keep the page
    public_url: str = ""  # of this installation, without a path: what makes a path of ours absolute


class Page(Struct, frozen=True, kw_only=True):
    """The family. A page names its template and has a chrome."""

    template: ClassVar[str]

    chrome: Chrome


class Way(Struct, frozen=True):
    """A way on: what it says, where it leads."""

    label: str
    address: str
