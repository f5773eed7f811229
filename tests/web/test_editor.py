"""The box that readers write in, without script: a look first, a word before it waits, a log-in between."""

import re
from html import unescape

import httpx
import pytest
from tests.makers import a_comment, after
from tests.serving import Served

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.store import entries

MANY_LINKS = "See https://a.example/1 https://a.example/2 https://a.example/3"


def rules(served: Served, **changed: object) -> None:
    served.database.write(
        lambda w: change_site_rules(w, served.setting.site.seq, changed, by_seq=None, now=served.now)
    ).result()


def texts(served: Served) -> list[str]:
    site, by = served.setting.site.seq, served.setting.reader.seq
    return [
        each.comment.text
        for each in served.database.read(lambda r: entries.by_commenter(r, site, by, most=50)).result()
    ]


def hidden(answer: httpx.Response, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', answer.text)
    assert found
    return unescape(found[1])


@pytest.fixture
def known(served: Served) -> Served:
    """A server on which the reader is no newcomer."""
    rules(served, newcomer_comments=0, suspect_words=["kiosk"], banned_words=["scoundrel"])
    return served


def test_a_preview_shows_what_would_be_stored_and_posts_nothing(known: Served) -> None:
    client = known.client(known.setting.reader)

    answer = client.post(f"{known.story}/comments", data={"text": "**Nine**\n\n> said\n<b>x", "preview": "1"})

    assert answer.status_code == 200
    assert "<strong>Nine</strong>" in answer.text
    assert "&lt;b&gt;x</p>" in answer.text
    assert "**Nine**\n\n&gt; said" in answer.text  # and the box has it still
    assert texts(known) == []


def test_a_preview_for_a_script_is_json(known: Served) -> None:
    client = known.client(known.setting.reader)
    known.database.write(
        lambda w: a_comment(w, known.setting.story, known.setting.editor, "Nine.", now=after(hours=1))
    ).result()

    answer = client.post(
        f"{known.story}/comments",
        data={"text": "@R. Teague: *nine* at the Kiosk", "preview": "1"},
        headers={"Accept": "application/json"},
    )
    blank = client.post(
        f"{known.story}/comments", data={"text": " ", "preview": "1"}, headers={"Accept": "application/json"}
    )

    assert answer.json()["html"].count("@R. Teague</a>: <em>nine</em>") == 1
    assert answer.json()["held"] == ["An editor first reads texts with this in them: Kiosk."]
    assert (blank.status_code, blank.json()["problem"][:5]) == (422, "There")


def test_a_text_that_would_wait_comes_back_once_and_is_then_sent(known: Served) -> None:
    client = known.client(known.setting.reader)

    told = client.post(f"{known.story}/comments", data={"text": MANY_LINKS, "key": "k"})
    assert told.status_code == 409
    assert "It has 3 links, where up to 2 are usual." in told.text
    assert texts(known) == []

    sent = client.post(
        f"{known.story}/comments", data={"text": MANY_LINKS, "key": "k", "anyway": hidden(told, "anyway")}
    )

    assert sent.status_code == 303
    assert texts(known) == [MANY_LINKS]


def test_a_mark_lets_only_its_own_text_through(known: Served) -> None:
    client = known.client(known.setting.reader)
    mark = hidden(client.post(f"{known.story}/comments", data={"text": MANY_LINKS}), "anyway")

    other = client.post(f"{known.story}/comments", data={"text": "Behind the kiosk.", "anyway": mark})

    assert other.status_code == 409
    assert texts(known) == []


def test_what_the_writer_cannot_change_is_no_reason_to_ask(served: Served) -> None:
    rules(served, newcomer_comments=1)
    client = served.client(served.setting.reader)

    assert client.post(f"{served.story}/comments", data={"text": MANY_LINKS}).status_code == 303
    assert texts(served) == [MANY_LINKS]


def test_a_banned_word_is_not_repeated(known: Served) -> None:
    client = known.client(known.setting.reader)

    told = client.post(f"{known.story}/comments", data={"text": "You scoundrel."})

    assert "A word in it is one that an editor always reads first." in told.text
    assert told.text.count("scoundrel") == 2  # in the preview and in the box: the writer's own text


def test_previews_are_counted(known: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.web.pages.previewing.PREVIEWS", 1)
    client = known.client(known.setting.reader)
    data = {"text": "Nine on Monday.", "preview": "1"}

    first, second = [client.post(f"{known.story}/comments", data=data) for _ in range(2)]

    assert (first.status_code, second.status_code) == (200, 429)
    assert "Nine on Monday." in second.text


def test_a_text_goes_through_a_log_in_and_back_to_its_box(known: Served) -> None:
    client = known.client()
    email = known.set_password(known.setting.reader)

    page = client.get(known.story)
    assert f'action="{known.story}/comments"' in page.text
    asked = client.post(f"{known.story}/comments", data={"text": 'One "line"\n\nand another'})
    assert asked.status_code == 401
    wrong = client.post(
        f"{known.site}/log-in",
        data={"email": email, "password": "no", "to": hidden(asked, "to"), "text": hidden(asked, "text")},
    )
    back = client.post(
        f"{known.site}/log-in",
        data={
            "email": email,
            "password": "a ferry at six in the morning",
            "to": hidden(wrong, "to"),
            "text": hidden(wrong, "text"),
        },
    )

    assert back.status_code == 200
    assert "One &#34;line&#34;\n\nand another</textarea>" in back.text
    assert texts(known) == []
    sent = client.post(
        f"{known.story}/comments", data={"text": 'One "line"\n\nand another', "key": hidden(back, "key")}
    )
    assert sent.status_code == 303


def test_a_text_goes_through_opening_an_account(known: Served) -> None:
    client = known.client()
    asked = client.post(f"{known.story}/comments", data={"text": "Nine on Monday."})
    carried = {"to": hidden(asked, "to"), "text": hidden(asked, "text")}

    form = client.post(f"{known.site}/register", data={"begin": "1", **carried})
    assert form.status_code == 200
    assert hidden(form, "text") == "Nine on Monday."
    opened = client.post(
        f"{known.site}/register",
        data={"name": "Newcomer", "email": "new@mail.example", "password": "a boat at nine at night", **carried},
    )
    known.pass_time(seconds=1)
    client.post(known.mailbox.link("/confirm/"))
    back = client.post(
        f"{known.site}/log-in",
        data={
            "email": "new@mail.example",
            "password": "a boat at nine at night",
            "text": hidden(opened, "text"),
            "to": hidden(opened, "to"),
        },
    )

    assert "Nine on Monday.</textarea>" in back.text


def test_a_carried_text_that_belongs_nowhere_is_no_way_elsewhere(known: Served) -> None:
    client = known.client()
    email = known.set_password(known.setting.reader)

    answer = client.post(
        f"{known.site}/log-in",
        data={"email": email, "password": "a ferry at six in the morning", "to": "//elsewhere.example/", "text": "x"},
    )

    assert (answer.status_code, answer.headers["location"]) == (303, known.site + "/")


def test_a_reply_is_looked_at_told_and_carried_too(known: Served) -> None:
    answered = known.database.write(
        lambda w: a_comment(w, known.setting.story, known.setting.editor, "Nine.", now=after(hours=1))
    ).result()
    path = f"{known.site}/comments/{answered.comment.id}/reply"
    email = known.set_password(known.setting.reader)
    anybody, reader = known.client(), known.client(known.setting.reader)

    assert "<textarea" in anybody.get(path).text
    asked = anybody.post(path, data={"text": "*Eleven.*"})
    back = anybody.post(
        f"{known.site}/log-in",
        data={
            "email": email,
            "password": "a ferry at six in the morning",
            "to": hidden(asked, "to"),
            "text": hidden(asked, "text"),
        },
    )
    assert "*Eleven.*</textarea>" in back.text
    assert "<em>Eleven.</em>" in reader.post(path, data={"text": "*Eleven.*", "preview": "1"}).text
    assert reader.post(path, data={"text": MANY_LINKS}).status_code == 409


def test_a_shared_page_has_no_key_in_its_boxes(known: Served) -> None:
    first, second = known.client().get(known.story), known.client().get(known.story)

    assert first.text == second.text
    assert hidden(first, "key") == ""


def test_a_comment_s_own_words_are_quoted_into_the_box(known: Served) -> None:
    text = "> Seven?\n\nNine.\n\nOr ten."
    answered = known.database.write(
        lambda w: a_comment(w, known.setting.story, known.setting.editor, text, now=after(hours=1))
    ).result()

    page = known.client().get(f"{known.site}/comments/{answered.comment.id}/reply?quote=1")

    assert "&gt; Nine.\n&gt;\n&gt; Or ten.\n\n</textarea>" in page.text


def test_names_are_those_of_who_wrote_here_the_latest_first(known: Served) -> None:
    for minute, by in enumerate((known.setting.reader, known.setting.editor, known.setting.reader)):
        known.database.write(
            lambda w, by=by, minute=minute: a_comment(  # type: ignore[misc] # the defaults bind the loop's values
                w, known.setting.story, by, f"Nine and {minute}.", now=after(hours=1, minutes=minute)
            )
        ).result()
    client = known.client()
    path = f"{known.story}/names.json"

    assert client.get(path).json() == {"names": [known.setting.reader.name, known.setting.editor.name]}
    assert client.get(path, params={"q": "r t"}).json() == {"names": ["R. Teague"]}
    assert client.get(path, params={"q": "nobody"}).json() == {"names": []}
    again = client.get(path, headers={"If-None-Match": client.get(path).headers["etag"]})
    assert again.status_code == 304
