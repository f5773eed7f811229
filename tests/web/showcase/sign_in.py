"""The pages of coming in from the publisher, of passkeys, guests and names."""

from collections.abc import Iterator

from tests.web.showcase.makers import READER, a_chrome, ago
from tests.web.showcase.stories import ferry

from rejoinder.web.shown import account, guests, passkeys
from rejoinder.web.shown.page import Page, Way

ASKED = '{"challenge":"AAAA","rpId":"localhost","userVerification":"required"}'
WAYS = (
    Way("The Harbour Courier", "https://www.courier.example/log-in?to=%2F"),
    Way("Mewan Library Card", "/courier/sign-in/library?to=%2F"),
)


def sign_in_pages() -> Iterator[tuple[str, Page]]:
    to, out, reader = "/courier/stories/ferry#discussion", a_chrome(canonical=""), a_chrome(READER, canonical="")
    yield "log-in-all", account.LogInPage(chrome=out, to=to, ways=WAYS, passkey=ASKED)
    yield (
        "log-in-publisher-text",
        account.LogInPage(chrome=out, to=to, ways=WAYS, passkey=ASKED, text="I have sailed on her since 1998."),
    )
    yield "second-factor-passkey", account.SecondFactorPage(chrome=reader, to=to, passkey=ASKED)
    mine = (
        passkeys.ShownPasskey(id="a", name="My phone", made_at=ago(days=90)),
        passkeys.ShownPasskey(id="b", name="The blue security key on the hook by the door", made_at=ago(hours=3)),
    )
    yield "passkeys", passkeys.PasskeysPage(chrome=reader, passkeys=mine, is_fresh=True, options=ASKED)
    yield "passkeys-none", passkeys.PasskeysPage(chrome=reader, passkeys=(), is_fresh=True, options=ASKED)
    yield "passkeys-old-log-in", passkeys.PasskeysPage(chrome=reader, passkeys=mine, is_fresh=False)
    yield "change-name", passkeys.NamePage(chrome=reader, name="northquay", typed="northquay", days=30)
    yield (
        "change-name-lately",
        passkeys.NamePage(
            chrome=reader,
            name="northquay",
            typed="South Quay",
            days=30,
            problem="You changed your name not long ago. It can be changed once in 30 days.",
        ),
    )
    headline = ferry().content.headline
    yield "guest", guests.GuestPage(chrome=out, slug="ferry", headline=headline, longest=5000)
    yield (
        "guest-refused",
        guests.GuestPage(
            chrome=out,
            slug="ferry",
            headline=headline,
            longest=5000,
            text="I have sailed on her since 1998.",
            name="R. Teague",
            email="salt@mail.example",
            problem="Somebody here has this name, or one that looks the same. Please choose another.",
        ),
    )
    yield (
        "guest-confirm",
        guests.GuestConfirmPage(
            chrome=out, token="t", headline=headline, text="I have sailed on her since 1998.", name="Old Salt"
        ),
    )
    yield "sent-guest", account.SentPage(chrome=out, kind=account.Sent.GUEST)
