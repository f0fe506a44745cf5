"""Why a condition does not hold of a record, in words."""

from graph.circumstances import Circumstances
from graph.vocabulary import Node
from hub.officers.wording import literal
from policies.conditions import ROLE
from policies.viewer import Viewer


def reason(condition: str, record: Circumstances, viewer: Viewer) -> str:
    """`case_member: council is in no open case concerning this person`."""
    return f"{literal(condition)}: {_said(condition, record, viewer)}"


def age(record: Circumstances, day: str) -> str:
    """Whether the person is a child on the day (ISO); the day of coming of age would tell the date of birth."""
    adult_on = record.person.facts.adult_on if record.person else None
    if adult_on is None:
        return "age not known"
    return "a child" if adult_on > day else "of age"


def _said(condition: str, record: Circumstances, viewer: Viewer) -> str:
    if condition == "in_area":
        return _outside(record)
    if condition == "child":
        return f"{age(record, viewer.day)} on {viewer.day}"
    if condition.startswith(ROLE):
        return "not known to be so"
    agency = viewer.principal.agency
    if condition == "addressed":
        return f"{agency} did not send it, and it was never there"
    if record.type is Node.CASE:
        return f"{agency} does not take part in this case"
    return f"{agency} is in no open case concerning this {'person' if record.type is Node.PERSON else 'place'}"


def _outside(record: Circumstances) -> str:
    if not record.wards:
        return "no ward is known"
    if len(record.wards) == 1:
        return f"ward {record.wards[0]} is not one of the viewer's"
    return f"none of the wards {', '.join(record.wards)} is one of the viewer's"
