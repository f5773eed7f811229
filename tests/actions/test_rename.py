"""A name is changed: by whom, to what, how often, and what becomes of the old one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.makers import Setting, a_commenter, after

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.actions.register_commenter import take_name
from rejoinder.actions.rename import rename_self
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.refusals import BadName, NameTaken, Refusal, RenamedLately
from rejoinder.store import accounts, commenters, sites
from rejoinder.store.database import Database, Write


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def renamed(setting: Setting, name: str, *, who: Commenter | None = None, **later: float) -> Commenter:
    """Who they are after they have asked for this name."""
    seq = (who or setting.reader).seq
    return setting.write(lambda w: rename_self(w, setting.site.seq, seq, name=name, now=after(**later)))


def joined(setting: Setting, name: str, **later: float) -> Commenter:
    """Somebody new under this name."""

    def join(w: Write) -> Commenter:
        account = accounts.add_signed_in(w, letters_to="", now=after(**later))
        return take_name(w, setting.site.seq, account, name=name, now=after(**later))

    return setting.write(join)


def test_a_name_is_changed_everywhere(setting: Setting) -> None:
    before = setting.read(lambda r: sites.epoch(r, setting.site.seq))

    assert renamed(setting, "  Sea  lavender ").name == "Sea lavender"
    assert setting.read(lambda r: sites.epoch(r, setting.site.seq)) > before
    assert setting.read(lambda r: commenters.name_is_taken(r, setting.site.seq, "sealavender"))


def test_once_in_a_while(setting: Setting) -> None:
    renamed(setting, "Sea lavender", days=1)

    with pytest.raises(RenamedLately) as refused:
        renamed(setting, "Thrift", days=30)
    assert refused.value.data["days"] == 30
    assert renamed(setting, "Thrift", days=31).name == "Thrift"


def test_how_often_is_a_rule(setting: Setting) -> None:
    setting.write(lambda w: change_site_rules(w, setting.site.seq, {"rename_days": 0}, by_seq=None, now=after()))

    assert [renamed(setting, name).name for name in ("Thrift", "Samphire")] == ["Thrift", "Samphire"]


def test_another_way_of_writing_it_is_still_ones_own(setting: Setting) -> None:
    assert renamed(setting, "North Quay").name == "North Quay"


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("R Teague", NameTaken),  # an editor's
        ("R. Teagυe", BadName),  # with a Greek letter
        ("Vlnegar", NameTaken),  # with an l: looks like a name with a capital i
        ("The Harbour Courier", BadName),
        ("Harbour Courier News", BadName),
        ("Newsroom", BadName),
        ("Admiral", BadName),
        ("x", BadName),
        ("", BadName),
    ],
)
def test_a_name_that_cannot_be_had(setting: Setting, name: str, refusal: type[Refusal]) -> None:
    rules = {"reserved_names": ["admiral"]}
    setting.write(lambda w: change_site_rules(w, setting.site.seq, rules, by_seq=None, now=after()))
    setting.write(lambda w: a_commenter(w, setting.site, "VInegar"))

    with pytest.raises(refusal):
        renamed(setting, name)
    with pytest.raises(refusal):
        joined(setting, name)
    assert setting.read(lambda r: commenters.by_seq(r, setting.site.seq, setting.reader.seq)).name == "northquay"


def test_a_name_given_up_is_nobody_elses_for_a_while(setting: Setting) -> None:
    renamed(setting, "Sea lavender")

    with pytest.raises(NameTaken):
        joined(setting, "north quay", days=80)
    assert renamed(setting, "northquay", days=80).name == "northquay"


def test_after_that_it_is(setting: Setting) -> None:
    renamed(setting, "Sea lavender")

    assert joined(setting, "north quay", days=91).name == "north quay"


def test_sixteen_who_want_names_that_look_alike_get_one(either_database: Database) -> None:
    setting = Setting(either_database)
    people = setting.write(lambda w: [a_commenter(w, setting.site, f"reader {n}") for n in range(8)])
    wanted = ["Sallow", "SaIlow", "Sa1low", "SALLOW"] * 2

    def want(pair: tuple[Commenter, str]) -> bool:
        try:
            renamed(setting, pair[1], who=pair[0])
        except NameTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(want, zip(people, wanted, strict=True))) == 1
