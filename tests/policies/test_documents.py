"""Documents: words stay words, and what is read is what stands there."""

import pytest

from policies.conditions import CASE_ROLES, is_defined
from policies.texts import read
from tests.support.policies import TYPES


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("visible: no", "no"),
        ("visible: on", "on"),
        ("visible: true", True),
        ("visible: 2025-01-01", "2025-01-01"),
        ("visible: 1.10", "1.10"),
        ("visible: 0x1F", "0x1F"),
        ("visible: 017", "017"),
        ("visible: 7", 7),
        ("visible: '7'", "7"),
        ("visible: null", None),
        ("visible: 'null'", "null"),
        ("visible: [a, b]", ["a", "b"]),
    ],
)
def test_words_stay_words(text: str, data: object) -> None:
    source, findings = read("a.yaml", text)
    assert findings == []
    assert source is not None
    assert source.data == {"visible": data}


def test_each_word_has_its_line() -> None:
    source, _ = read("a.yaml", "a:\n  - b: c\n    d: [e,\n      f]\n")
    assert source is not None
    assert source.line(("a", 0, "d"), "f") == 4
    assert source.line(("a", 0, "d")) == 3
    assert source.line(("a", 0, "missing")) == 2
    assert source.line(("missing",)) == 1


def test_the_case_roles_are_those_of_the_graph() -> None:
    from graph.vocabulary import CaseRole  # noqa: PLC0415 - the one place where the two vocabularies meet

    assert frozenset(CaseRole) == CASE_ROLES


def test_links_have_the_conditions_of_their_first_end() -> None:
    from graph.conditions import Alias, expression, first_end  # noqa: PLC0415 - the one place where they meet
    from graph.vocabulary import Link, Node  # noqa: PLC0415 - as above

    alias = Alias(node="n", person="p", link="l")
    for name in TYPES:
        first = first_end(Link(name)) if name in set(Link) else Node(name)
        for condition in ("in_area", "case_member", "child"):
            try:
                is_known = bool(expression(condition, first, alias))
            except KeyError:
                is_known = False
            assert is_known == is_defined(name, condition), (name, condition)
