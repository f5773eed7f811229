"""Recommending: once for each account or device, whatever is sent how often, and no page is thrown away for it."""

from concurrent.futures import wait
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.makers import Setting, a_commenter, after

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.ban_commenter import ban_commenter
from rejoinder.actions.recommend import Recommend, recommend
from rejoinder.actions.renew_ranking import renew_ranking
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.recommending import Recommended
from rejoinder.discussion.refusals import (
    Banned,
    DeviceNeeded,
    LogInNeeded,
    NotPublished,
    OwnRecommendation,
    UnknownComment,
)
from rejoinder.store import jobs, recommendations
from rejoinder.store.database import Database, Write
from rejoinder.store.flags import Reporter

LATER = after(hours=2)


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def device(number: int) -> Reporter:
    return Reporter(device_hash=number.to_bytes(16, "big"))


def account(setting: Setting) -> Reporter:
    return Reporter(commenter_seq=setting.editor.seq)


def give(setting: Setting, about: Comment, by: Reporter, *, back: bool = False) -> Recommended:
    order = Recommend(site_seq=setting.site.seq, comment_id=about.id, by=by, back=back)
    return setting.write(lambda w: recommend(w, order, now=LATER))


def ranking_jobs(setting: Setting, *, at: timedelta = timedelta(seconds=30)) -> int:
    return sum(job.kind == "ranking" for job in setting.write(lambda w: jobs.claim(w, now=LATER + at, most=100)))


def test_it_counts_once_and_is_taken_back_once(setting: Setting) -> None:
    comment = setting.post()

    assert give(setting, comment, account(setting)) == Recommended(accounts=1, guests=0, mine=True)
    assert give(setting, comment, account(setting)) == Recommended(accounts=1, guests=0, mine=True)
    assert give(setting, comment, account(setting), back=True) == Recommended(accounts=0, guests=0, mine=False)
    assert give(setting, comment, account(setting), back=True) == Recommended(accounts=0, guests=0, mine=False)


def test_without_an_account_it_counts_apart_and_only_where_the_site_allows_it(database: Database) -> None:
    setting = Setting(database, recommend_without_account=True)
    comment = setting.post()

    give(setting, comment, account(setting))
    give(setting, comment, device(1))
    give(setting, comment, device(1))
    assert give(setting, comment, device(2)) == Recommended(accounts=1, guests=2, mine=True)
    assert give(setting, comment, device(1), back=True) == Recommended(accounts=1, guests=1, mine=False)
    with pytest.raises(DeviceNeeded):
        give(setting, comment, Reporter())


def test_what_may_not_be_recommended_stays_as_it_was(setting: Setting) -> None:
    comment, removed = setting.post(), setting.post()
    setting.decide(removed, Outcome.REJECT)
    banned = setting.write(lambda w: a_commenter(w, setting.site, "mewanbaker"))
    order = Order(site_seq=1, commenter_id=banned.id, by_seq=setting.editor.seq, reason="inappropriate")
    setting.write(lambda w: ban_commenter(w, order, now=LATER))

    for about, by, refusal in (
        (comment, Reporter(commenter_seq=setting.reader.seq), OwnRecommendation),
        (comment, Reporter(commenter_seq=banned.seq), Banned),
        (comment, device(1), LogInNeeded),
        (removed, account(setting), NotPublished),
    ):
        with pytest.raises(refusal):
            give(setting, about, by)
    with pytest.raises(UnknownComment):
        setting.write(lambda w: recommend(w, Recommend(site_seq=1, comment_id=uuid4(), by=account(setting)), now=LATER))

    stands = setting.read(lambda r: recommendations.stand(r, comment, by=Reporter()))
    assert stands == Recommended(accounts=0, guests=0, mine=False)
    assert ranking_jobs(setting) == 0


def test_many_at_one_moment_are_one_ranking_and_one_new_version_a_little_later(database: Database) -> None:
    setting = Setting(database, recommend_without_account=True)
    found = [setting.post() for _ in range(3)]
    before = setting.story_now().version

    for number in range(30):
        give(setting, found[number % 3], device(number))

    assert setting.story_now().version == before
    assert ranking_jobs(setting, at=timedelta(seconds=5)) == 0
    assert ranking_jobs(setting) == 1
    setting.write(lambda w: renew_ranking(w, setting.site.seq, setting.story.seq, now=LATER))
    assert setting.story_now().version == before + 1


def test_sixteen_recommendations_by_one_reader_at_once_count_once(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post()
    order = Recommend(site_seq=1, comment_id=comment.id, by=account(setting))

    def change(w: Write) -> Recommended:
        return recommend(w, order, now=LATER)

    done = [either_database.write(change) for _ in range(16)]
    wait(done)

    assert {each.result() for each in done} == {Recommended(accounts=1, guests=0, mine=True)}
    assert ranking_jobs(setting) == 1


def test_sixteen_readers_at_once_are_all_counted(either_database: Database) -> None:
    setting = Setting(either_database, recommend_without_account=True)
    comment = setting.post()
    orders = [Recommend(site_seq=1, comment_id=comment.id, by=device(number)) for number in range(16)]

    done = [either_database.write(lambda w, o=order: recommend(w, o, now=LATER)) for order in orders]  # type: ignore[misc] # binds the loop's value
    wait(done)

    assert max(each.result().guests for each in done) == 16
