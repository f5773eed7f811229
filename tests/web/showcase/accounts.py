"""The pages of accounts."""

from collections.abc import Iterator

from tests.web.showcase.makers import EDITOR, NOW, READER, a_chrome, ago, an_id
from tests.web.showcase.stories import ferry

from rejoinder.discussion.comments import Status
from rejoinder.discussion.own_data import (
    AccountRecord,
    ActRecord,
    Judged,
    PersonRecord,
    SessionRecord,
    SiteRecord,
    WrittenComment,
)
from rejoinder.discussion.policy import DEFAULT_SENTENCES, Named
from rejoinder.discussion.trust import Ladder, Level, Why
from rejoinder.web.shown import account, embed, own_data, trust
from rejoinder.web.shown.page import Page, Viewer

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def account_pages() -> Iterator[tuple[str, Page]]:
    to = "/courier/stories/ferry#discussion"
    out = a_chrome(canonical="")
    yield "log-in", account.LogInPage(chrome=out, to=to)
    yield (
        "log-in-wrong",
        account.LogInPage(
            chrome=out, to=to, email="ruth@reader.example", problem="The mail address or the password is not right."
        ),
    )
    yield (
        "log-in-confirmed",
        account.LogInPage(chrome=out, to=to, notice="Your address is confirmed. You can log in now."),
    )
    asks = embed.EmbedSignInPage(
        chrome=a_chrome(READER), origin="https://www.courier.example", nonce="n", name="northquay", was_confirmed=False
    )
    yield "embed-sign-in", asks
    yield (
        "embed-done",
        embed.EmbedDonePage(chrome=a_chrome(READER), origin=asks.origin, nonce="n", name="northquay", token="t"),
    )
    yield "register", account.RegisterPage(chrome=out, to=to)
    yield (
        "register-taken",
        account.RegisterPage(
            chrome=out,
            to=to,
            name="northquay",
            email="r@reader.example",
            problem="Somebody here has this name, or one that looks the same. Please choose another.",
        ),
    )
    yield "register-name", account.RegisterPage(chrome=a_chrome(Viewer(name=None)), to=to, has_account=True)
    for kind in account.Sent:
        yield f"sent-{kind}", account.SentPage(chrome=out, kind=kind)
    yield "confirm", account.ConfirmPage(chrome=out, token="t")
    yield "forgot", account.ForgotPage(chrome=out)
    yield "reset", account.ResetPage(chrome=out, token="t")
    yield (
        "second-factor",
        account.SecondFactorPage(
            chrome=a_chrome(EDITOR, canonical=""),
            to=to,
            problem="This code is not right, or no longer. Please type the one your app shows now.",
        ),
    )
    from rejoinder.identity.totp import provisioning_uri, qr_code  # noqa: PLC0415 - only here

    uri = provisioning_uri(SECRET, account="r@reader.example", issuer="The Harbour Courier")
    yield (
        "set-up",
        account.SetUpPage(
            chrome=a_chrome(EDITOR, canonical=""),
            to=to,
            qr=qr_code(uri),
            secret="JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
        ),
    )
    yield "set-up-begin", account.SetUpPage(chrome=a_chrome(EDITOR, canonical=""), to=to, qr="", secret="")
    record = tuple(
        account.OwnComment(
            id=an_id(),
            excerpt=f"I take the 6:10 every weekday ({status}).",
            headline=ferry().content.headline,
            written_at=ago(hours=3),
            status=status,
            told="It attacks a person instead of what they say." if status in (Status.REJECTED, Status.REMOVED) else "",
            clauses=(Named(number=1, sentence=DEFAULT_SENTENCES[0]),) if status is Status.REMOVED else (),
        )
        for status in Status
    )
    sessions = (
        account.ShownSession(
            agent="Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0",
            seen_at=NOW,
            is_this=True,
        ),
        account.ShownSession(agent="", seen_at=ago(days=3)),
    )
    yield (
        "account",
        account.AccountPage(
            chrome=a_chrome(READER),
            name="northquay",
            email="n@reader.example",
            since=ago(days=400),
            comments=record,
            sessions=sessions,
        ),
    )
    yield (
        "account-new",
        account.AccountPage(
            chrome=a_chrome(READER),
            name="northquay",
            email="n@reader.example",
            since=NOW,
            confirmed=False,
            sessions=sessions[:1],
            is_banned=True,
            ban_reason="Advertising.",
        ),
    )


def own_data_pages() -> Iterator[tuple[str, Page]]:
    reader = a_chrome(READER, canonical="")
    yield "own-data", own_data.OwnDataPage(chrome=reader, record=a_record())
    yield "leave", own_data.LeavePage(chrome=reader, sites=("The Harbour Courier",), has_password=True)
    yield (
        "leave-wrong",
        own_data.LeavePage(
            chrome=reader,
            sites=("The Harbour Courier", "The Island Gazette"),
            has_password=True,
            chosen="go",
            problem="The mail address or the password is not right.",
        ),
    )
    steps = (
        trust.ShownStep(
            points=-3,
            why=Why.REMOVED,
            at=ago(hours=1),
            became=Level.NEW,
            comment_id=an_id(),
            excerpt="Of course she won’t answer.",
            reason="It attacks a person instead of what they say.",
        ),
        trust.ShownStep(
            points=1,
            why=Why.APPROVED,
            at=ago(hours=3),
            became=Level.RECOGNISED,
            comment_id=an_id(),
            excerpt="I take the 6:10 every weekday.",
        ),
        trust.ShownStep(points=5, why=Why.APPOINTED, at=ago(days=3)),
    )
    yield (
        "trust",
        trust.TrustPage(
            chrome=reader, level=Level.NEW, points=3, needed=2, is_on_it=True, ladder=Ladder(on=True), steps=steps
        ),
    )
    yield (
        "trust-recognised",
        trust.TrustPage(
            chrome=reader,
            level=Level.RECOGNISED,
            points=12,
            needed=0,
            is_on_it=True,
            ladder=Ladder(on=True, expert_at=100),
            after="3",
        ),
    )
    yield (
        "trust-off",
        trust.TrustPage(chrome=reader, level=Level.NEW, points=0, needed=5, is_on_it=False, ladder=Ladder()),
    )
    for erased in (True, False):
        yield f"gone-{'erased' if erased else 'stays'}", own_data.GonePage(chrome=a_chrome(), erased=erased)
    yield "email", own_data.EmailPage(chrome=reader, present="ruth@reader.example", has_password=True)
    yield "change-email", own_data.ChangeEmailPage(chrome=a_chrome(), token="t", email="ruth@new.example")


def a_record() -> PersonRecord:
    judged = Judged(outcome="reject", reason="personal-attack", by="an editor", at=ago(hours=1), statement={})
    comments = (
        WrittenComment(
            id=an_id(),
            story=ferry().content.headline,
            slug="ferry",
            status="published",
            reason=None,
            text="I take the 6:10 every weekday.\n\nIn October it carried between nine and fourteen of us.",
            written_at=ago(hours=5),
            published_at=ago(hours=5),
            edited_at=ago(hours=4),
            recommended=12,
            earlier=(("I take the 6:10 every weekday.", ago(hours=5)),),
        ),
        WrittenComment(
            id=an_id(),
            story=ferry().content.headline,
            slug="ferry",
            status="removed",
            reason="personal-attack",
            text="Of course she won’t answer.",
            written_at=ago(hours=3),
            published_at=ago(hours=3),
            edited_at=None,
            recommended=0,
            decisions=(judged,),
        ),
    )
    site = SiteRecord(
        site="courier",
        site_name="The Harbour Courier",
        id=an_id(),
        name="northquay",
        role="reader",
        since=ago(days=300),
        standing={
            "level": "recognised",
            "points": 14,
            "badges": ["Subscriber"],
            "banned_at": None,
            "ban_reason": "",
            "held_at": ago(hours=2),
        },
        comments=comments,
        recommended=(ActRecord(at=ago(hours=2), what={"comment": an_id()}),),
        reports=(ActRecord(at=ago(hours=2), what={"reason": "irrelevant", "note": "", "outcome": "upheld"}),),
        follows=(ActRecord(at=ago(hours=2), what={"story": ferry().content.headline}),),
        muted=(ActRecord(at=ago(hours=2), what={"name": "saltmarsh"}),),
        notifications=(),
        points=(ActRecord(at=ago(hours=2), what={"points": 1, "why": "approved", "level": "recognised"}),),
        from_editors=(
            ActRecord(
                at=ago(hours=2),
                what={
                    "act": "hold",
                    "reason": "personal-attack",
                    "text": "Please argue with what she wrote.",
                    "until": ago(days=-9),
                    "statement": {"decision_facts": "The editors looked at the comments of this account."},
                },
            ),
        ),
        notes=(ActRecord(at=ago(hours=2), what={"text": "Third time this week."}),),
    )
    known = AccountRecord(
        id=an_id(),
        email="ruth@reader.example",
        confirmed_at=ago(days=300),
        proofs=("password",),
        sessions=(SessionRecord(agent="Firefox on Linux", began_at=ago(days=2), seen_at=ago(hours=1), expires_at=NOW),),
    )
    return PersonRecord(format="rejoinder-person", version=1, made_at=NOW, account=known, sites=(site,))
