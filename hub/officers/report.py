"""An explanation for programs, as plain data: names, rungs and facts, no values."""

from typing import Any

from hub.officers.consultation import Answer, Reading
from hub.officers.reasons import age, reason
from policies.explanation import Explained, Explanation
from policies.viewer import Viewer


def report(answer: Answer, viewer: Viewer, *, permitted: bool, policy_hash: str) -> dict[str, Any]:
    """Everything that a consultation brought, in the order in which it is printed."""
    who = viewer.principal
    return {
        "viewer": {"agency": who.agency, "roles": sorted(who.roles), "wards": sorted(who.wards)},
        "purpose": viewer.purpose,
        "permitted": permitted,
        "on": viewer.day,
        "policy": policy_hash,
        "records": [_record(reading, viewer) for reading in answer.readings],
        "receipt": answer.receipt,
    }


def _record(reading: Reading, viewer: Viewer) -> dict[str, Any]:
    record, said = reading.record, reading.explanation
    person = record.person and {
        "id": record.person.id,
        "protections": record.person.facts.protections,
        "caseAgencies": record.person.facts.case_agencies,
        "age": age(record, viewer.day),
    }
    return {
        "id": record.id,
        "type": record.type,
        "class": record.facts,
        "person": person,
        "conditions": dict(said.conditions),
        "unknown": said.unknown,
        "fields": [_field(one, reading, viewer) for one in said.aspects],
        "otherRecordsOnly": _barred(said),
        **({} if reading.acts is None else _acts(reading.acts, reading, viewer)),
    }


def _acts(said: Explanation, reading: Reading, viewer: Viewer) -> dict[str, Any]:
    """What may be done; nothing to what is not shown, whatever gives it."""
    may = [
        {"name": one.name, "may": one.is_top and reading.is_shown, **_reasons(one, reading, viewer)}
        for one in said.aspects
    ]
    return {"acts": may, "actsOnOtherRecordsOnly": _barred(said)}


def _barred(said: Explanation) -> list[dict[str, Any]]:
    return [{"agreement": one.agreement, "grant": one.grant, "facts": one.facts} for one in said.barred]


def _field(one: Explained, reading: Reading, viewer: Viewer) -> dict[str, Any]:
    return {"name": one.name, "shown": one.rung, "inFull": one.is_top, **_reasons(one, reading, viewer)}


def _reasons(one: Explained, reading: Reading, viewer: Viewer) -> dict[str, Any]:
    return {
        "given": [{"agreement": gift.agreement, "grant": gift.grant, "rung": gift.rung} for gift in one.gifts],
        "limits": [{"limit": cap.limit, "leaves": cap.rung, "conditions": cap.conditions} for cap in one.caps],
        "unmet": [
            {
                "agreement": more.agreement,
                "grant": more.grant,
                "rung": more.rung,
                "conditions": {condition: reason(condition, reading.record, viewer) for condition in more.conditions},
            }
            for more in one.unmet
        ],
        "hidden": [
            {"agreement": more.agreement, "grant": more.grant, "conditions": more.conditions, "limits": more.limits}
            for more in one.veiled
        ],
    }
