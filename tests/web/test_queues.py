"""The desk's lists through the front door: narrowed by their address, kept under a name, looked back at, searched."""

import html
import re
from datetime import timedelta

import httpx
import pytest
from tests.actions.test_corrections import a_correction
from tests.makers import Setting, a_comment, a_commenter, a_decision, a_flag, a_site, a_story, after
from tests.serving import Served

from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.moderation import Outcome
from rejoinder.store import cases, commenters, sites
from rejoinder.store.cases import CaseKind

SAID = re.compile(r'<div class="said"[^>]*>(.*?)</div>', re.DOTALL)


@pytest.fixture
def desk(served: Served) -> httpx.Client:
    return served.client(served.setting.editor)


def said(answer: httpx.Response) -> list[str]:
    """The texts of the cards, in order."""
    assert answer.status_code == 200, answer.text
    return [html.unescape(re.sub("<[^>]+>", "", each)) for each in SAID.findall(answer.text)]


COUNTED = re.compile(r'<a href="([^"]+)"[^>]*>(?:(?!</a>).)*?<span class="figure">([^<]*)</span></a>', re.DOTALL)


def figures(page: str) -> dict[str, str]:
    """What the left column says, by where it leads."""
    return {html.unescape(address).partition("queue=")[2]: figure for address, figure in COUNTED.findall(page)}


def held(setting: Setting, text: str, by: Commenter | None = None) -> None:
    """A comment that waits."""
    comment = setting.post(text, by=by)
    setting.write(lambda w: cases.open_case(w, comment, CaseKind.HELD, now=after(hours=1)))


def test_every_queue_and_every_look_back_opens_and_is_counted(served: Served, desk: httpx.Client) -> None:
    setting = served.setting
    reported = setting.post("The walrus sings.")
    setting.write(lambda w: a_flag(w, reported))
    held(setting, "The heron sings.")

    page = desk.get(f"{served.site}/desk").text

    counted = figures(page)
    assert (counted["all"], counted["reported"], counted["held"], counted["appeals"]) == ("2", "1", "1", "0")
    assert (counted["written"], counted["unreviewed"], counted["rejected"]) == ("2", "2", "0")
    for queue in counted:
        assert len(said(desk.get(f"{served.site}/desk", params={"queue": queue}))) == int(counted[queue])


def test_a_list_is_narrowed_by_its_address_and_says_so(served: Served, desk: httpx.Client) -> None:
    setting = served.setting
    other = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))
    held(setting, "The heron sings.")
    held(setting, "The walrus sings.", other)

    answer = desk.get(f"{served.site}/desk", params={"queue": "held", "commenter": str(other.id), "age": "under-7d"})

    assert said(answer) == ["The walrus sings."]
    assert "By <bdi>saltmarsh</bdi>" in answer.text
    assert f'name="commenter" value="{other.id}"' in answer.text
    assert '<option value="under-7d" selected>' in answer.text


def test_a_list_in_one_language_has_what_does_not_say_too(served: Served, desk: httpx.Client) -> None:
    setting = served.setting
    german = "Die Fähre war heute nicht voll, und das ist auch für die Werft gut."
    for text in ("Ok.", german):
        held(setting, text)

    def narrowed(language: str) -> list[str]:
        return said(desk.get(f"{served.site}/desk", params={"queue": "held", "language": language}))

    assert (narrowed("en"), narrowed("en-GB")) == (["Ok."], ["Ok."])
    assert narrowed("de-AT") == [german]


@pytest.mark.parametrize(
    "query",
    [
        {"reason": "held:newcomer"},
        {"reason": "hate"},
        {"language": "de"},
        {"age": "over-7d"},
        {"story": ""},
        {"queue": "written", "reason": "hate"},
        {"queue": "unreviewed", "order": "oldest"},
        {"queue": "approved", "language": "de", "age": "under-1h"},
        {"score": "0,8"},
    ],
)
def test_what_a_list_can_be_narrowed_by_combines_with_everything(
    served: Served, desk: httpx.Client, query: dict[str, str]
) -> None:
    slug = served.setting.story.slug

    assert desk.get(f"{served.site}/desk", params={"story": slug} | query).status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"queue": "odd"}, 404),
        ({"section": "none"}, 404),
        ({"story": "none"}, 404),
        ({"commenter": "0190d0e0-0000-7000-8000-000000000000"}, 404),
        ({"commenter": "me"}, 422),
        ({"language": "german"}, 422),
        ({"language": "d%"}, 422),
        ({"reason": "odd"}, 422),
        ({"reason": "held:%"}, 422),
        ({"score": "high"}, 422),
        ({"score": "2"}, 422),
        ({"score": "nan"}, 422),
        ({"queue": "written", "score": "0.5"}, 422),
        ({"queue": "held", "order": "oldest"}, 422),
        ({"queue": "unreviewed", "order": "odd"}, 422),
        ({"age": "old"}, 422),
        ({"after": "odd"}, 422),
    ],
)
def test_what_no_list_can_be_narrowed_by_is_refused(
    served: Served, desk: httpx.Client, query: dict[str, str], status: int
) -> None:
    assert desk.get(f"{served.site}/desk", params=query).status_code == status


def test_a_decision_leads_back_to_the_list_as_it_was_narrowed(served: Served, desk: httpx.Client) -> None:
    comment = served.setting.post("The heron sings.")
    served.setting.write(lambda w: a_flag(w, comment))
    page = desk.get(f"{served.site}/desk", params={"queue": "reported", "age": "under-7d"}).text
    action = re.search(r'<form method="post" action="([^"]+/decide)"', page)
    queue = re.search(r'name="queue" value="(reported&amp;[^"]+)"', page)
    assert action
    assert queue

    form = {"outcome": "approve", "revision": "1", "queue": html.unescape(queue[1])}
    decided = desk.post(action[1], data=form)

    assert re.fullmatch(
        rf"{served.site}/desk\?queue=reported&age=under-7d&done=[0-9a-f-]+", decided.headers["Location"]
    )
    assert "Approved" in desk.get(decided.headers["Location"]).text


def test_the_card_leads_back_to_the_list_too(served: Served, desk: httpx.Client) -> None:
    held(served.setting, "The heron sings.")
    page = desk.get(f"{served.site}/desk", params={"queue": "held", "age": "under-7d"}).text
    card = re.search(r'<a class="button" href="([^"]+)" data-act="open"', page)
    assert card

    opened = desk.get(html.unescape(card[1])).text

    assert f'href="{served.site}/desk?queue=held&amp;age=under-7d"' in opened


def test_a_view_is_kept_with_its_figure_and_let_go(served: Served, desk: httpx.Client) -> None:
    held(served.setting, "The heron sings.")

    kept = desk.post(f"{served.site}/desk/views", data={"here": "held&age=under-7d", "name": " New  ones "})
    page = desk.get(kept.headers["Location"]).text
    let_go = re.search(r'action="([^"]+/let-go)"', page)
    assert let_go

    assert "<bdi>New ones</bdi>" in page
    assert [figure for leads, figure in figures(page).items() if leads.startswith("held&age=under-7d&view=")] == ["1"]
    assert desk.post(let_go[1]).headers["Location"] == f"{served.site}/desk?queue=held&age=under-7d"
    assert "New ones" not in desk.get(f"{served.site}/desk").text
    assert desk.post(let_go[1]).status_code == 404


def test_a_view_for_everybody_is_an_editors_to_keep_and_to_let_go(served: Served, desk: httpx.Client) -> None:
    setting = served.setting
    person = setting.write(lambda w: a_commenter(w, setting.site, "M. Lowen", role=Role.MODERATOR))
    moderator = served.client(person)
    form = {"here": "reported", "name": "For all", "everybody": "yes"}

    refused = moderator.post(f"{served.site}/desk/views", data=form)
    kept = desk.post(f"{served.site}/desk/views", data=form)
    view = kept.headers["Location"].rpartition("view=")[2]
    page = moderator.get(f"{served.site}/desk").text

    assert (refused.status_code, kept.status_code) == (403, 303)
    assert "<bdi>For all</bdi>" in page
    assert 'name="everybody"' not in page
    assert moderator.post(f"{served.site}/desk/views/{view}/let-go").status_code == 403
    assert desk.post(f"{served.site}/desk/views/{view}/let-go").status_code == 303


def test_somebody_elses_own_view_is_not_there(served: Served, desk: httpx.Client) -> None:
    setting = served.setting
    other = served.client(setting.write(lambda w: a_commenter(w, setting.site, "M. Lowen", role=Role.MODERATOR)))
    view = other.post(f"{served.site}/desk/views", data={"here": "held", "name": "Before lunch"}).headers["Location"]

    assert "Before lunch" not in desk.get(f"{served.site}/desk").text
    assert desk.post(f"{served.site}/desk/views/{view.rpartition('view=')[2]}/let-go").status_code == 404


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"here": "held", "name": " "}, 422),
        ({"here": "held", "name": "x" * 61}, 422),
        ({"here": "odd", "name": "x"}, 404),
        ({"here": "held&age=odd", "name": "x"}, 422),
        ({"name": "x"}, 404),
    ],
)
def test_a_view_that_cannot_be_kept_is_refused(
    served: Served, desk: httpx.Client, form: dict[str, str], status: int
) -> None:
    assert desk.post(f"{served.site}/desk/views", data=form).status_code == status


def test_a_correction_has_a_card_that_leads_on(served: Served, desk: httpx.Client) -> None:
    setting = served.setting
    about = setting.story.seq
    setting.write(lambda w: cases.open_about_story(w, 1, about, CaseKind.CORRECTION, now=after(hours=1)))
    held(setting, "The heron sings.")

    answer = desk.get(f"{served.site}/desk")

    assert answer.text.index("A reader’s correction") < answer.text.index("The heron sings.")
    assert setting.story.content.headline in answer.text
    assert said(answer) == ["The heron sings."]


def test_the_card_of_a_correction_says_who_sent_what_about_which_words(served: Served, desk: httpx.Client) -> None:
    a_correction(served.setting)

    page = html.unescape(desk.get(f"{served.site}/desk?queue=corrections").text)
    card = page[page.index('<article class="plain-case"') : page.index("</article>")]

    for told in (
        served.setting.story.content.headline,
        "The ferry will sail four times a day.",
        "It sails three times a day, not four.",
        "ida@reader.example",
        "1:00 pm",
    ):
        assert told in card, told


def test_who_works_at_several_desks_finds_the_others(served: Served, desk: httpx.Client) -> None:
    setting = served.setting
    assert "Your desks" not in desk.get(f"{served.site}/desk").text
    other = setting.write(lambda w: a_site(w, key="gazette"))
    setting.write(
        lambda w: commenters.add(
            w,
            other.seq,
            name="R. Teague",
            name_key="rteague",
            account_seq=setting.editor.account_seq,
            role="moderator",
            now=after(hours=1),
        )
    )

    page = desk.get(f"{served.site}/desk?queue=held").text

    assert "Your desks" in page
    assert 'href="/gazette/desk?queue=held"' in page
    assert desk.get("/gazette/desk?queue=held").status_code == 200


def test_more_than_a_thousand_to_look_back_at_are_said_to_be_more(
    served: Served, desk: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rejoinder.store import looking_back  # noqa: PLC0415 - of use here alone

    monkeypatch.setattr(looking_back, "COUNTED", 2)
    looking_back._counts.cache_clear()
    for _ in range(3):
        served.setting.post()

    assert figures(desk.get(f"{served.site}/desk").text)["written"] == "2+"
    looking_back._counts.cache_clear()


def test_looking_back_shows_what_was_decided(served: Served, desk: httpx.Client) -> None:
    setting = served.setting
    rejected = setting.post("The walrus sings.")
    setting.write(lambda w: a_decision(w, rejected, setting.editor, Outcome.REJECT, reason="hate"))

    assert said(desk.get(f"{served.site}/desk?queue=rejected&reason=hate")) == ["The walrus sings."]
    assert said(desk.get(f"{served.site}/desk?queue=rejected&reason=inappropriate")) == []


# Search


def search(desk: httpx.Client, served: Served, **query: str) -> str:
    answer = desk.get(f"{served.site}/desk/search", params=query)
    assert answer.status_code == 200
    return answer.text


def test_what_is_found_is_marked_and_what_was_written_is_escaped(served: Served, desk: httpx.Client) -> None:
    served.setting.post('Die Fähre <script>alert("1")</script> fährt & fährt.')

    page = search(desk, served, q="fahre")

    assert "Die <mark>Fähre</mark> &lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; fährt &amp; fährt." in page


def test_people_and_stories_are_found(served: Served, desk: httpx.Client) -> None:
    assert "<mark>northquay</mark>" in search(desk, served, q="north*", **{"in": "people"})
    assert "<mark>Ferry</mark> to run through the <mark>winter</mark>" in search(
        desk, served, q="winter ferry", **{"in": "stories"}
    )


def test_what_is_found_comes_a_page_at_a_time(served: Served, desk: httpx.Client) -> None:
    setting = served.setting
    setting.write(lambda w: [a_comment(w, setting.story, setting.reader, f"Walrus number {n}.") for n in range(30)])

    first = search(desk, served, q="walrus")
    on = re.search(r'<p class="more"><a href="([^"]+)"', first)
    assert on
    second = desk.get(html.unescape(on[1])).text

    numbers = [int(n) for n in re.findall(r"</mark> number (\d+)", first + second)]
    assert numbers == list(range(29, -1, -1))


def test_a_search_is_narrowed(served: Served, desk: httpx.Client) -> None:
    setting = served.setting
    setting.write(lambda w: sites.section_made(w, 1, key="sport", name="Sport"))
    story = setting.write(lambda w: a_story(w, setting.site, section="sport"))
    setting.post("The walrus here.")
    setting.write(lambda w: a_comment(w, story, setting.reader, "The walrus there."))

    page = search(desk, served, q="walrus", section="sport")

    assert "there." in page
    assert "</mark> here." not in page


@pytest.mark.parametrize("typed", ["", "-", '"', "'", "-walrus"])
def test_without_a_word_to_look_for_nothing_is_found(served: Served, desk: httpx.Client, typed: str) -> None:
    page = search(desk, served, q=typed)

    assert ("There is no word in that to look for." in page) is bool(typed)


@pytest.mark.parametrize(
    "query", [{"in": "odd"}, {"age": "odd"}, {"in": "people", "age": "under-1d"}, {"score": "0.5"}, {"after": "x"}]
)
def test_a_search_that_is_none_is_refused(served: Served, desk: httpx.Client, query: dict[str, str]) -> None:
    assert desk.get(f"{served.site}/desk/search", params={"q": "x"} | query).status_code == 422


@pytest.mark.parametrize("path", ["desk/search?q=x", "desk?queue=written"])
def test_readers_search_nothing_here(served: Served, path: str) -> None:
    served.now += timedelta(minutes=1)

    assert served.client(served.setting.reader).get(f"{served.site}/{path}").status_code == 403
    assert served.client().get(f"{served.site}/{path}").status_code in (303, 401, 403)
    assert served.client(served.setting.reader).post(f"{served.site}/desk/views", data={}).status_code == 403
