"""The rules at the desk, through HTTP: shown with where each comes from, tried, set, taken back, said on the card."""

import html
import re
from typing import Any

import pytest
from tests.makers import a_commenter, a_flag, a_story, after
from tests.serving import Served

from rejoinder.actions.change_rules import change_section_rules, change_site_rules, change_story_rules
from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.sites import Rules
from rejoinder.store import sites
from rejoinder.web.pages.rule_changes import ELSEWHERE
from rejoinder.web.pages.rule_fields import FIELDS

SEEN = re.compile(r'name="seen" value="([0-9a-f]+)"')


def plain(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def row(page: str, name: str) -> str:
    """What the row of a rule says."""
    return plain(page.partition(f'id="rule-{name}">')[2].partition('<div class="rule')[0])


class Desk:
    """An editor at the rules' page."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.client = served.client(served.setting.editor)
        self.path = f"{served.site}/desk/rules"

    def page(self, where: str = "") -> str:
        answer = self.client.get(self.path + where)
        assert answer.status_code == 200
        return answer.text

    def send(self, where: str = "", *, seen: str = "", **fields: str) -> Any:
        mark = seen or SEEN.findall(self.page(where))[0]
        return self.client.post(self.path + where, data={"seen": mark, **fields})

    def site_rules(self) -> str:
        setting = self.served.setting
        return setting.read(lambda r: sites.by_seq(r, setting.site.seq)).rules


@pytest.fixture
def desk(served: Served) -> Desk:
    return Desk(served)


def test_every_rule_is_on_the_page_but_those_of_the_times() -> None:
    assert set(FIELDS) | set(ELSEWHERE) == set(Rules.__struct_fields__)


def test_the_pages_say_what_holds_and_from_where(desk: Desk) -> None:
    setting, now = desk.served.setting, desk.served.now
    story = setting.write(lambda w: a_story(w, setting.site, section="Harbour"))
    seq = setting.site.seq
    setting.write(lambda w: change_site_rules(w, seq, {"links": 5, "suspect_words": ["keel"]}, by_seq=None, now=now))
    setting.write(lambda w: change_section_rules(w, seq, "harbour", {"links": 4}, by_seq=None, now=now))
    setting.write(lambda w: change_story_rules(w, seq, story.seq, {"links": 3}, by_seq=None, now=now))

    site, section, of_story = desk.page(), desk.page("/sections/harbour"), desk.page(f"/stories/{story.slug}")

    assert row(site, "links").startswith("Links before a comment is held 5 links set here ; above: 2 links")
    assert "4 links set here ; above: 5 links" in row(section, "links")
    assert "3 links set here ; above: 4 links" in row(of_story, "links")
    assert "keel set for the site" in row(of_story, "suspect_words")
    assert "as Rejoinder has it" in row(of_story, "capitals")
    assert "Reserved" not in of_story
    assert 'name="reserved_names"' in site
    assert 'name="reserved_names"' not in section + of_story


def test_rules_are_set_and_taken_back_and_the_page_says_who_changed_what(desk: Desk) -> None:
    answer = desk.send(suspect_words="Keel\n\nfull  boat\nKeel", links="5", mode="reactive", languages="en, de")

    assert answer.status_code == 303
    page = desk.client.get(answer.headers["location"]).text
    assert "The rules are set." in page
    assert "Keel, full boat set here" in row(page, "suspect_words")
    assert "en, de" in row(page, "languages") or "en de" in row(page, "languages")
    said = plain(page.split('id="changes"')[1])
    assert "Suspect words" in said
    assert "Keel, full boat ; before: as above" in said
    assert desk.served.setting.editor.name in said
    again = desk.send(suspect_words="", links="5", mode="", languages="-")
    assert again.status_code == 303
    assert '"suspect_words"' not in desk.site_rules()
    assert '"mode"' not in desk.site_rules()
    assert '"languages":[]' in desk.site_rules()
    assert "as above ; before: Keel, full boat" in plain(desk.page())


def test_a_slip_is_said_at_its_field_and_nothing_is_lost(desk: Desk) -> None:
    before = desk.site_rules()

    answer = desk.send(links="many", longest="0", languages="en tlh", for_tags="suicide", suspect_words="keel\nnine")

    assert answer.status_code == 422
    assert "Please give a whole number" in row(answer.text, "links")
    assert "too little or too much" in row(answer.text, "longest")
    assert "tlh" in row(answer.text, "languages")
    assert "“suicide” is no tag" in row(answer.text, "for_tags")
    assert 'value="many"' in answer.text
    assert "keel\nnine" in answer.text
    assert desk.site_rules() == before


def test_a_form_made_before_somebody_elses_change_is_not_set_and_not_lost(desk: Desk) -> None:
    seen = SEEN.findall(desk.page())[0]
    desk.send(links="5")

    answer = desk.send(seen=seen, suspect_words="keel")

    assert answer.status_code == 409
    assert "Somebody changed these rules" in answer.text
    assert ">\nkeel</textarea>" in answer.text
    assert "suspect_words" not in desk.site_rules()
    assert desk.send(seen=SEEN.findall(answer.text)[0], suspect_words="keel").status_code == 303


def test_the_ladder_has_figures_of_its_own(desk: Desk) -> None:
    figures = {"on": "yes", "approval": "2", "removal": "4", "recognised_at": "6", "new_below": "3", "expert_at": ""}
    ladder = {f"ladder_{name}": value for name, value in figures.items()} | {"ladder_experts_skip_lists": "no"}

    assert desk.send(ladder="own", **ladder).status_code == 303
    assert '"recognised_at":6' in desk.site_rules()
    wrong = desk.send(ladder="own", **ladder | {"ladder_new_below": "9"})
    assert wrong.status_code == 422
    assert "new_below lies above recognised_at" in row(wrong.text, "ladder")
    assert desk.send(ladder="", **ladder).status_code == 303
    assert "ladder" not in desk.site_rules()


def test_a_try_says_what_would_have_been_held_and_changes_nothing(desk: Desk) -> None:
    setting = desk.served.setting
    change = {"mode": "pre-moderated", "repeat_window": 0}
    setting.write(lambda w: change_site_rules(w, setting.site.seq, change, by_seq=None, now=desk.served.now))
    for number in range(5):
        comment = setting.post(f"The keel, {number}.")
        setting.decide(comment, Outcome.APPROVE if number else Outcome.REJECT)
    setting.post("The quay.")
    desk.served.pass_time(hours=2)
    before = desk.site_rules()

    answer = desk.send(mode="post-moderated", suspect_words="keel", preview="1", days="7")

    said = plain(answer.text)
    assert answer.status_code == 200
    assert "Would have held 5 comments, of which editors approved 4 and rejected 1; nobody has decided on 0." in said
    assert "Of 6 comments looked at, the rules as they are hold 6 and refuse 0. 1 of those would be published" in said
    assert "Switch these rules on" in said
    assert "keel</textarea>" in answer.text
    assert desk.site_rules() == before
    on = desk.send(seen=SEEN.findall(answer.text)[0], mode="post-moderated", suspect_words="keel")
    assert on.status_code == 303
    assert setting.post("A keel again.").status is Status.PENDING


def test_a_try_of_what_cannot_be_read_says_so(desk: Desk) -> None:
    answer = desk.send(links="many", preview="1")

    assert answer.status_code == 422
    assert "Please give a whole number" in row(answer.text, "links")


def test_a_card_says_which_rule_held_it_and_where_that_is_set(desk: Desk) -> None:
    setting = desk.served.setting
    setting.write(
        lambda w: change_site_rules(w, setting.site.seq, {"suspect_words": ["keel"]}, by_seq=None, now=after())
    )
    comment = setting.post("What a K e e l!")

    page = desk.client.get(f"{desk.served.site}/desk/comments/{comment.id}").text

    assert "A word from the suspect list: keel" in plain(page)
    assert "rule “Suspect words”, set for the site" in plain(page)
    assert f'href="{desk.path}#rule-suspect_words"' in page
    moderator = setting.write(lambda w: a_commenter(w, setting.site, "desk hand", role=Role.MODERATOR))
    theirs = desk.served.client(moderator).get(f"{desk.served.site}/desk/comments/{comment.id}").text
    assert "rule “Suspect words”, set for the site" in plain(theirs)
    assert "#rule-suspect_words" not in theirs


PASTED = "The harbour board must publish its figures before it takes the early boat away from those who need it."
POSTED_BY_TWO = "2 people posted nearly this text since Tue 17 Nov 2026, 1:00 pm GMT; usual here: at most 1"


def posted_by_two(desk: Desk) -> Comment:
    setting = desk.served.setting
    setting.post(PASTED, by=setting.write(lambda w: a_commenter(w, setting.site, "tidewatcher")))
    return setting.post(PASTED, now=after(hours=2))


def test_a_card_says_how_many_people_posted_its_text_and_since_when(desk: Desk) -> None:
    sent = desk.send(same_text_people="1", same_text_hours="48")
    comment = posted_by_two(desk)

    page = plain(desk.client.get(f"{desk.served.site}/desk/comments/{comment.id}").text)
    queue = desk.client.get(f"/api/v1/sites/{desk.served.setting.site.key}/desk/queue").json()
    theirs = plain(desk.served.client(desk.served.setting.reader).get(desk.served.story).text)

    assert sent.status_code == 303
    assert POSTED_BY_TWO in page
    assert "rule “Most people who may post nearly the same text”, set for the site" in page
    assert queue["cases"][0]["findings"][0]["sentence"] == POSTED_BY_TWO
    assert "Several people posted nearly the same text, so it is read before it appears." in theirs


def test_the_same_text_by_several_people_can_be_tried(desk: Desk) -> None:
    posted_by_two(desk)
    desk.served.pass_time(hours=3)

    said = plain(desk.send(same_text_people="1", preview="1", days="7").text)

    assert "Would have held 1 comment" in said
    assert POSTED_BY_TWO in said
    assert "the same text by several people" in said


def test_a_card_says_what_its_reports_weigh(desk: Desk) -> None:
    setting = desk.served.setting
    first, second = setting.post(), setting.post()
    setting.write(lambda w: a_flag(w, first, device=1))
    setting.decide(first, Outcome.APPROVE)
    setting.write(lambda w: [a_flag(w, second, device=1), a_flag(w, second, device=2)])

    page = desk.client.get(f"{desk.served.site}/desk/comments/{second.id}").text

    assert "2 reports: Hatred of a group weigh 1.7 of the 3 that hide a comment" in plain(page)


def test_a_tag_closes_a_story_and_its_pages_say_why(desk: Desk) -> None:
    setting = desk.served.setting
    slug = setting.story.slug
    desk.send(for_tags="Suicide: closed\nsub judice: pre-moderated; links=0")
    assert desk.send(f"/stories/{slug}", tags="suicide").status_code == 303

    page = desk.page(f"/stories/{slug}")
    story = desk.client.get(f"{desk.served.site}/desk/stories/{slug}").text
    reader = desk.served.client(setting.reader)

    assert "closed: nobody can write set for one of its tags" in row(page, "mode")
    assert "One of the story’s tags sets it." in story
    assert reader.post(f"{desk.served.story}/comments", data={"text": "A boat."}).status_code == 409
    assert "<textarea" not in reader.get(desk.served.story).text
    desk.send(f"/stories/{slug}", tags="", mode="")
    assert reader.post(f"{desk.served.story}/comments", data={"text": "A boat."}).status_code == 303


def test_who_may_not_write_is_told_instead_of_shown_a_box(desk: Desk) -> None:
    reader = desk.served.client(desk.served.setting.reader)
    for who, told in (("recognised", "only readers whom the editors know write"), ("staff", "only the editors write")):
        desk.send(who=who)
        page = reader.get(desk.served.story).text
        answer = reader.post(f"{desk.served.story}/comments", data={"text": "A boat."})

        assert told in page
        assert "<textarea" not in page
        assert answer.status_code == 403
        assert "A boat." in answer.text


def test_readers_are_told_where_every_comment_is_read_first(desk: Desk) -> None:
    told = "Editors read every comment here before it appears."
    reader = desk.served.client(desk.served.setting.reader)
    assert told not in reader.get(desk.served.story).text

    desk.send(f"/stories/{desk.served.setting.story.slug}", mode="pre-moderated")

    assert told in reader.get(desk.served.story).text


def test_a_program_can_read_what_holds(desk: Desk) -> None:
    desk.send(mode="reactive", languages="en", suspect_words="keel", tags="courts")
    setting = desk.served.setting

    found = desk.client.get(f"/api/v1/sites/{setting.site.key}/stories/{setting.story.slug}").json()

    assert found["tags"] == ["courts"]
    assert (found["rules"]["mode"], found["rules"]["languages"], found["rules"]["who"]) == (
        "reactive",
        ["en"],
        "everybody",
    )
    assert "suspect_words" not in found["rules"]


@pytest.mark.parametrize("role", [None, Role.READER, Role.MODERATOR])
@pytest.mark.parametrize("where", ["", "/sections/harbour", "/stories/x"])
def test_only_an_editor_sees_or_changes_rules(desk: Desk, role: Role | None, where: str) -> None:
    setting = desk.served.setting
    somebody = setting.write(lambda w: a_commenter(w, setting.site, "somebody", role=role)) if role else None
    client = desk.served.client(somebody)
    before = desk.site_rules()

    statuses = {
        client.get(desk.path + where).status_code,
        client.post(desk.path + where, data={"links": "9"}).status_code,
        client.post(desk.path + where, data={"links": "9", "preview": "1"}).status_code,
    }

    assert statuses <= {303, 401, 403}
    assert desk.site_rules() == before
