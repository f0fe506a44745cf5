"""A house without doors: an agreement that shows everything, and a scene in which every connection leads somewhere."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson

from graph.records import LinkFact, NodeFact, Ref
from graph.vocabulary import Link, Node
from hub.policies import read_policies
from resolvers.shapes import WAYS
from schema.catalogue import catalogue
from tests.support.scenes import Facts, link, thing

MANY = 7
"""How many things stand behind each connection of the first of its kind."""
WARDS = ("E05013808", "E05013792")
DAYS = ("2020-01-05", "2021-02", "2020-01-05", "2023-07-01", None, "2019", "2026-12-01")
MOMENTS = tuple(f"2026-11-{day:02}T10:00:00Z" for day in (2, 9, 3, 4, 9, 5, 6))
NAMES = ("Ash", "Birch", None, "Ash", "Cedar", "Elder", "Birch")


def open_policies(*, pointers: bool = False) -> dict[str, str]:
    """The shipped partnership with one agreement: the council's officers see all there is, or that it is there."""
    agencies = {name: text for name, text in read_policies(None).items() if name == "agencies.yaml"}
    grants = [
        {
            "id": name.lower().replace("_", "-"),
            "type": name,
            "when": {"unconditional": True},
            "show": ({} if pointers else {field.name: "full" for field in entry.fields}) or "pointer",
        }
        for name, entry in catalogue().types.items()
    ]
    agreement = {
        "id": "open",
        "version": 1,
        "title": "Open house",
        "tier": "ISP",
        "status": "in_force",
        "valid": {"from": "2025-01-01", "until": "2028-12-31", "review_by": "2027-12-31"},
        "signed_by": ["council"],
        "uses": [{"purpose": "ASB_PREVENTION", "gateway": "CDA1998_S115", "article6": "e", "article9": "g"}],
        "flows": [{"from": [{"agency": one} for one in ("hub", "council")], "to": {"council": ["asb_officer"]}}],
        "grants": grants,
    }
    return {**agencies, "limits.yaml": "limits: []", "agreements/open.yaml": orjson.dumps(agreement).decode()}


def everything() -> list[Facts]:
    """Several of everything, and each link between the first of one kind and all of the other."""
    nodes: dict[Node, list[NodeFact]] = {
        kind: [_thing(kind, at) for at in range(MANY)] for kind in Node if kind is not Node.IMPORT_RUN
    }
    facts: list[Facts] = [one for of_a_kind in nodes.values() for one in of_a_kind]
    links = list(_links(nodes))
    (first,) = (one for one in links if (one.type, one.start, one.end) == _first_concern(nodes))
    again = replace(first, source=replace(first.source, key="again"), values={"role": "COMPLAINANT"})
    return [*facts, *links, again]


def _first_concern(nodes: dict[Node, list[NodeFact]]) -> tuple[Link, Ref, Ref]:
    return (Link.CONCERNS, nodes[Node.CASE][0].ref, nodes[Node.PERSON][0].ref)


def _links(nodes: dict[Node, list[NodeFact]]) -> Iterator[LinkFact]:
    runs = {(WAYS[way].link, *_ends(way)) for way in WAYS}
    for kind, start, end in sorted(runs):
        for at in range(MANY):
            values = _values(kind, at)
            if start is not end or at:
                yield link(kind, nodes[start][0], nodes[end][at], **values)
            if at:
                yield link(kind, nodes[start][at], nodes[end][0], **values)


def _ends(way: tuple[str, str]) -> tuple[Node, Node]:
    near, far = Node(way[0]), WAYS[way].target
    return (far, near) if WAYS[way].direction == "IN" else (near, far)


def _values(kind: Link, at: int) -> dict[str, Any]:
    day = DAYS[at] if DAYS[at] is None or len(str(DAYS[at])) == 10 else "2022-02-02"
    names = [field.name for field in catalogue().types[kind.value].fields]
    words = {"role": ("VICTIM", "WITNESS")[at % 2], "order": "community order", "kind": "merger"}
    values = {name: words.get(name, day) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _thing(kind: Node, at: int) -> NodeFact:
    name, day, ward, key = NAMES[at], DAYS[at], WARDS[at % 2], f"council/council-asb-people/{kind.value}-{at}"
    area = {"name": name, "code": f"C{at}", "vintage": 2013 + at % 2}
    stated: dict[Node, dict[str, Any]] = {
        Node.PERSON: {
            "familyName": name,
            "givenName": f"N{at % 3}",
            "dateOfBirth": day,
            "ward": ward,
            "aliases": ["Kit", f"A{at}"],
        },
        Node.PREMISES: {"name": name, "address": f"{at} High Street", "postcode": f"W1D {at % 3}DH", "ward": ward},
        Node.ESTABLISHMENT: {"name": name, "ratingValue": str(at % 5), "hygieneScore": at * 5, "ward": ward},
        Node.CASE: {
            "reference": key,
            "caseType": name,
            "status": "OPEN",
            "participants": ["council"],
            "openedOn": day if day and len(day) == len("2026-11-24") else None,
            "consentStatus": ("CONFIRMED", "REFUSED")[at % 2],
            "footprintWards": [WARDS[at % 2]],
        },
        Node.ALERT: {
            "tie": ("SIBLING_OF", "PARENT_OF")[at % 2],
            "leadAgency": ("council", "police", "housing")[at % 3],
            "status": ("RAISED", "ACKNOWLEDGED")[at % 2],
            "raisedAt": MOMENTS[0],
            "acknowledgedAt": MOMENTS[at] if at % 2 else None,
            "acknowledgedBy": name if at % 2 else None,
        },
        Node.TASK: {"status": "SENT", "sentAt": MOMENTS[at], "answeredAt": MOMENTS[at], "finishedAt": MOMENTS[3 - at]},
        Node.REFERRAL: {
            "reference": key,
            "state": ("RECEIVED", "ROUTED", "CLOSED")[at % 3],
            "source": ("PARTNER", "PUBLIC")[at % 2],
            "services": [("police", "victim_support")[at % 2]],
            "receivedAt": MOMENTS[0],
            "triagedAt": MOMENTS[at],
            "returnedAt": MOMENTS[at - 1],
            "closedAt": MOMENTS[at] if at < 3 else None,
            "ward": ward,
        },
        Node.SCHOOL: {"name": name, "urn": f"10{at}", "capacity": at % 3 * 100, "lowestAge": at, "ward": ward},
        Node.INCIDENT: {"month": f"2024-0{at % 4 + 1}", "category": name, "ward": ward},
        Node.WARD: area,
        Node.LSOA: area,
        Node.AGENCY: {"name": name, "code": f"C{at}"},
    }
    return thing(kind, key, **stated.get(kind, {"name": name}))
