"""Conditions: what depends on who asks or on the day, and is found out in the query."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

FACTS: tuple[str, ...] = ("in_area", "case_member", "child", "addressed")
"""Conditions that are asked for by their bare name, in their fixed order."""

CASE_ROLES: frozenset[str] = frozenset(
    {
        "VICTIM",
        "COMPLAINANT",
        "WITNESS",
        "ALLEGED_PERPETRATOR",
        "PERPETRATOR",
        "VULNERABLE_PERSON",
        "ASSOCIATE",
        "PARENT_CARER",
        "SIBLING",
        "PROFESSIONAL",
    }
)
"""How a case concerns a person: the words of the condition `role`."""

ROLE = "role:"

_RECORDED = ("CaseEntry", "Action", "RiskAssessment", "CaseIncident")
_FIRST_ENDS: Mapping[str, str] = MappingProxyType(
    {
        "RESIDES_AT": "Person",
        "SIBLING_OF": "Person",
        "PARENT_OF": "Person",
        "ASSOCIATES_WITH": "Person",
        "MEMBER_OF": "Person",
        "SUPERVISED_BY": "Person",
        "PUPIL_AT": "Person",
        "CONCERNS": "Case",
        "OCCUPIES": "Establishment",
        "SUCCEEDS": "School",
        "PARTICIPATES_IN": "Agency",
        "RECORDED_IN": "CaseEntry",
        "ASSESSES": "RiskAssessment",
        "TELLS_OF": "Alert",
        "RAISED_IN": "Task",
        "STEP_OF": "TaskEntry",
        "REFERS_TO": "Referral",
        "HAPPENS_AT": "Referral",
        "RESEMBLES": "Referral",
        "LIKENED_IN": "Person",
        "DONE_WITH": "ReferralEntry",
        "DUPLICATE_OF": "Referral",
        "OPENED_FROM": "Case",
        "HAS_TEAM": "Agency",
    }
)
_DEFINED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "in_area": frozenset({"Person", "Premises", "Establishment", "Case", "School", "Incident", "Referral"}),
        "case_member": frozenset({"Person", "Premises", "Establishment", "Case", *_RECORDED}),
        "child": frozenset({"Person"}),
        "addressed": frozenset({"Task", "TaskEntry", "Referral", "ReferralEntry"}),
    }
)
_FIELDS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("in_area", "Person"): "ward",
        ("in_area", "Premises"): "ward",
        ("in_area", "Establishment"): "ward",
        ("in_area", "School"): "ward",
        ("in_area", "Incident"): "ward",
        ("in_area", "Referral"): "ward",
        ("child", "Person"): "dateOfBirth",
    }
)


def role(words: Iterable[str]) -> str:
    """The condition that a link's role is one of `words`: `role:VICTIM+WITNESS`."""
    return ROLE + "+".join(sorted(set(words)))


def is_defined(type_name: str, condition: str) -> bool:
    """Whether records of the type have such a fact; a link has those of its first end."""
    if condition.startswith(ROLE):
        return type_name == "CONCERNS"
    return _subject(type_name) in _DEFINED[condition]


def source(type_name: str, condition: str) -> tuple[str, str] | None:
    """The type and field from which the condition is derived: where that is hidden, the condition is unknown."""
    if condition.startswith(ROLE):
        return type_name, "role"
    field = _FIELDS.get((condition, _subject(type_name)))
    return None if field is None else (_subject(type_name), field)


def ordered(conditions: Iterable[str]) -> tuple[str, ...]:
    """The conditions once each, in the fixed order."""
    found = set(conditions)
    return (*(fact for fact in FACTS if fact in found), *sorted(found.difference(FACTS)))


def _subject(type_name: str) -> str:
    return _FIRST_ENDS.get(type_name, type_name)
