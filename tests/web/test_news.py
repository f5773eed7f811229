"""What readers are told of, what they follow and whom they mute; and how letters are ended with one press."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpx
import pytest
from tests.makers import a_commenter, a_flag, after
from tests.serving import Served

from rejoinder.actions.follow import follow
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.preferences import Mail, Preferences
from rejoinder.store import notifications, stories
from rejoinder.store.database import Read, Write
from rejoinder.store.jobs import Job


@pytest.fixture
def other(served: Served) -> Commenter:
    return served.setting.write(lambda w: a_commenter(w, served.setting.site, "saltmarsh"))


def unread(served: Served, who: Commenter) -> int:
    return served.setting.read(lambda r: notifications.unread(r, who.site_seq, who.seq))


def follow_it(served: Served, who: Commenter, w: Write) -> None:
    follow(w, who.site_seq, served.setting.story.slug, by_seq=who.seq, now=served.now)


def wish(served: Served, who: Commenter, **wanted: Mail) -> None:
    preferences = Preferences(**wanted)
    served.setting.write(lambda w: notifications.set_preferences(w, who.site_seq, who.seq, preferences))


def test_an_answer_stands_in_the_inbox_and_comes_by_letter(served: Served, other: Commenter) -> None:
    root = served.setting.post("Nine on Monday.")
    served.setting.post("Eleven on Tuesday.", by=other, parent_id=root.id)
    served.pass_time(seconds=1)
    client = served.client(served.setting.reader)
    page = client.get(f"{served.site}/notifications").text

    assert "saltmarsh" in page
    assert "Eleven on Tuesday." in page
    assert 'class="count">1<' in client.get(served.story).text
    assert [letter.headers["List-Unsubscribe-Post"] for letter in served.mailbox.letters] == [
        "List-Unsubscribe=One-Click"
    ]


def test_opening_it_leads_to_the_comment_and_marks_it_read(served: Served, other: Commenter) -> None:
    root = served.setting.post("Nine on Monday.")
    answer = served.setting.post("Eleven on Tuesday.", by=other, parent_id=root.id)
    served.pass_time(seconds=1)
    reader = served.setting.reader
    (found,) = served.setting.read(lambda r: notifications.latest(r, reader.site_seq, reader.seq, most=9))
    opened = served.client(reader).post(f"{served.site}/notifications/{found.id}")

    assert opened.headers["location"].endswith(f"#c-{answer.id}")
    assert unread(served, reader) == 0
    assert served.client(other).post(f"{served.site}/notifications/{found.id}").status_code == 404


def test_reading_all_leaves_what_came_meanwhile(served: Served, other: Commenter) -> None:
    root = served.setting.post("Nine on Monday.")
    served.setting.post("Eleven on Tuesday.", by=other, parent_id=root.id)
    served.pass_time(seconds=1)
    client = served.client(served.setting.reader)
    reader = served.setting.reader
    newest = served.setting.read(lambda r: notifications.latest(r, reader.site_seq, reader.seq, most=1))[0].seq
    served.setting.post("Twelve on Wednesday.", by=other, parent_id=root.id)
    served.pass_time(seconds=1)
    client.post(f"{served.site}/notifications", data={"up_to": str(newest)})

    assert unread(served, reader) == 1


def test_a_decision_is_told_with_the_comment(served: Served) -> None:
    comment = served.setting.post("Nine on Monday.")
    served.setting.decide(comment, Outcome.REJECT, reason="personal-attack")
    served.pass_time(minutes=1)

    assert (
        "was removed or not published" in served.client(served.setting.reader).get(f"{served.site}/notifications").text
    )


def test_followers_are_told_once_for_what_they_have_not_read(served: Served, other: Commenter) -> None:
    served.setting.write(partial(follow_it, served, other))
    for number in range(3):
        served.setting.post(f"Comment {number}.")
        served.pass_time(seconds=1)
    page = served.client(other).get(f"{served.site}/notifications").text

    assert unread(served, other) == 1
    assert "3 new comments" in page
    assert served.mailbox.letters == []  # they come in a letter a day


def test_telling_again_changes_nothing(served: Served, other: Commenter) -> None:
    served.setting.write(partial(follow_it, served, other))
    comment = served.setting.post("Nine on Monday.")
    served.pass_time(seconds=1)
    job = _job(served, comment.seq)
    served.worker._runs["notify"](job)

    found = served.setting.read(lambda r: notifications.latest(r, other.site_seq, other.seq, most=9))
    assert [each.count for each in found] == [1]


def _job(served: Served, comment_seq: int) -> Job:
    return Job(
        seq=1,
        site_seq=served.setting.site.seq,
        kind="notify",
        event="",
        recipient="",
        payload={"comment": comment_seq},
        attempt=1,
    )


def test_who_is_mentioned_is_told(served: Served, other: Commenter) -> None:
    served.setting.post("Nine on Monday.", by=other)
    served.setting.post("I wonder what @saltmarsh says.")
    served.pass_time(seconds=1)

    assert unread(served, other) == 1
    assert served.mailbox.letters[-1].subject.startswith("northquay mentioned you")


def test_what_a_muted_writer_does_is_folded_and_not_told(served: Served, other: Commenter) -> None:
    root = served.setting.post("Nine on Monday.")
    client = served.client(served.setting.reader)
    muted = client.post(f"{served.site}/people/{other.id}/mute", data={})
    served.setting.post("Eleven on Tuesday.", by=other, parent_id=root.id)
    served.pass_time(seconds=1)
    page = client.get(served.story).text

    assert muted.status_code == 303
    assert "<summary>A comment by somebody you have muted. Show it</summary>" in page
    assert "<summary>" not in served.client().get(served.story).text.split('id="discussion"')[1].split("toolbar")[0]
    assert unread(served, served.setting.reader) == 0
    assert served.mailbox.letters == []
    client.post(f"{served.site}/people/{other.id}/mute", data={"stop": "1"})
    assert "somebody you have muted" not in client.get(served.story).text


def test_nobody_mutes_themselves(served: Served) -> None:
    client = served.client(served.setting.reader)

    assert client.post(f"{served.site}/people/{served.setting.reader.id}/mute").status_code == 409


def test_an_undone_decision_takes_its_news_back(served: Served) -> None:
    comment = served.setting.post("Nine on Monday.")
    decision = served.setting.decide(comment, Outcome.REJECT, reason="personal-attack")
    served.pass_time(minutes=1)
    before = unread(served, served.setting.reader)
    served.client(served.setting.editor).post(f"{served.site}/desk/decisions/{decision.id}/undo")
    served.pass_time(minutes=1)
    page = served.client(served.setting.reader).get(f"{served.site}/notifications").text

    assert before == 1
    assert "was removed or not published" not in page


def test_a_digest_comes_in_the_morning_and_once(served: Served, other: Commenter) -> None:
    served.setting.write(partial(follow_it, served, other))
    served.setting.post("Nine on Monday.")
    served.pass_time(seconds=1)
    served.now = after(hours=14)  # at two in the night
    served.worker._digests()
    served.worker.run_due()
    at_night = len(served.mailbox.letters)
    for hour in (20, 21):  # at eight and nine in the morning
        served.now = after(hours=hour)
        served.worker._digests()
        served.worker.run_due()

    assert at_night == 0
    (letter,) = served.mailbox.letters
    assert letter.subject.startswith("1 piece of news")
    assert "Nine on Monday." in letter.text


def test_a_letter_a_week_is_not_lost_in_those_of_each_day(served: Served, other: Commenter) -> None:
    """The 17th of November 2026 is a Tuesday; letters of a week go on Mondays."""
    wish(served, other, reply=Mail.DAILY, followed=Mail.WEEKLY)
    root = served.setting.post("Nine on Monday.", by=other)
    served.setting.write(partial(follow_it, served, other))
    served.setting.post("I follow, too.", now=after(hours=2))
    served.setting.post("An answer.", parent_id=root.id, now=after(hours=2, minutes=1))
    served.pass_time(seconds=1)
    for day in range(1, 8):
        served.now = after(days=day, hours=-3)
        served.worker._gathered = None
        served.worker._digests()
        served.worker.run_due()

    daily, weekly = served.mailbox.letters
    assert ("An answer." in daily.text, "new comment" in daily.text) == (True, False)
    assert "2 new comments" in weekly.text


def test_what_was_read_is_in_no_digest(served: Served, other: Commenter) -> None:
    served.setting.write(partial(follow_it, served, other))
    served.setting.post("Nine on Monday.")
    served.pass_time(seconds=1)
    served.client(other).post(f"{served.site}/notifications", data={"up_to": "99"})
    served.now = after(hours=20)
    served.worker._digests()
    served.worker.run_due()

    assert served.mailbox.letters == []


def test_a_mail_program_unsubscribes_with_one_press(served: Served, other: Commenter) -> None:
    """Without a cookie and from nowhere, as RFC 8058, 3.2 has it."""
    root = served.setting.post("Nine on Monday.")
    served.setting.post("Eleven on Tuesday.", by=other, parent_id=root.id)
    served.pass_time(seconds=1)
    address = served.mailbox.letters[-1].headers["List-Unsubscribe"].strip("<>")
    with httpx.Client(trust_env=False) as program:
        looked_at = program.get(address)
        still = served.setting.read(lambda r: _wanted(r, served)).reply
        pressed = program.post(
            address, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"}
        )
        served.setting.post("Twelve on Wednesday.", by=other, parent_id=root.id)
        served.pass_time(seconds=1)
        again = program.post(address, data={"again": "1"})

    assert looked_at.status_code == 200
    assert still is Mail.AT_ONCE  # looking changes nothing: scanners follow links
    assert pressed.status_code == 303
    assert len(served.mailbox.letters) == 1
    assert unread(served, served.setting.reader) == 2
    assert again.status_code == 303
    assert served.setting.read(lambda r: _wanted(r, served)).reply is Mail.AT_ONCE


def _wanted(r: Read, served: Served) -> Preferences:
    reader = served.setting.reader
    return notifications.preferences(r, reader.site_seq, reader.seq)


@pytest.mark.parametrize("token", ["AAAA", "x" * 90])
def test_a_forged_link_unsubscribes_nobody(served: Served, token: str) -> None:
    assert served.client().post(f"{served.site}/letters/{token}").status_code == 409


def test_a_letter_about_a_report_can_be_ended_too(served: Served, other: Commenter) -> None:
    comment = served.setting.post("Nine on Monday.")
    served.setting.write(lambda w: a_flag(w, comment, by=other))
    served.setting.decide(comment, Outcome.REJECT, reason="hate")
    served.pass_time(minutes=1)
    letter = next(each for each in served.mailbox.letters if "Your report" in each.subject)
    served.client().post(letter.headers["List-Unsubscribe"].strip("<>").removeprefix(served.url))

    assert served.setting.read(lambda r: notifications.preferences(r, other.site_seq, other.seq)).report is Mail.NEVER


def test_wishes_are_kept(served: Served) -> None:
    client = served.client(served.setting.reader)
    sent = {"reply": "weekly", "mention": "never", "followed": "at once", "report": "daily"}
    answer = client.post(f"{served.site}/account/letters", data=sent)
    page = client.get(answer.headers["location"]).text
    bad = client.post(f"{served.site}/account/letters", data=sent | {"reply": "hourly"})

    assert "Your wishes are noted." in page
    assert '<option value="weekly" selected>' in page
    assert bad.status_code == 422
    assert served.setting.read(lambda r: _wanted(r, served)).reply is Mail.WEEKLY


def test_following_and_no_longer_without_script(served: Served, other: Commenter) -> None:
    client = served.client(other)
    path = f"{served.story}/follow"
    asked = client.get(path).text
    client.post(path)
    followed = client.get(path).text
    client.post(path, data={"stop": "1"})

    assert "New comments will stand in your news" in asked
    assert "You follow it" in followed
    assert served.setting.story_now().followers == 0
    assert served.client().get(path).status_code == 303  # to the log-in


def test_a_thread_is_followed_alone(served: Served, other: Commenter) -> None:
    root = served.setting.post("Nine on Monday.")
    served.client(other).post(f"{served.story}/follow", data={"thread": str(root.id)})
    served.setting.post("Elsewhere.")
    served.setting.post("In the thread.", by=served.setting.editor, parent_id=root.id)
    served.pass_time(seconds=1)
    found = served.setting.read(lambda r: notifications.latest(r, other.site_seq, other.seq, most=9))

    assert [each.text for each in found] == ["In the thread."]


def test_following_at_once_from_many_windows_is_following_once(served_on_either: Served) -> None:
    served = served_on_either
    reader = served.setting.reader
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: served.setting.write(partial(follow_it, served, reader)), range(16)))

    story = served.setting.read(lambda r: stories.by_seq(r, reader.site_seq, served.setting.story.seq))
    assert story.followers == 1


def test_letters_wished_otherwise_do_not_come_at_once(served: Served, other: Commenter) -> None:
    wish(served, served.setting.reader, reply=Mail.DAILY)
    root = served.setting.post("Nine on Monday.")
    served.setting.post("Eleven on Tuesday.", by=other, parent_id=root.id)
    served.pass_time(seconds=1)

    assert served.mailbox.letters == []
    assert unread(served, served.setting.reader) == 1
