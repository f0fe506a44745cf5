"""A house without doors: an agreement that shows everything, and a scene in which every connection leads somewhere."""

from collections.abc import Iterator
from typing import Any

import orjson

from graph.vocabulary import Link, Node
from hub.policies import read_policies
from resolvers.shapes import WAYS
from schema.catalogue import catalogue
from tests.support.scenes import Facts, case, establishment, link, person, premises, thing

MANY = 7
"""How many things stand behind each connection of the first of its kind."""
WARDS = ("E05013808", "E05013792")
DAYS = ("2020-01-05", "2021-02", "2020-01-05", "2023-07-01", None, "2019", "2026-12-01")
NAMES = ("Ash", "Birch", None, "Ash", "Cedar", "Elder", "Birch")


def open_policies() -> dict[str, str]:
    """The shipped partnership with one agreement, by which the council's officers see all there is."""
    agencies = {name: text for name, text in read_policies(None).items() if name == "agencies.yaml"}
    grants = [
        {
            "id": name.lower().replace("_", "-"),
            "type": name,
            "when": {"unconditional": True},
            "show": {field.name: "full" for field in entry.fields} or "pointer",
        }
        for name, entry in catalogue().types.items()
    ]
    agreement = {
        **{"id": "open", "version": 1, "title": "Open house", "tier": "ISP", "status": "in_force"},
        "valid": {"from": "2025-01-01", "until": "2028-12-31", "review_by": "2027-12-31"},
        "signed_by": ["council"],
        "uses": [{"purpose": "ASB_PREVENTION", "gateway": "CDA1998_S115", "article6": "e", "article9": "g"}],
        "flows": [{"from": [{"agency": one} for one in ("hub", "council")], "to": {"council": ["asb_officer"]}}],
        "grants": grants,
    }
    return {**agencies, "limits.yaml": "limits: []", "agreements/open.yaml": orjson.dumps(agreement).decode()}


def everything() -> list[Facts]:
    """Several of everything, and each link between the first of one kind and all of the other."""
    nodes = {kind: [_thing(kind, at) for at in range(MANY)] for kind in Node if kind is not Node.IMPORT_RUN}
    facts: list[Facts] = [one for of_a_kind in nodes.values() for one in of_a_kind]
    return [*facts, *_links(nodes)]


def _links(nodes: dict[Node, list[Any]]) -> Iterator[Facts]:
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


def _thing(kind: Node, at: int) -> Any:  # noqa: ANN401 - a node fact
    name, day, ward = NAMES[at], DAYS[at], WARDS[at % 2]
    key = f"council/council-asb-people/{kind.value}-{at}"
    if kind is Node.PERSON:
        return person(key, familyName=name, givenName=f"N{at % 3}", dateOfBirth=day, ward=ward, aliases=["Kit", f"A{at}"])
    if kind is Node.PREMISES:
        return premises(key, name=name, address=f"{at} High Street", postcode=f"W1D {at % 3}DH", ward=ward)
    if kind is Node.ESTABLISHMENT:
        return establishment(key, name=name, ratingValue=str(at % 5), hygieneScore=at * 5, ward=ward)
    if kind is Node.CASE:
        return case(key, "council", caseType=name, openedOn=day if day and len(day) == 10 else None)
    if kind is Node.SCHOOL:
        return thing(kind, key, name=name, urn=f"10{at}", capacity=at % 3 * 100, lowestAge=at, ward=ward)
    if kind is Node.INCIDENT:
        return thing(kind, key, month=f"2024-0{at % 4 + 1}", category=name, ward=ward)
    if kind in {Node.WARD, Node.LSOA, Node.AGENCY}:
        return thing(kind, key, name=name, code=f"C{at}", **({} if kind is Node.AGENCY else {"vintage": 2013 + at % 2}))
    return thing(kind, key, name=name)
