"""What a `when` asks for, and when a class has it."""

from typing import Any

import pytest

from policies.classes import FactClass
from policies.clauses import clauses
from policies.documents import When

PLAIN = "Person/council/people/OFFICIAL/-/-"
SENSITIVE = "Person/council/people/OFFICIAL_SENSITIVE/-/-"
MARKED = "Person/council/people/OFFICIAL/refuge/refuge"
BOTH = "Person/council/people/OFFICIAL/-/refuge+witness"


@pytest.mark.parametrize(
    ("when", "fact_class", "met"),
    [
        ({"unconditional": True}, PLAIN, True),
        ({"owner": "council"}, PLAIN, True),
        ({"owner": ["police", "council"]}, PLAIN, True),
        ({"owner": "police"}, PLAIN, False),
        ({"dataset": "people"}, PLAIN, True),
        ({"dataset": "nominals"}, PLAIN, False),
        ({"owner": "council", "dataset": "nominals"}, PLAIN, False),
        ({"sensitivity_at_most": "OFFICIAL"}, PLAIN, True),
        ({"sensitivity_at_most": "OFFICIAL"}, SENSITIVE, False),
        ({"sensitivity_at_most": "OFFICIAL_SENSITIVE"}, SENSITIVE, True),
        ({"protections": "refuge"}, PLAIN, False),
        ({"protections": "refuge"}, MARKED, True),
        ({"protections": ["witness", "refuge"]}, MARKED, True),
        ({"any_of": [{"owner": "police"}, {"dataset": "people"}]}, PLAIN, True),
        ({"any_of": [{"owner": "police"}, {"dataset": "nominals"}]}, PLAIN, False),
        ({"owner": "council", "any_of": [{"owner": "police"}]}, PLAIN, False),
        ({"owner": ["police", "council"], "any_of": [{"owner": "council"}]}, PLAIN, True),
        (
            {"sensitivity_at_most": "OFFICIAL", "any_of": [{"sensitivity_at_most": "OFFICIAL_SENSITIVE"}]},
            SENSITIVE,
            False,
        ),
        ({"protections": "refuge", "any_of": [{"protections": "witness"}]}, MARKED, False),
        ({"protections": "refuge", "any_of": [{"protections": "witness"}]}, BOTH, True),
        ({"any_of": [{"owner": "council", "any_of": [{"dataset": "nominals"}, {"dataset": "people"}]}]}, PLAIN, True),
    ],
)
def test_a_class_has_what_is_asked(when: dict[str, Any], fact_class: str, met: bool) -> None:  # noqa: FBT001 - a column of the table
    facts = FactClass.parse(fact_class)
    assert any(clause.meets(facts) for clause in clauses(When.model_validate(when))) is met


def test_an_unknown_fact_is_not_there() -> None:
    facts = FactClass.parse("Person/?/?/?/?/?")
    for when in (
        {"owner": "council"},
        {"dataset": "x"},
        {"sensitivity_at_most": "OFFICIAL"},
        {"protections": "refuge"},
    ):
        assert not any(clause.meets(facts) for clause in clauses(When.model_validate(when)))


def test_alternatives_add_their_conditions_to_the_common_ones() -> None:
    when = When.model_validate({"child": True, "any_of": [{"in_area": True}, {"role": ["WITNESS", "VICTIM"]}]})
    assert [clause.conditions for clause in clauses(when)] == [{"child", "in_area"}, {"child", "role:VICTIM+WITNESS"}]
