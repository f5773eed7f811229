"""What readers are told of, and what they may wish for."""

from collections.abc import Iterator

from msgspec.structs import replace
from tests.web.showcase.makers import READER, a_chrome, ago, an_id
from tests.web.showcase.stories import ferry

from rejoinder.discussion.preferences import Kind, Mail, Preferences
from rejoinder.web.shown import news
from rejoinder.web.shown.page import Page


def news_pages() -> Iterator[tuple[str, Page]]:
    reader = a_chrome(READER, canonical="")
    headline = ferry().content.headline
    told = tuple(
        news.ShownNews(
            id=an_id(),
            kind=kind,
            at=ago(hours=number + 1),
            is_unread=number < 3,
            name="saltmarsh",
            headline=headline,
            count=number + 1,
            excerpt="I counted fourteen on the early boat." if kind is not Kind.REPORT else "",
        )
        for number, kind in enumerate(Kind)
    )
    yield "inbox", news.InboxPage(chrome=replace(reader, unread=3), news=told, newest=9, after="3")
    yield "inbox-empty", news.InboxPage(chrome=reader, news=())
    plain = news.FollowPage(chrome=reader, story_slug="ferry", headline=headline, follows=False)
    yield "follow", plain
    yield "follow-thread", replace(plain, follows=True, thread=an_id(), name="northquay")
    yield "mute", news.MutePage(chrome=reader, id=an_id(), name="saltmarsh", is_muted=False)
    yield "mute-muted", news.MutePage(chrome=reader, id=an_id(), name="saltmarsh", is_muted=True)
    yield "mute-self", news.MutePage(chrome=reader, id=an_id(), name="northquay", is_muted=False, is_self=True)
    yield (
        "letters",
        news.LettersPage(
            chrome=reader,
            preferences=Preferences(reply=Mail.DAILY),
            is_set=True,
            follows=(("ferry", headline),),
            mutes=((an_id(), "saltmarsh"),),
        ),
    )
    yield "letters-nothing", news.LettersPage(chrome=reader, preferences=Preferences())
    yield "unsubscribe", news.UnsubscribePage(chrome=a_chrome(), token="t", about="reply", is_off=False)
    yield "unsubscribed", news.UnsubscribePage(chrome=a_chrome(), token="t", about="digest", is_off=True)
