"""On what a decision about a thing hangs: its class, its conditions for one viewer, and of a person the facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.conditions import Alias, expression
from graph.facts import PersonFacts
from graph.patterns import successor
from graph.plan import Viewpoint
from graph.predicates import seen_from
from graph.store import Store
from graph.vocabulary import PERSON_PREFIX, Node

PREFIXES: Mapping[str, Node] = {PERSON_PREFIX: Node.PERSON} | {node.prefix: node for node in Node}
"""Of which type a thing is, by the beginning of its id; of a person all records are meant."""

_OF_PERSON = f"{successor('p')} MATCH (n:PersonRecord)-[:ABOUT]->(p)"
_OF_RECORD = "MATCH (n:PersonRecord {recordId: wanted})-[:ABOUT]->(p:Person)"
_PERSON = "p.personId, p.protections, p.caseAgencies, p.adultOn"
_NO_PERSON = "null, null, null, null"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom a record is about."""

    id: str
    facts: PersonFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """A stored thing as a decision sees it; `conditions` stand in the order in which they were asked for."""

    wanted: str
    type: Node
    id: str
    facts: str | None
    conditions: tuple[bool | None, ...]
    wards: tuple[str, ...]
    person: Person | None


async def read_circumstances(
    store: Store, wanted: Iterable[str], conditions: Mapping[Node, tuple[str, ...]], viewpoint: Viewpoint
) -> list[Circumstances]:
    """Read things by their ids, a retired person as the successor; what is not stored is left out.

    Raises KeyError for an id that begins as none does, and GraphUnavailable.
    """
    found: list[Circumstances] = []
    ids = sorted(set(wanted))
    for prefix, node in PREFIXES.items():
        if alike := [id_ for id_ in ids if prefix_of(id_) == prefix]:
            parameters = {"wanted": alike, **seen_from(viewpoint)}
            rows = await store.read(_statement(prefix, node, conditions[node]), parameters)
            found += (_circumstances(node, row) for row in rows)
    return sorted(found, key=lambda one: (one.type is not Node.PERSON, one.type, one.id))


def prefix_of(id_: str) -> str:
    """The beginning that says what an id is of; raises KeyError where it says nothing."""
    prefix = id_.partition("_")[0] + "_"
    if prefix not in PREFIXES:
        raise KeyError(id_)
    return prefix


def _statement(prefix: str, node: Node, conditions: Iterable[str]) -> str:
    is_person = node is Node.PERSON
    matched = f"MATCH (n:{node.label} {{{node.id_property}: wanted}})"
    if is_person:
        matched = _OF_PERSON if prefix == PERSON_PREFIX else _OF_RECORD
    alias = Alias(node="n", person="p" if is_person else None)
    asked = ", ".join(expression(condition, node, alias) for condition in conditions)
    wards = "n.wards" if node is Node.CASE else "[n.ward]"
    person = _PERSON if is_person else _NO_PERSON
    return (
        f"UNWIND $wanted AS wanted {matched} "
        f"RETURN collect([wanted, n.{node.id_property}, n.facts, [{asked}], {wards}, {person}])"
    )


def _circumstances(node: Node, row: list[Any]) -> Circumstances:
    wanted, id_, facts, conditions, wards, person, protections, agencies, adult_on = row
    return Circumstances(
        wanted=wanted,
        type=node,
        id=id_,
        facts=facts,
        conditions=tuple(conditions),
        wards=tuple(ward for ward in wards or () if ward is not None),
        person=None
        if person is None
        else Person(
            id=person,
            facts=PersonFacts(
                protections=tuple(protections or ()), case_agencies=tuple(agencies or ()), adult_on=adult_on
            ),
        ),
    )
