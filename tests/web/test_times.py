"""Opening times: set at the desk for a site, a section and a story, kept by what readers may do, and said to them."""

import pytest
from tests.makers import after
from tests.serving import Served

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.store import sites, stories

NIGHT = after(hours=11)  # 23:00 by the clocks of the setting; noon is when the story was published


@pytest.fixture
def resting(served: Served) -> Served:
    """A server at night, whose discussions rest from ten to six."""
    setting = served.setting
    setting.write(
        lambda w: change_site_rules(w, setting.site.seq, {"closed_hours": ["22:00-06:00"]}, by_seq=None, now=served.now)
    )
    served.now = NIGHT
    return served


def test_a_resting_discussion_says_so_and_can_be_read_and_reported(resting: Served) -> None:
    comment = resting.setting.post("Nine on Monday.")
    page = resting.client().get(resting.story).text

    assert "Resting until" in page
    assert "In all it is open until" in page
    assert "Nine on Monday." in page
    assert f"{comment.id}/report" in page
    assert "<textarea" not in page
    assert f"{comment.id}/reply" not in page


def test_a_comment_at_night_is_refused_with_its_text(resting: Served) -> None:
    client = resting.client(resting.setting.reader)
    answer = client.post(f"{resting.story}/comments", data={"text": "Who is awake?"})

    assert answer.status_code == 409
    assert 'data-refused="story-rests"' in answer.text
    assert "Who is awake?" in answer.text
    assert resting.setting.story_now().published_count == 0


def test_a_program_is_told_until_when(resting: Served) -> None:
    client = resting.client(resting.setting.reader)
    path = f"/api/v1/sites/{resting.setting.site.key}/stories/{resting.setting.story.slug}"
    answer = client.post(f"{path}/comments", json={"text": "Who is awake?"})
    discussion = client.get(path).json()["discussion"]

    assert answer.status_code == 409
    assert answer.json()["code"] == "story-rests"
    assert answer.json()["data"] == {"until": after(hours=18).isoformat()}
    assert (discussion["phase"], discussion["rests"]) == ("reactions", True)
    assert (discussion["takes_comments"], discussion["takes_recommendations"]) == (False, True)


def test_in_the_morning_it_is_open_again(resting: Served) -> None:
    client = resting.client(resting.setting.reader)
    before = client.get(resting.story).text
    resting.now = after(hours=18)

    assert "<textarea" not in before
    assert "<textarea" in client.get(resting.story).text
    assert client.post(f"{resting.story}/comments", data={"text": "Good morning."}).status_code == 303


def test_a_shared_page_of_the_evening_is_not_given_out_at_night(resting: Served) -> None:
    resting.now = after(hours=9)
    evening = resting.client().get(resting.story)
    resting.now = NIGHT
    night = resting.client().get(resting.story, headers={"If-None-Match": evening.headers["etag"]})

    assert "Open until" in evening.text
    assert night.status_code == 200
    assert "Resting until" in night.text


TIMES = {"days": "7", "replies": "2", "reactions": "1.5", "hours": "22:00-06:00, Saturday"}


def test_an_editor_sets_the_times_of_the_site(served: Served) -> None:
    client = served.client(served.setting.editor)
    answer = client.post(f"{served.site}/desk/times", data=TIMES)
    page = client.get(answer.headers["location"]).text

    assert answer.status_code == 303
    assert "The times are set." in page
    assert 'value="7"' in page
    assert 'value="1.5"' in page
    assert 'value="22:00-06:00, saturday"' in page
    rules = served.setting.story_now().rules_here
    assert [step.phase for step in rules.schedule] == ["open", "replies", "reactions"]
    assert rules.closed_hours == ("22:00-06:00", "saturday")


def test_what_is_left_empty_is_inherited_again(served: Served) -> None:
    client = served.client(served.setting.editor)
    client.post(f"{served.site}/desk/times", data=TIMES)
    client.post(f"{served.site}/desk/times", data=dict.fromkeys(TIMES, ""))

    assert served.setting.read(lambda r: sites.by_seq(r, served.setting.site.seq)).rules == served.setting.site.rules


def test_a_section_may_never_rest_though_the_site_does(served: Served) -> None:
    setting = served.setting
    setting.write(lambda w: sites.section_made(w, setting.site.seq, key="opinion", name="Opinion"))
    client = served.client(setting.editor)
    client.post(f"{served.site}/desk/times", data=TIMES)
    client.post(f"{served.site}/desk/times/opinion", data={"hours": "-"})

    section = setting.read(lambda r: sites.section(r, setting.site.seq, "opinion"))
    assert section.rules == '{"closed_hours":[]}'
    assert "Opinion" in client.get(f"{served.site}/desk/times").text


def test_a_story_has_times_of_its_own(served: Served) -> None:
    client = served.client(served.setting.editor)
    slug = served.setting.story.slug
    answer = client.post(f"{served.site}/desk/stories/{slug}/rules", data={"days": "1", "replies": "1"})
    page = client.get(answer.headers["location"]).text

    story = served.setting.read(lambda r: stories.by_slug(r, served.setting.site.seq, slug))
    assert [step.phase for step in story.rules_here.schedule] == ["open", "replies"]
    assert "The times are set." in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"days": "a week"}, "Something in the form"),
        ({"days": "-1"}, "Something in the form"),
        ({"replies": "2"}, "Something in the form"),  # after what?
        ({"hours": "at night"}, "are no hours"),
        ({"hours": "00:00-24:00"}, "leave no time"),
    ],
)
def test_times_that_cannot_be_are_refused_and_change_nothing(served: Served, typed: dict[str, str], told: str) -> None:
    answer = served.client(served.setting.editor).post(f"{served.site}/desk/times", data=typed)

    assert answer.status_code == 422
    assert told in answer.text
    assert served.setting.read(lambda r: sites.by_seq(r, served.setting.site.seq)).rules == served.setting.site.rules


def test_readers_set_no_times(served: Served) -> None:
    answer = served.client(served.setting.reader).post(f"{served.site}/desk/times", data=TIMES)

    assert answer.status_code == 403
    assert served.client().get(f"{served.site}/desk/times").status_code == 303


def test_no_section_no_times(served: Served) -> None:
    answer = served.client(served.setting.editor).post(f"{served.site}/desk/times/nowhere", data=TIMES)

    assert answer.status_code == 404
