"""What stories of a tag have by themselves, as lines."""

import pytest

from rejoinder.discussion.refusals import BadRules
from rejoinder.discussion.sites import ForTag
from rejoinder.discussion.tag_lines import read_tag_lines, tag_lines

LINES = (
    "sub judice: pre-moderated",
    "suicide: closed",
    'election: pre-moderated; flags_to_hide=1; banned_words=["bilge","keel"]; who=recognised',
)


def test_lines_are_read_and_written_alike() -> None:
    found = read_tag_lines(LINES)

    assert found[0] == ForTag(tag="sub judice", rules={"mode": "pre-moderated"})
    assert found[2].rules == {
        "mode": "pre-moderated", "flags_to_hide": 1, "banned_words": ["bilge", "keel"], "who": "recognised"
    }  # fmt: skip
    assert tag_lines(found) == LINES


@pytest.mark.parametrize(
    "line",
    [
        "suicide",
        "suicide:",
        ": closed",
        "suicide: shut",
        "suicide: links=many",
        "suicide: lnks=1",
        "suicide: tags=x",
        "suicide: links=1=2",
    ],
)
def test_a_line_that_says_no_rule_is_refused(line: str) -> None:
    with pytest.raises(BadRules) as refused:
        read_tag_lines([line])

    assert refused.value.data["problem"]
