"""How conditions, limits and records are called where people read of them."""

from collections.abc import Iterable

from policies.conditions import ROLE
from policies.matrix import Leaves, Line
from policies.terms import Term

NO_PURPOSE = "none"
"""The purpose of whoever states none."""

MEANINGS = {
    "in_area": "the record lies in one of the viewer's wards",
    "case_member": "the viewer's agency takes part in an open case that concerns the record (of a case: in that case)",
    "child": "the person is known to be under eighteen",
    "addressed": "the task or referral was made by the viewer's agency, or has ever been with it",
    "role": "the case concerns the person in such a role",
}
"""What the conditions of agreements say, for those who do not know the word."""


def literal(condition: str, *, wanted: bool = True) -> str:
    """`role:VICTIM+WITNESS` -> `role VICTIM or WITNESS`; where it must be false, `not child`."""
    named = condition
    if condition.startswith(ROLE):
        named = f"role {condition.removeprefix(ROLE).replace('+', ' or ')}"
    return named if wanted else f"not {named}"


def term(literals: Term) -> str:
    """`in_area and not child`; empty for what always holds."""
    return " and ".join(literal(condition, wanted=wanted) for condition, wanted in literals)


def records(line: Line) -> str:
    """Of which of an owner's records a line speaks: `OFFICIAL, dataset food-hygiene`; empty for all."""
    datasets = f"dataset {' or '.join(line.datasets)}" if line.datasets else ""
    return ", ".join(filter(None, (" or ".join(line.sensitivities), datasets)))


def limits(leaves: Iterable[Leaves]) -> str:
    """`nothing: refuge, witness; year: child`."""
    found: dict[str, list[str]] = {}
    for one in leaves:
        found.setdefault(one.rung, []).append(one.limit)
    return "; ".join(f"{rung}: {', '.join(named)}" for rung, named in found.items())
