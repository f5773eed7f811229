"""What stories of a tag have by themselves, as an editor writes it: a line for each tag, such as "suicide: closed" or
"election: pre-moderated; flags_to_hide=1; links=0".
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from rejoinder.discussion.problems import RulesProblem
from rejoinder.discussion.refusals import BadRules
from rejoinder.discussion.sites import ForTag, Mode, Rules, rules_here, with_rules

_MODES = frozenset(Mode)


def read_tag_lines(lines: Iterable[str]) -> tuple[ForTag, ...]:
    """The rules of these lines; of a tag that has several, the first that sets a rule wins. Raises BadRules for a line
    that cannot be read, naming it.
    """
    found = tuple(_read(line) for line in lines)
    rules_here(with_rules("{}", {"for_tags": found}))
    return found


def tag_lines(for_tags: Sequence[ForTag]) -> tuple[str, ...]:
    """The lines that say these rules."""
    return tuple(
        f"{each.tag}: {'; '.join(_said(name, value) for name, value in each.rules.items())}" for each in for_tags
    )


def _read(line: str) -> ForTag:
    tag, colon, said = line.partition(":")
    tag = " ".join(tag.split())
    if not tag or not colon or not said.strip():
        raise BadRules(problem=RulesProblem.NO_TAG_LINE, given=line)
    rules: dict[str, Any] = {}
    for part in filter(None, map(str.strip, said.split(";"))):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not equals and name in _MODES:
            rules["mode"] = name
        elif equals and name in Rules.__struct_fields__:
            rules[name] = _value(value)
        else:
            raise BadRules(problem=RulesProblem.NO_RULE, given=part, line=line)
    return ForTag(tag=tag, rules=rules)


def _value(value: str) -> Any:
    """JSON where it is JSON, else the word itself."""
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return value


def _said(name: str, value: Any) -> str:
    if name == "mode":
        return str(value)
    return f"{name}={value if isinstance(value, str) else msgspec.json.encode(value).decode()}"
