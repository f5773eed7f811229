"""The policy: versions that comments remember, material changes that readers agree to, clauses that removals name."""

from concurrent.futures import wait
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from tests.makers import NOON, Setting, a_comment, a_flag, a_story, after
from tests.serving import Served
from tests.web.test_scripts import come_as

from rejoinder.actions.change_texts import change_texts
from rejoinder.actions.post_comment import Post, post_comment
from rejoinder.actions.publish_policy import publish_policy
from rejoinder.actions.register_commenter import take_name
from rejoinder.cli.checks import Level
from rejoinder.cli.log_check import examine_log
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.policy import Clause, Content, Policy, SectionClauses, Wording
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import (
    BadPolicy,
    NotAllowed,
    NoteNeeded,
    PolicyChanged,
    PolicyRewritten,
    UnknownReason,
    UnknownSection,
)
from rejoinder.store import accounts, commenters, decisions, exports, log, policies, sites
from rejoinder.store.database import Database

OWN = Content(
    introduction={"en": "## Why\n\nSo that it is worth **reading**.", "de": "Damit es sich lohnt."},
    clauses=(
        Clause(reasons=("hate", "threat"), words={"en": Wording(sentence="No contempt.", letter="Try again calmly.")}),
        Clause(reasons=("irrelevant",), words={"en": Wording(sentence="Keep to the harbour.")}),
    ),
)

CLAUSES = ("Clause 1 of our policy: No contempt.", "Clause 2 of our policy: Keep to the harbour.")


def publish(setting: Setting, content: Content = OWN, **known: Any) -> Policy:
    values: dict[str, Any] = {"by_seq": setting.editor.seq, "now": after(hours=1)} | known
    return setting.write(lambda w: publish_policy(w, setting.site, content, **values))


def post(setting: Setting, text: str = "The pier needs a lamp.", **known: Any) -> Any:
    order = Post(
        site_seq=setting.site.seq, story_seq=setting.story.seq, commenter_seq=setting.reader.seq, text=text, **known
    )
    return setting.write(lambda w: post_comment(w, order, now=after(hours=2))).comment


def test_versions_are_numbered_on_and_kept(either_database: Database) -> None:
    setting = Setting(either_database)
    first = publish(setting, note="Our own at last.")
    second = publish(setting, Content(clauses=OWN.clauses[:1]), is_material=True)

    assert (first.number, second.number) == (2, 3)
    kept = setting.read(lambda r: policies.versions(r, setting.site.seq))
    assert [(each.number, each.is_material, each.by_name) for each in kept] == [
        (3, True, setting.editor.name),
        (2, False, setting.editor.name),
    ]
    site = setting.read(lambda r: sites.by_seq(r, setting.site.seq))
    assert (site.policy_version, site.policy_material) == (3, 3)
    assert setting.read(lambda r: policies.numbered(r, setting.site.seq, 2)).content == OWN


def test_a_comment_remembers_the_version_it_was_written_under(either_database: Database) -> None:
    setting = Setting(either_database)
    before = setting.post("Before.")
    publish(setting)
    afterwards = setting.post("Afterwards.")

    kept = setting.read(lambda r: list(exports.every_comment(r, setting.site.seq)))
    found = {each.text: each.policy_version for each in kept}
    assert (found[before.text], found[afterwards.text]) == (1, 2)


def test_after_a_material_change_readers_are_asked_once(either_database: Database) -> None:
    setting = Setting(either_database)
    material = publish(setting, is_material=True)

    with pytest.raises(PolicyChanged) as refused:
        post(setting)
    assert refused.value.data == {"version": material.number}
    with pytest.raises(PolicyChanged):
        post(setting, agrees=material.number - 1)
    post(setting, agrees=material.number)
    post(setting, "And a bench.")

    assert setting.read(lambda r: commenters.by_seq(r, setting.site.seq, setting.reader.seq)).policy_agreed == 2


def test_a_small_change_asks_nobody(either_database: Database) -> None:
    setting = Setting(either_database)
    publish(setting)

    assert post(setting).status == "published"


def test_staff_and_who_came_later_are_not_asked(either_database: Database) -> None:
    setting = Setting(either_database)
    publish(setting, is_material=True)
    account = setting.write(lambda w: accounts.add(w, email="new@reader.example", now=NOON))
    assert account is not None
    setting.write(lambda w: accounts.confirm(w, account.seq, now=NOON))
    late = setting.write(lambda w: take_name(w, setting.site.seq, account, name="late", now=after(hours=2)))

    assert setting.post("From the desk.", by=setting.editor).status == "published"
    assert setting.post("I have only just come.", by=late).status == "published"


def test_nobody_agrees_to_what_is_not_written_yet(either_database: Database) -> None:
    setting = Setting(either_database)
    publish(setting, is_material=True)
    post(setting, agrees=10**8)
    publish(setting, is_material=True)

    with pytest.raises(PolicyChanged):
        post(setting, "Once more.")


def test_what_a_section_adds_has_numbers_of_its_own_and_asks_nobody(either_database: Database) -> None:
    setting = Setting(either_database)
    setting.write(lambda w: sites.section_made(w, setting.site.seq, key="sport", name="Sport"))
    section = setting.read(lambda r: sites.section(r, setting.site.seq, "sport"))
    first = publish(setting, section="sport")
    own = publish(setting)
    second = publish(setting, Content(clauses=OWN.clauses[:1]), section="sport")

    assert (first.number, own.number, second.number) == (1, 2, 2)
    site = setting.read(lambda r: sites.by_seq(r, setting.site.seq))
    assert (site.policy_version, site.policy_material) == (2, 0)
    kept = setting.read(lambda r: policies.numbered(r, setting.site.seq, 1, section_seq=section.seq))
    assert kept.content == OWN
    assert post(setting).status == "published"
    with pytest.raises(BadPolicy):
        publish(setting, section="sport", is_material=True)


def test_every_version_that_comments_carry_can_be_read(served: Served) -> None:
    setting = served.setting
    setting.write(lambda w: sites.section_made(w, setting.site.seq, key="sport", name="Sport"))
    setting.post("Under ours.")
    publish(setting, section="sport")
    setting.write(lambda w: change_texts(w, setting.site.seq, {"policy": "Be kind."}, now=after(hours=1)))
    setting.post("Under a text.")
    publish(setting)
    setting.post("Under clauses.")

    carried = {each.policy_version for each in setting.read(lambda r: list(exports.every_comment(r, setting.site.seq)))}
    assert carried == {1, 2, 3}
    client = served.client()
    assert [client.get(f"{served.site}/policy/{number}").status_code for number in (1, 2, 3, 4)] == [200, 200, 200, 404]
    assert "Be kind." in client.get(f"{served.site}/policy/2").text


def test_who_writes_from_an_older_version_is_told_and_overwrites_nothing(either_database: Database) -> None:
    setting = Setting(either_database)
    publish(setting, seen=1)

    with pytest.raises(PolicyRewritten):
        publish(setting, seen=1)
    setting.write(lambda w: sites.section_made(w, setting.site.seq, key="sport", name="Sport"))
    publish(setting, section="sport", seen=0)
    with pytest.raises(PolicyRewritten):
        publish(setting, section="sport", seen=0)
    assert publish(setting, seen=2).number == 3


@pytest.mark.parametrize("section", [None, "sport"])
def test_of_two_editors_who_publish_at_once_one_is_told(either_database: Database, section: str | None) -> None:
    setting = Setting(either_database)
    setting.write(lambda w: sites.section_made(w, setting.site.seq, key="sport", name="Sport"))
    known: dict[str, Any] = {"by_seq": setting.editor.seq, "now": after(hours=1), "section": section}
    seen = 0 if section else 1

    futures = [
        either_database.write(lambda w: publish_policy(w, setting.site, OWN, seen=seen, **known)) for _ in range(4)
    ]
    wait(futures, timeout=60)

    refused = [error for future in futures if (error := future.exception()) is not None]
    assert [type(each) for each in refused] == [PolicyRewritten] * 3
    assert len(setting.read(lambda r: policies.versions(r, setting.site.seq))) == 1


def test_what_a_colleague_published_meanwhile_is_shown_beside_what_was_typed(served: Served) -> None:
    editor = served.client(served.setting.editor)
    form = {"language": "en", "introduction": "Mine.", "sentence-1": "My clause.", "reasons-1": "hate", "seen": "1"}
    publish(served.setting)

    refused = editor.post(f"{served.site}/desk/policy", data=form)
    assert refused.status_code == 409
    for told in ("Somebody published another version", "My clause.", "Mine.", "Keep to the harbour.</ins>"):
        assert told in refused.text
    assert 'name="seen" value="2"' in refused.text
    assert editor.post(f"{served.site}/desk/policy", data={**form, "seen": "2"}).status_code == 303


def test_the_form_of_a_section_offers_no_question_to_readers(served: Served) -> None:
    served.setting.write(lambda w: sites.section_made(w, served.setting.site.seq, key="sport", name="Sport"))
    editor = served.client(served.setting.editor)

    assert 'name="material"' in editor.get(f"{served.site}/desk/policy").text
    page = editor.get(f"{served.site}/desk/policy?section=sport").text
    assert 'name="material"' not in page
    assert 'name="seen" value="0"' in page


def test_a_rejection_names_its_clauses_as_they_were(either_database: Database) -> None:
    setting = Setting(either_database)
    publish(setting)
    comment = setting.post("Off to the moon.")
    decision = setting.decide(comment, Outcome.REJECT, reason="irrelevant", also=("hate",))
    publish(setting, Content(clauses=OWN.clauses[:1]))

    kept = setting.read(lambda r: decisions.by_seq(r, setting.site.seq, decision.seq))
    assert (kept.clauses, kept.policy_version, kept.reason) == ((1, 2), 2, "irrelevant")


@pytest.mark.parametrize(("also", "refusal"), [(("rudeness",), UnknownReason), (("reply-to-removed",), UnknownReason)])
def test_a_further_reason_that_is_none_is_refused(either_database: Database, also: Any, refusal: type) -> None:
    setting = Setting(either_database)
    comment = setting.post("Off to the moon.")

    with pytest.raises(refusal):
        setting.decide(comment, Outcome.REJECT, reason="irrelevant", also=also)
    assert setting.again(comment).status == "published"


def test_a_reason_in_ones_own_words_needs_them(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post("Off to the moon.")

    with pytest.raises(NoteNeeded):
        setting.decide(comment, Outcome.REJECT, reason="other", note=" ")
    assert setting.decide(comment, Outcome.REJECT, reason="other", note="Please write again on Friday.").note


def test_only_editors_publish_and_only_for_sections_there_are(either_database: Database) -> None:
    setting = Setting(either_database)

    with pytest.raises(NotAllowed):
        publish(setting, by_seq=setting.reader.seq)
    with pytest.raises(UnknownSection):
        publish(setting, section="sport")
    assert setting.read(lambda r: policies.versions(r, setting.site.seq)) == []


def test_sixteen_editors_at_once_make_sixteen_versions(either_database: Database) -> None:
    setting = Setting(either_database)

    futures = [
        either_database.write(
            lambda w: publish_policy(w, setting.site, OWN, by_seq=setting.editor.seq, now=after(hours=1))
        )
        for _ in range(16)
    ]
    wait(futures, timeout=60)

    assert sorted(future.result().number for future in futures) == list(range(2, 18))


def test_the_writer_s_letter_names_the_clause_and_what_would_have_been_fine(served: Served) -> None:
    publish(served.setting)
    comment = served.setting.post("Vile.")
    served.setting.decide(comment, Outcome.REJECT, reason="hate")
    served.pass_time(hours=3)

    letter = next(each for each in served.mailbox.letters if "removed" in each.subject)
    said = " ".join(letter.text.split())
    assert "Clause 1 of our policy: No contempt." in said
    assert "Try again calmly." in said


def test_further_reasons_are_kept_and_told_wherever_the_decision_is(served: Served) -> None:
    setting = served.setting
    publish(setting)
    reporter = served.client()
    comment = setting.post("Vile, and off to the moon.")
    sent = reporter.post(f"{served.site}/comments/{comment.id}/report", data={"reason": "hate"})
    decision = setting.decide(comment, Outcome.REJECT, reason="hate", also=("irrelevant", "hate", "threat"))
    publish(setting, Content(clauses=OWN.clauses[:1]))
    served.pass_time(hours=3)

    kept = setting.read(lambda r: decisions.by_seq(r, setting.site.seq, decision.seq))
    assert kept.codes == ("hate", "irrelevant", "threat")
    writer, editor = served.client(setting.reader), served.client(setting.editor)
    letter = next(each for each in served.mailbox.letters if "removed" in each.subject)
    told = {
        "the letter": " ".join(letter.text.split()),
        "its page": writer.get(f"{served.site}/decisions/{decision.id}").text,
        "the report": reporter.get(sent.headers["location"]).text,
    }
    for where, page in told.items():
        for words in ("It is not about the story.", "It threatens, or calls for violence.", *CLAUSES):
            assert words in page, where
    assert f'href="{served.site}/policy/2"' in told["its page"]
    for path in (f"{served.site}/desk/log", f"{served.site}/desk/comments/{comment.id}"):
        assert "A threat, or a call for violence" in editor.get(path).text
    api = writer.get(f"/api/v1/sites{served.site}/decisions/{decision.id}").json()
    assert (api["also"], [each["number"] for each in api["clauses"]]) == (["irrelevant", "threat"], [1, 2])
    own = writer.get(f"{served.site}/account/data.json").json()["sites"][0]["comments"][0]["decisions"][-1]
    assert (own["also"], own["clauses"], own["policy_version"]) == (["irrelevant", "threat"], [1, 2], 2)


ADDED = Content(
    clauses=(
        Clause(reasons=("other",), words={"en": Wording(sentence="No betting.")}),
        Clause(reasons=("hate",), words={"en": Wording(sentence="Cheer nobody down.", letter="Cheer yours on.")}),
    )
)
ADDED_CLAUSE = "Clause 2 for the section Sport: Cheer nobody down."


def in_sport(served: Served) -> Comment:
    """A comment in a section that adds clauses to the policy."""
    setting = served.setting
    setting.write(lambda w: sites.section_made(w, setting.site.seq, key="sport", name="Sport"))
    publish(setting)
    publish(setting, ADDED, section="sport")
    story = setting.write(lambda w: a_story(w, setting.site, section="sport"))
    return setting.write(lambda w: a_comment(w, story, setting.reader, "Vile.")).comment


def test_what_a_section_adds_is_named_where_its_reason_is_as_it_was(served: Served) -> None:
    comment, setting = in_sport(served), served.setting
    reporter = served.client()
    sent = reporter.post(f"{served.site}/comments/{comment.id}/report", data={"reason": "hate"})
    decision = setting.decide(comment, Outcome.REJECT, reason="hate")
    publish(setting, Content(clauses=ADDED.clauses[:1]), section="sport")
    served.pass_time(hours=3)

    writer = served.client(setting.reader)
    letter = next(each for each in served.mailbox.letters if "removed" in each.subject)
    told = {
        "the letter": " ".join(letter.text.split()),
        "its page": writer.get(f"{served.site}/decisions/{decision.id}").text,
        "the report": reporter.get(sent.headers["location"]).text,
    }
    for where, page in told.items():
        assert CLAUSES[0] in page, where
        assert ADDED_CLAUSE in page, where
    assert "Try again calmly. Cheer yours on." in told["the letter"]
    assert f'href="{served.site}/policy#section-sport"' in told["its page"]
    statement = setting.read(lambda r: decisions.statement_of(r, decision, setting.site.seq))
    assert ADDED_CLAUSE in statement["incompatible_content_ground"]
    api = writer.get(f"/api/v1/sites{served.site}/decisions/{decision.id}").json()
    assert [(each["number"], each["section"]) for each in api["clauses"]] == [(1, None), (2, "sport")]
    own = writer.get(f"{served.site}/account/data.json").json()["sites"][0]["comments"][0]["decisions"][-1]
    assert own["section_clauses"] == {"section": "sport", "version": 1, "numbers": [2]}
    assert "Clauses for the section sport: 2" in writer.get(f"{served.site}/account/data").text


def test_elsewhere_and_for_other_reasons_it_is_not(served: Served) -> None:
    comment, setting = in_sport(served), served.setting
    here = setting.decide(comment, Outcome.REJECT, reason="irrelevant")
    there = setting.decide(setting.post(), Outcome.REJECT, reason="hate")

    assert (here.clauses, here.section_clauses) == ((2,), None)
    assert (there.clauses, there.section_clauses) == ((1,), None)
    assert [finding.level for finding in examine_log(setting.database, setting.site)] == [Level.OK]


def test_a_card_in_the_section_offers_its_clauses_and_one_press_names_them(served: Served) -> None:
    comment, setting = in_sport(served), served.setting
    desk = served.client(setting.editor)
    card = f"{served.site}/desk/comments/{comment.id}"

    page, elsewhere = desk.get(card).text, desk.get(f"{served.site}/desk/comments/{setting.post().id}").text
    assert '<button name="reason" value="hate" dir="auto">2. Cheer nobody down.</button>' in page
    assert "In the section Sport, also" in page
    assert "Cheer nobody down" not in elsewhere

    form = {"outcome": "reject", "revision": "1", "queue": "held", "reason": "hate"}
    assert desk.post(f"{card}/decide", data=form).status_code == 303
    [decision] = setting.read(lambda r: decisions.of_comment(r, setting.site.seq, comment.seq))
    assert decision.section_clauses == SectionClauses(section="sport", version=1, numbers=(2,))


def test_one_s_own_list_names_the_clause_as_it_is_now(served: Served) -> None:
    publish(served.setting)
    served.setting.decide(served.setting.post("Vile."), Outcome.REJECT, reason="hate")

    assert CLAUSES[0] in served.client(served.setting.reader).get(f"{served.site}/account").text


def test_one_s_own_list_names_what_the_section_adds_as_it_is_now(served: Served) -> None:
    comment, setting = in_sport(served), served.setting
    setting.decide(comment, Outcome.REJECT, reason="hate")
    setting.decide(setting.post("Off to the moon."), Outcome.REJECT, reason="hate")
    account = served.client(setting.reader)

    now = account.get(f"{served.site}/account").text
    assert (now.count(CLAUSES[0]), now.count(ADDED_CLAUSE)) == (2, 1)
    publish(setting, Content(clauses=ADDED.clauses[:1]), section="sport")
    assert ADDED_CLAUSE not in account.get(f"{served.site}/account").text


def test_in_a_section_the_reminder_at_the_box_leads_to_what_that_adds(served: Served) -> None:
    setting = served.setting
    client = served.client(setting.reader)
    assert f'href="{served.site}/policy"' in client.get(served.story).text
    setting.write(lambda w: sites.section_made(w, setting.site.seq, key="sport", name="Sport"))
    publish(setting, section="sport")
    story = setting.write(lambda w: a_story(w, setting.site, section="sport"))

    page = client.get(f"{served.site}/stories/{story.slug}").text
    assert f'href="{served.site}/policy#section-sport"' in page
    assert 'id="section-sport"' in client.get(f"{served.site}/policy").text


@pytest.mark.browser
@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without"])
def test_enter_on_a_tick_of_further_reasons_rejects_nothing(
    served: Served, chromium: Browser, *, scripted: bool
) -> None:
    comment = served.setting.post("Off to the moon.")
    context = chromium.new_context(java_script_enabled=scripted)
    context.set_default_timeout(10_000)
    tab = context.new_page()
    come_as(tab, served, served.setting.editor)

    address = f"{served.url}{served.site}/desk/comments/{comment.id}"
    tab.goto(address)
    tab.get_by_text("More exact reasons, and several at once").click()
    tick = tab.locator(".also").get_by_label("Advertising or spam")
    tick.check()
    tick.press("Enter")
    expect(tab.get_by_text("A rejection needs a reason")).to_be_visible()
    expect(tick).to_be_checked()
    assert served.setting.again(comment).status == "published"

    with tab.expect_navigation():
        tab.get_by_role("button", name="Hatred of a group").click()
    [decision] = served.setting.read(lambda r: decisions.of_comment(r, served.setting.site.seq, comment.seq))
    assert decision.codes == ("hate", "advertising")
    context.close()


@pytest.mark.browser
def test_in_the_queue_enter_on_a_tick_sends_nothing(served: Served, chromium: Browser) -> None:
    comment = served.setting.post("Off to the moon.")
    served.setting.write(lambda w: a_flag(w, comment))
    tab = chromium.new_page()
    tab.set_default_timeout(10_000)
    come_as(tab, served, served.setting.editor)

    tab.goto(f"{served.url}{served.site}/desk")
    tab.get_by_role("link", name="Reject…").click()
    tab.get_by_text("More exact reasons, and several at once").click()
    tick = tab.locator(".also").get_by_label("Advertising or spam")
    tick.check()
    tick.press("Enter")
    expect(tick).to_be_checked()
    tab.get_by_role("button", name="Hatred of a group").click()
    expect(tab.get_by_text("Rejected: the comment by northquay.")).to_be_visible()

    [decision] = served.setting.read(lambda r: decisions.of_comment(r, served.setting.site.seq, comment.seq))
    assert decision.codes == ("hate", "advertising")
    tab.close()


def test_readers_see_clauses_versions_and_machines_read_them(served: Served) -> None:
    client = served.client()
    ours = client.get(f"{served.site}/policy").text
    assert "do not attack who they are" in ours
    publish(served.setting, note="Clause 2 is new.")

    page = client.get(f"{served.site}/policy").text
    for told in (
        "<strong>reading</strong>",
        "Why</h2>",
        "Keep to the harbour.",
        'id="clause-2"',
        "version 2",
        "Clause 2 is new.",
    ):
        assert told in page
    assert "do not attack who they are" in client.get(f"{served.site}/policy/1").text
    for number in ("0", "3", "x", "9" * 30):
        assert client.get(f"{served.site}/policy/{number}").status_code == 404

    answer = client.get(f"{served.site}/policy.json")
    document = answer.json()
    assert document["clauses"][0] == {"number": 1, "reasons": ["hate", "threat"], "sentence": {"en": "No contempt."}}
    assert {reason["code"] for reason in document["reasons"]} > {"hate", "flooding", "intimate-image"}
    again = client.get(f"{served.site}/policy.json", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_editor_looks_at_a_version_and_publishes_it(served: Served) -> None:
    editor = served.client(served.setting.editor)
    sent = {
        "language": "en",
        "introduction": "Welcome.",
        "sentence-1": "Be kind.",
        "reasons-1": ["threat", "hate"],
        "sentence-3": "Keep to the harbour.",
        "reasons-3": "irrelevant",
        "note": "All new.",
    }

    looked = editor.post(f"{served.site}/desk/policy", data={**sent, "preview": "1"})
    assert (looked.status_code, served.setting.read(lambda r: policies.versions(r, served.setting.site.seq))) == (
        200,
        [],
    )
    assert "<ins" in looked.text
    published = editor.post(f"{served.site}/desk/policy", data=sent)

    assert published.status_code == 303
    [version] = served.setting.read(lambda r: policies.versions(r, served.setting.site.seq))
    assert [clause.reasons for clause in version.content.clauses] == [("threat", "hate"), ("irrelevant",)]
    assert "It is published." in editor.get(published.headers["location"]).text


def test_another_language_is_added_and_the_first_kept(served: Served) -> None:
    publish(served.setting)
    editor = served.client(served.setting.editor)
    editor.post(
        f"{served.site}/desk/policy",
        data={
            "language": "de",
            "introduction": "Neu.",
            "sentence-1": "Keine Verachtung.",
            "reasons-1": ["threat", "hate"],
            "sentence-2": "Beim Hafen bleiben.",
            "reasons-2": "irrelevant",
        },
    )

    newest = served.setting.read(lambda r: policies.current(r, served.setting.site.seq))
    assert newest is not None
    assert newest.content.introduction == {"en": OWN.introduction["en"], "de": "Neu."}
    assert {tag: words.sentence for tag, words in newest.content.clauses[0].words.items()} == {
        "en": "No contempt.",
        "de": "Keine Verachtung.",
    }


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"sentence-1": "Be kind.", "reasons-1": "rudeness"}, "rudeness"),
        ({"sentence-1": "Be kind."}, "names no reason"),
        ({}, "clauses"),
        ({"sentence-1": "Be kind.", "reasons-1": "hate", "sentence-2": "Again.", "reasons-2": "hate"}, "both name"),
    ],
)
def test_what_cannot_be_published_is_given_back_with_what_is_wrong(
    served: Served, sent: dict[str, str], problem: str
) -> None:
    editor = served.client(served.setting.editor)
    for button in ({}, {"preview": "1"}):
        answer = editor.post(
            f"{served.site}/desk/policy", data={"language": "en", "introduction": "Typed.", **sent, **button}
        )
        assert answer.status_code == 422
        assert problem in answer.text
        assert "Typed." in answer.text
    assert served.setting.read(lambda r: policies.versions(r, served.setting.site.seq)) == []


def test_the_api_asks_for_agreement_by_a_code(served: Served) -> None:
    material = publish(served.setting, is_material=True)
    client = served.client(served.setting.reader)
    path = f"/api/v1/sites{served.story}/comments"

    refused = client.post(path, json={"text": "The pier needs a lamp."})
    assert (refused.status_code, refused.json()["code"]) == (409, "policy-changed")
    agreed = client.post(path, json={"text": "The pier needs a lamp.", "agrees": material.number})
    assert agreed.status_code == 201


def test_publishing_is_on_the_record(either_database: Database) -> None:
    setting = Setting(either_database)
    number = setting.write(lambda w: log.append(w, setting.site.seq, RecordKind.POLICY, {}, now=NOON))
    publish(setting)

    assert setting.write(lambda w: log.append(w, setting.site.seq, RecordKind.POLICY, {}, now=NOON)) == number + 2


@pytest.mark.browser
@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without"])
def test_a_reader_is_asked_agrees_and_loses_nothing(served: Served, chromium: Browser, *, scripted: bool) -> None:
    publish(served.setting, is_material=True)
    context = chromium.new_context(java_script_enabled=scripted)
    context.set_default_timeout(10_000)
    tab = context.new_page()
    come_as(tab, served, served.setting.reader)

    tab.goto(f"{served.url}{served.story}")
    tab.get_by_label("Add to the discussion").fill("The pier needs a lamp.")
    tab.get_by_role("button", name="Post comment").click()
    expect(tab.get_by_text("The rules of our discussions have changed.")).to_be_visible()
    expect(tab.get_by_role("textbox").first).to_have_value("The pier needs a lamp.")
    tab.get_by_label("I have read the rules and agree.").check()
    tab.get_by_role("button", name="Post comment").click()

    expect(tab.locator(".said", has_text="The pier needs a lamp.")).to_be_visible()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without"])
def test_the_reasons_of_a_clause_are_ticked_by_their_names(
    served: Served, chromium: Browser, *, scripted: bool
) -> None:
    publish(served.setting)
    context = chromium.new_context(java_script_enabled=scripted)
    context.set_default_timeout(10_000)
    tab = context.new_page()
    come_as(tab, served, served.setting.editor)

    tab.goto(f"{served.url}{served.site}/desk/policy")
    clause = tab.get_by_role("group", name="Clause 2", exact=True)
    clause.get_by_text("Reasons that break it: Irrelevant: it has nothing to do with the story").click()
    clause.get_by_label("Written only to provoke").check()
    tab.get_by_role("button", name="Look at it first").click()
    expect(clause.get_by_text("; Written only to provoke")).to_be_visible()
    tab.get_by_role("button", name="Publish this version").click()

    expect(tab.get_by_text("It is published.")).to_be_visible()
    newest = served.setting.read(lambda r: policies.current(r, served.setting.site.seq))
    assert newest is not None
    assert [each.reasons for each in newest.content.clauses] == [("hate", "threat"), ("irrelevant", "trolling")]
    context.close()
