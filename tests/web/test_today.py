"""The desk's home: today's figures, for staff."""

import pytest
from tests.makers import NOON, a_flag, after
from tests.serving import Served

from rejoinder.discussion.moderation import Outcome


@pytest.fixture
def busy(served: Served) -> Served:
    """A day with seven comments, a decision and a report that waits."""
    setting = served.setting
    served.now = after(hours=5)
    posted = [setting.post(f"Number {n}.", now=after(hours=4, minutes=30 + n)) for n in range(7)]
    setting.write(lambda w: (a_flag(w, posted[0], device=1), a_flag(w, posted[1], device=1)))
    setting.decide(posted[0], Outcome.REJECT, now=after(hours=2))
    return served


def test_the_day_is_told_in_figures_and_charts(busy: Served) -> None:
    page = busy.client(busy.setting.editor).get(f"{busy.site}/desk/today").text

    for told in ("Posted</dt><dd>7", "Removed</dt><dd>1", "Decided</dt><dd>1", "30 minutes", "7 in the last hour"):
        assert told in page
    assert 'role="img"' in page
    assert "4:00" in page or "16:00" in page
    assert "<script" not in page.split("<main")[1]


def test_a_quiet_day_is_told_too(served: Served) -> None:
    page = served.client(served.setting.editor).get(f"{served.site}/desk/today").text

    assert "Nothing has been posted today." in page
    assert "none waits" in page


def test_a_discussion_that_closes_within_a_day_is_listed(served: Served) -> None:
    served.now = after(days=13, hours=12)
    page = served.client(served.setting.editor).get(f"{served.site}/desk/today").text
    served.now = NOON
    earlier = served.client(served.setting.editor).get(f"{served.site}/desk/today").text

    assert served.setting.story.content.headline in page.partition("Closing within a day")[2]
    assert served.setting.story.content.headline not in earlier.partition("Closing within a day")[2]


def test_readers_are_not_shown_the_day(served: Served) -> None:
    assert served.client(served.setting.reader).get(f"{served.site}/desk/today").status_code == 403
    assert served.client().get(f"{served.site}/desk/today").status_code in (303, 401)
