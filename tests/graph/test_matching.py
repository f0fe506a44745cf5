"""What two records must have in common."""

import pytest

from graph.matching import RULES, Rule, keys

ANNA = {
    "owner": "council",
    "givenName": "Anna",
    "familyName": "Archer",
    "dateOfBirth": "2010-02-03",
    "nhsNumber": "943 476 5919",
    "nationalInsuranceNumber": "QQ 12 34 56 C",
    "phone": "(020) 7946-0001",
    "email": "Anna@Example.org ",
}


def shared(other: dict[str, str], first: dict[str, str] | None = None) -> set[Rule]:
    return {RULES[name] for name, _ in keys(first or ANNA).items() & keys(other).items()}


def without(*names: str, **changed: str) -> dict[str, str]:
    return {name: value for name, value in {**ANNA, **changed}.items() if name not in names}


STRONG, WEAK = Rule.STRONG_IDENTIFIER, Rule.NAME_BIRTH_IDENTIFIER


@pytest.mark.parametrize(
    ("other", "rules"),
    [
        ({"owner": "council", "nhsNumber": "9434765919"}, {STRONG}),
        ({"owner": "council", "nationalInsuranceNumber": "qq123456c"}, {STRONG}),
        ({"owner": "police", "nhsNumber": "9434765919"}, set()),
        ({"owner": "council", "phone": "02079460001"}, set()),
        (without("nhsNumber", "nationalInsuranceNumber", "email", owner="police", phone="020 7946 0001"), {WEAK}),
        (without("nhsNumber", "nationalInsuranceNumber", "phone", owner="police", email="anna@example.ORG"), {WEAK}),
        (without(owner="police", familyName="ARCHER", givenName=" anna"), {WEAK}),
        (without(owner="police", familyName="Arched"), set()),
        (without(owner="police", dateOfBirth="2010-02"), set()),
        (without("givenName", owner="police"), set()),
        (without("nhsNumber", "nationalInsuranceNumber", "phone", "email", owner="police"), set()),
    ],
)
def test_records_share_the_key_of_a_rule(other: dict[str, str], rules: set[Rule]) -> None:
    assert shared(other) == rules


@pytest.mark.parametrize("placeholder", ["0000000000", "111 111 1111", "", "-"])
def test_a_number_of_one_digit_identifies_nobody(placeholder: str) -> None:
    assert keys({"owner": "council", "nhsNumber": placeholder}) == {}


def test_a_key_tells_no_value() -> None:
    assert not any("9434765919" in key or "archer" in key for key in keys(ANNA).values())
