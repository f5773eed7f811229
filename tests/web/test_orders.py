"""The orders a reader may choose, and pages that follow one on another whatever moves."""

import re

import pytest
from tests.filling import new
from tests.makers import Setting, after
from tests.serving import Served

from rejoinder.actions.change_rules import change_story_rules
from rejoinder.actions.pick_comment import pick_comment
from rejoinder.actions.renew_ranking import renew_ranking
from rejoinder.discussion.comments import Comment
from rejoinder.store import comments, places, rankings, recommendations, stories
from rejoinder.store.database import Write
from rejoinder.store.flags import Reporter


def shown(served: Served, query: str = "") -> list[str]:
    """What the comments on the page say, in its order."""
    return re.findall(r'<div class="said"><p[^>]*>([^<]+)</p>', served.client().get(served.story + query).text)


def onward(served: Served, query: str) -> str:
    """The query of the next page."""
    found = re.search(
        r'<p class="more"><a href="[^"?]+(\?[^"#]+)#discussion">More', served.client().get(served.story + query).text
    )
    return found[1].replace("&amp;", "&") if found else ""


def recommended(setting: Setting, comment: Comment, times: int, *, first: int = 0) -> None:
    """So many accounts more, each of its own number, recommend it."""
    for number in range(times):
        by = Reporter(commenter_seq=1_000_000 + first + number)
        setting.write(lambda w, b=by: _count(w, setting, b, comment))  # type: ignore[misc] # binds the loop's value


def _count(w: Write, setting: Setting, by: Reporter, comment: Comment) -> None:
    recommendations.add(w, comment, by=by, now=after(hours=1))
    rankings.note(w, setting.story, now=after(hours=1))


def test_each_order_and_its_sentence(served: Served) -> None:
    setting = served.setting
    found = [setting.post(f"Boat {number}.") for number in range(4)]
    recommended(setting, found[2], 5)
    setting.post("Answer.", parent_id=found[1].id)
    setting.write(lambda w: pick_comment(w, 1, found[3].id, by_seq=setting.editor.seq, now=served.now))
    served.pass_time(minutes=1)

    assert shown(served) == ["Boat 0.", "Boat 1.", "Answer.", "Boat 2.", "Boat 3."]
    assert shown(served, "?order=oldest") == shown(served)
    assert shown(served, "?order=newest") == ["Boat 3.", "Boat 2.", "Boat 1.", "Answer.", "Boat 0."]
    assert shown(served, "?order=recommended")[0] == "Boat 2."
    assert shown(served, "?order=replied")[0] == "Boat 1."
    assert shown(served, "?order=picks") == ["Boat 3."]
    assert (
        "more readers recommend than one would expect" in served.client().get(f"{served.story}?order=recommended").text
    )
    assert "The most replied" not in served.client().get(served.story).text


def test_a_story_may_begin_in_another_order(served: Served) -> None:
    setting = served.setting
    for number in range(2):
        setting.post(f"Boat {number}.")
    changes = {"order": "newest"}
    setting.write(lambda w: change_story_rules(w, 1, setting.story.seq, changes, by_seq=None, now=served.now))

    assert shown(served) == ["Boat 1.", "Boat 0."]
    assert shown(served, "?order=oldest") == ["Boat 0.", "Boat 1."]
    posted = served.client(setting.reader).post(f"{served.story}/comments", data={"text": "Boat 2.", "key": "k"})
    assert "/comments/" in posted.headers["location"]  # where it stands for certain


@pytest.mark.parametrize("order", ["newest", "recommended", "replied"])
def test_pages_follow_one_on_another_though_everything_moves(served: Served, order: str) -> None:
    setting = served.setting
    found = [setting.post(f"Boat {number}.") for number in range(45)]
    recommended(setting, found[7], 3)
    served.pass_time(minutes=1)
    whole = shown(served, f"?order={order}")
    query = onward(served, f"?order={order}")
    recommended(setting, found[30], 9, first=100)
    setting.post("Answer.", parent_id=found[31].id)
    setting.post("Boat 45.")
    served.pass_time(minutes=1)

    while query:
        whole += shown(served, query)
        query = onward(served, query)

    assert sorted(each for each in whole if each != "Answer.") == sorted(f"Boat {number}." for number in range(45))


def test_a_page_of_a_ranking_that_is_gone_begins_the_newest(served: Served) -> None:
    setting = served.setting
    found = [setting.post(f"Boat {number}.") for number in range(25)]
    recommended(setting, found[3], 2)
    served.pass_time(minutes=1)
    query = onward(served, "?order=recommended")
    for hours in (1, 2, 3):
        now = after(hours=2 + hours)
        setting.write(lambda w, n=now: renew_ranking(w, 1, setting.story.seq, now=n))  # type: ignore[misc] # binds the loop's value

    assert "it begins again here" in served.client().get(served.story + query).text
    assert shown(served, query) == shown(served, "?order=recommended")


@pytest.mark.parametrize("query", ["order=best", "order=", "order=recommended&after=x", "order=newest&after=-1"])
def test_what_is_no_order_and_no_place_is_refused(served: Served, query: str) -> None:
    served.setting.post()

    assert served.client().get(f"{served.story}?{query}").status_code == 422


@pytest.mark.parametrize("after_", ["999999", "123456789012345", "999000000000020"])
def test_a_made_up_place_in_a_ranking_begins_it(served: Served, after_: str) -> None:
    served.setting.post("Boat.")
    recommended(served.setting, served.setting.post("Ferry."), 2)
    served.pass_time(minutes=1)

    answer = served.client().get(f"{served.story}?order=recommended&after={after_}")

    assert answer.status_code == 200


def test_the_order_ends_after_five_hundred_and_leads_to_the_oldest(served: Served) -> None:
    setting = served.setting
    setting.write(lambda w: _roots(w, setting, 505))
    served.setting.write(lambda w: renew_ranking(w, 1, setting.story.seq, now=served.now))
    query, pages = "?order=replied", 0
    while query:
        last, query = query, onward(served, query)
        pages += 1

    assert pages == 25
    assert "read all comments from the oldest on" in served.client().get(served.story + last).text


def _roots(w: Write, setting: Setting, many: int) -> None:
    story = stories.by_seq(w, 1, setting.story.seq)
    for number in range(many):
        made = comments.add(w, 1, new(setting, f"Remark {number}.", None, waits=False))
        places.publish(w, story, made, now=after(minutes=1))


def test_the_api_has_the_same_orders(served: Served) -> None:
    setting = served.setting
    found = [setting.post(f"Boat {number}.") for number in range(25)]
    recommended(setting, found[3], 2)
    setting.write(lambda w: pick_comment(w, 1, found[5].id, by_seq=setting.editor.seq, now=served.now))
    served.pass_time(minutes=1)
    address, nobody = f"/api/v1/sites{served.story}/comments", served.client()

    first = nobody.get(address, params={"view": "threads", "order": "recommended"}).json()
    assert first["threads"][0]["root"]["text"] == "Boat 3."
    assert first["threads"][0]["root"]["recommended"] == 2
    asked = {"view": "threads", "order": "recommended", "after": first["next"]}
    second = nobody.get(address, params=asked).json()
    texts = [each["root"]["text"] for page in (first, second) for each in page["threads"]]
    assert sorted(texts) == sorted(f"Boat {number}." for number in range(25))
    picks = nobody.get(address, params={"order": "picks"}).json()["comments"]
    assert [(each["text"], each["picked"]) for each in picks] == [("Boat 5.", True)]
    for bad in ({"order": "best"}, {"order": "newest"}, {**asked, "order": "newest"}):
        assert nobody.get(address, params=bad).status_code == 422
