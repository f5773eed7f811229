"""The desk's forms by HTTP: who may send them, and what is answered to what makes no sense."""

import httpx
import pytest
from tests.makers import a_comment, a_commenter, after
from tests.serving import Served

from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Comment
from rejoinder.store import claims

ANY = "00000000-0000-7000-8000-000000000000"
PAGES = ["mine", "new?cases=1,2,x,99999999999999999999", "news.json", "comments/{id}/alike"]
ACTS = [
    "comments/{id}/claim",
    "comments/{id}/assign",
    "comments/{id}/notes",
    "comments/{id}/opinion",
    "comments/{id}/answer",
    "people/{person}/notes",
    "batch",
    "batch/undo",
    "care",
]


@pytest.fixture
def waiting(served: Served) -> Comment:
    links = " ".join(f"https://ferry.example/{number}" for number in range(3))
    return (
        served.database.write(
            lambda w: a_comment(w, served.setting.story, served.setting.reader, f"Nine. {links}", now=after(hours=1))
        )
        .result()
        .comment
    )


def at(served: Served, path: str, comment: Comment) -> str:
    return f"{served.site}/desk/{path}".format(id=comment.id, person=served.setting.reader.id)


@pytest.mark.parametrize("path", [*PAGES, *ACTS])
def test_readers_work_at_no_desk(served: Served, waiting: Comment, path: str) -> None:
    reader, nobody = served.client(served.setting.reader), served.client()
    form = {"text": "Nine.", "outcome": "approve", f"on:{waiting.id}": "1.0", f"decision:{ANY}": ANY}

    def ask(client: httpx.Client) -> httpx.Response:
        address = at(served, path, waiting)
        return client.get(address) if path in PAGES else client.post(address, data=form)

    assert ask(reader).status_code == 403
    assert ask(nobody).status_code in (303, 401)


@pytest.mark.parametrize("path", PAGES)
def test_a_moderator_works_at_it(served: Served, waiting: Comment, path: str) -> None:
    moderator = served.database.write(
        lambda w: a_commenter(w, served.setting.site, "M. Lowen", role=Role.MODERATOR)
    ).result()

    assert served.client(moderator).get(at(served, path, waiting)).status_code == 200


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("comments/{id}/assign", {"to": "nobody"}, 422),
        ("comments/{id}/assign", {"to": ANY}, 422),
        ("comments/{id}/notes", {"text": ""}, 422),
        ("comments/{id}/notes", {"text": "x" * 2001}, 422),
        ("comments/{id}/opinion", {"text": ""}, 422),
        ("comments/{id}/answer", {"opinion": "perhaps"}, 422),
        ("comments/{id}/answer", {"opinion": "agree"}, 409),
        (f"comments/{ANY}/claim", {}, 404),
        (f"people/{ANY}/notes", {"text": "Nine."}, 404),
        ("comments/{id}/decide", {"outcome": "approve", "revision": "1.x"}, 422),
        ("comments/{id}/decide", {"outcome": "approve", "revision": "7.0"}, 409),
        ("batch", {"outcome": "approve"}, 422),
        ("batch", {"outcome": "approve", "on:x": "1.0"}, 422),
        ("batch", {"outcome": "burn", f"on:{ANY}": "1.0"}, 422),
        ("batch", {"outcome": "approve", f"on:{ANY}": "1.0"}, 200),
        ("batch/undo", {f"decision:{ANY}": "x"}, 422),
        ("batch/undo", {f"decision:{ANY}": ANY}, 200),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    served: Served, waiting: Comment, path: str, form: dict[str, str], status: int
) -> None:
    answer = served.client(served.setting.editor).post(at(served, path, waiting), data=form)

    assert answer.status_code == status
    assert 'class="problem"' in answer.text or "outcome" in answer.text or 'class="failed"' in answer.text


@pytest.mark.parametrize("query", ["comments=x", "queue=x", "queue=all&comments=" + ",".join([ANY] * 99)])
def test_an_open_page_may_ask_anything(served: Served, query: str) -> None:
    answer = served.client(served.setting.editor).get(f"{served.site}/desk/news.json?{query}")

    assert answer.status_code in (200, 404)


def test_a_claim_of_a_script_is_answered_in_no_words(served: Served, waiting: Comment) -> None:
    editor = served.client(served.setting.editor)

    answers = [
        editor.post(at(served, "comments/{id}/claim", waiting), data=form | {"brief": "1"})
        for form in ({}, {"let_go": "1"})
    ]

    assert [answer.status_code for answer in answers] == [204, 204]
    assert served.database.read(lambda r: claims.of_comments(r, 1, [waiting.seq])).result()[waiting.seq].claim is None


def test_a_card_that_is_given_to_somebody_is_on_their_list(served: Served, waiting: Comment) -> None:
    editor = served.client(served.setting.editor)
    assert "Nine." not in editor.get(f"{served.site}/desk/mine").text

    editor.post(at(served, "comments/{id}/assign", waiting), data={"to": str(served.setting.editor.id)})

    mine = editor.get(f"{served.site}/desk/mine").text
    assert "Nine." in mine
    assert "for <bdi>R. Teague</bdi>" in mine


def test_how_an_editor_reads_is_kept_in_their_browser(served: Served) -> None:
    editor = served.client(served.setting.editor)

    answer = editor.post(f"{served.site}/desk/care", data={"mix": "1"})

    assert answer.cookies["rejoinder-care"] == "plain.mix"
    assert 'name="mix" value="1" checked' in editor.get(f"{served.site}/desk").text
