"""The trust ladder as readers and editors see it."""

import pytest
from playwright.sync_api import Browser, expect
from tests.makers import a_commenter, after
from tests.serving import Served

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.trust import Level
from rejoinder.store import commenters

LADDER = {"on": True, "approval": 1, "removal": 3, "recognised_at": 3, "new_below": 1}


@pytest.fixture
def climbing(served: Served) -> Served:
    """A server whose site has a ladder."""
    site_seq = served.setting.site.seq
    rules = {"ladder": LADDER, "marks": ["expert", "recognised", "new"]}
    served.setting.write(lambda w: change_site_rules(w, site_seq, rules, by_seq=None, now=after()))
    return served


def test_a_new_reader_is_told_how_far_it_is(climbing: Served) -> None:
    client = climbing.client(climbing.setting.reader)
    answer = client.post(f"{climbing.story}/comments", data={"text": "My first."})
    page = client.get(answer.headers["location"]).text
    trust = client.get(f"{climbing.site}/account/trust").text

    assert "3 points more, and yours appear at once" in page
    assert "3 points more, and your comments appear at once" in trust
    assert "With 3 points a reader is recognised" in trust


def test_every_step_stands_on_the_readers_own_page(climbing: Served) -> None:
    setting = climbing.setting
    for number in range(3):
        setting.decide(setting.post(f"Comment {number}."), Outcome.APPROVE)
    setting.decide(setting.post("An attack."), Outcome.REJECT, reason="personal-attack")
    page = climbing.client(setting.reader).get(f"{climbing.site}/account/trust").text

    assert page.count("approved by an editor") == 3
    assert "It attacks a person instead of what they say." in page
    assert "−</b>" not in page
    assert ">−3</b>" in page


def test_the_rules_are_in_the_policy_for_everybody(climbing: Served) -> None:
    page = climbing.client().get(f"{climbing.site}/policy").text

    assert "How trust is earned" in page
    assert "One that is rejected or removed costs 3 points." in page
    assert 'id="marks"' in page


def test_without_a_ladder_the_policy_says_nothing_of_it(served: Served) -> None:
    assert "How trust is earned" not in served.client().get(f"{served.site}/policy").text
    assert "Nobody counts points" in served.client(served.setting.reader).get(f"{served.site}/account/trust").text


def test_marks_follow_the_level_on_kept_pages(climbing: Served) -> None:
    setting = climbing.setting
    setting.decide(setting.post("Nine on Monday."), Outcome.APPROVE)
    before = climbing.client().get(climbing.story).text
    for number in range(2):
        setting.decide(setting.post(f"Comment {number}."), Outcome.APPROVE)
    climbing.pass_time(minutes=2)
    after_ = climbing.client().get(climbing.story).text

    assert ">new here</a>" in before
    assert ">recognised</a>" in after_
    assert ">new here</a>" not in after_


def test_an_editor_appoints_at_the_desk(climbing: Served) -> None:
    setting = climbing.setting
    desk = climbing.client(setting.editor)
    person = f"{climbing.site}/desk/people/{setting.reader.id}"
    assert "Set the level" in desk.get(person).text
    answer = desk.post(f"{person}/level", data={"level": "expert"})
    reader = setting.read(lambda r: commenters.by_seq(r, setting.site.seq, setting.reader.seq))

    assert answer.status_code == 303
    assert reader.level is Level.EXPERT
    assert "3 points" in desk.get(person).text


@pytest.mark.parametrize("level", ["", "king", "Expert"])
def test_a_level_that_is_none_is_refused(climbing: Served, level: str) -> None:
    person = f"{climbing.site}/desk/people/{climbing.setting.reader.id}"
    answer = climbing.client(climbing.setting.editor).post(f"{person}/level", data={"level": level})

    assert answer.status_code == 422


def test_readers_and_moderators_appoint_nobody(climbing: Served) -> None:
    setting = climbing.setting
    other = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))
    person = f"{climbing.site}/desk/people/{setting.reader.id}"

    assert climbing.client(other).post(f"{person}/level", data={"level": "expert"}).status_code == 403
    assert climbing.client().post(f"{person}/level", data={"level": "expert"}).status_code == 401


def test_programs_see_the_level(climbing: Served) -> None:
    comment = climbing.setting.post("Nine on Monday.")
    climbing.setting.decide(comment, Outcome.APPROVE)
    path = f"/api/v1/sites/{climbing.setting.site.key}/comments/{comment.id}"

    assert climbing.client().get(path).json()["author"]["level"] == "new"


@pytest.mark.browser
def test_a_reader_climbs(climbing: Served, chromium: Browser) -> None:
    """Three comments wait and are approved; the fourth is there at once."""
    setting = climbing.setting
    context = chromium.new_context()
    cookie = climbing.session_cookie(setting.reader)
    context.add_cookies([{"name": climbing.options.session_cookie, "value": cookie, "url": climbing.url}])
    tab = context.new_page()
    for number in range(4):
        tab.goto(climbing.url + climbing.story)
        tab.get_by_label("Add to the discussion").fill(f"Comment {number} of a new reader.")
        tab.get_by_role("button", name="Post comment").click()
        mine = tab.locator(".c", has_text=f"Comment {number} of a new reader.")
        expect(mine).to_be_visible()
        expect(mine.locator(".note")).to_have_count(0 if number == 3 else 1)
        if number < 3:
            comment_id = (mine.get_attribute("id") or "").removeprefix("c-")
            desk = climbing.client(setting.editor)
            path = f"{climbing.site}/desk/comments/{comment_id}/decide"
            assert desk.post(path, data={"outcome": "approve", "revision": "1"}).status_code == 303
    context.close()
