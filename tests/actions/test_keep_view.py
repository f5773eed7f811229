"""A view of the queues is kept under a name, once, and let go, once, whoever else does so at the same moment."""

from concurrent.futures import wait

import pytest
from tests.makers import Setting, a_commenter, after

from rejoinder.actions.keep_view import MOST, keep_view, let_view_go
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.refusals import NotAllowed, TooManyViews, UnknownView
from rejoinder.store import views
from rejoinder.store.database import Database, Write
from rejoinder.store.views import View


def kept(w: Write, by: Commenter, name: str = "Mine", *, for_everybody: bool = False) -> View:
    query = {"queue": "held"}
    return keep_view(
        w, 1, by_seq=by.seq, name=name, query=query, for_everybody=for_everybody, now=after(hours=1)
    )  # fmt: skip


def test_the_same_view_is_kept_once_however_often_it_is_sent(either_database: Database) -> None:
    setting = Setting(either_database)

    sent = [either_database.write(lambda w: kept(w, setting.editor)) for _ in range(8)]
    wait(sent)

    assert len({each.result().id for each in sent}) == 1
    assert len(setting.read(lambda r: views.kept_for(r, 1, setting.editor.seq))) == 1


def test_of_two_who_let_a_view_go_one_is_told_that_it_is_gone(either_database: Database) -> None:
    setting = Setting(either_database)
    view = setting.write(lambda w: kept(w, setting.editor, for_everybody=True))

    tried = [
        either_database.write(lambda w: let_view_go(w, 1, view.id, by_seq=setting.editor.seq)) for _ in range(2)
    ]  # fmt: skip
    wait(tried)

    assert sorted(type(each.exception()) is UnknownView for each in tried) == [False, True]


def test_there_is_an_end_to_views(either_database: Database) -> None:
    setting = Setting(either_database)
    setting.write(lambda w: [kept(w, setting.editor, f"View {n}") for n in range(MOST - 1)])

    racing = [either_database.write(lambda w, n=n: kept(w, setting.editor, f"Late {n}")) for n in range(4)]  # type: ignore[misc] # binds the loop's value
    wait(racing)

    assert sorted(type(each.exception()) is TooManyViews for each in racing) == [False, True, True, True]


def test_a_reader_keeps_none_and_a_moderator_none_for_everybody(database: Database) -> None:
    setting = Setting(database)
    moderator = setting.write(lambda w: a_commenter(w, setting.site, "M. Lowen", role=Role.MODERATOR))

    with pytest.raises(NotAllowed):
        setting.write(lambda w: kept(w, setting.reader))
    with pytest.raises(NotAllowed):
        setting.write(lambda w: kept(w, moderator, for_everybody=True))
    assert setting.write(lambda w: kept(w, moderator)).owner_seq == moderator.seq
