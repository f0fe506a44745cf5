"""What officers do in the hub: cases that it keeps itself, and what is recorded in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.change import Change
from graph.conditions import Alias, expression
from graph.facts import Shared
from graph.nodes import Held
from graph.plan import Viewpoint
from graph.predicates import seen_from
from graph.records import LinkFact, Marking, NodeFact, Ref, Source, Value
from graph.vocabulary import Link, Node
from policies.vocabulary import Protection, Sensitivity

DATASET = "casework"
"""The dataset in which each agency states what its people do in the hub."""
OF_CASE = (
    *("reference", "caseType", "status", "openedOn", "closedOn", "closureReason", "summary"),
    *("consentStatus", "footprint", "footprintWards", "area", "participants", "version"),
)
"""What a case states of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A node as a change finds it, with the conditions that hold of it for whoever asks: None is unknown."""

    type: Node
    id: str
    facts: str
    conditions: Mapping[str, bool | None]
    properties: Mapping[str, Any]

    @property
    def held(self) -> Held:
        held = self.properties
        shares = (
            Shared(participants=tuple(held.get("participants", ())), marked=tuple(held["marked"]))
            if self.type is Node.CASE
            else None
        )
        return Held(id=self.id, fingerprint=held["fingerprint"], facts=self.facts, shares=shares)

    @property
    def source(self) -> Source:
        held = self.properties
        return Source(owner=held["owner"], dataset=held["dataset"], key=held["key"])

    @property
    def ref(self) -> Ref:
        return Ref(type=self.type, source=self.source)

    @property
    def marking(self) -> Marking:
        """How its dataset marks it."""
        held = self.properties
        return Marking(
            sensitivity=Sensitivity(held["sensitivity"]), protections=frozenset(map(Protection, held["stated"]))
        )


async def targets(
    change: Change, node: Node, ident: str, conditions: Sequence[str], viewpoint: Viewpoint
) -> list[Target]:
    """Find a node by its id; of a person, each of its records."""
    alias = Alias(node="n", person="p") if node is Node.PERSON else Alias(node="n")
    matched = (
        "MATCH (n:PersonRecord)-[:ABOUT]->(p:Person {personId: $id})"
        if node is Node.PERSON
        else f"MATCH (n:{node.label} {{{node.id_property}: $id}})"
    )
    hold = ", ".join(expression(condition, node, alias) for condition in conditions)
    rows = await change.tx.find(
        f"{matched} RETURN collect([n.{node.id_property}, n.facts, [{hold}], properties(n)])",
        {"id": ident, **seen_from(viewpoint)},
    )
    change.rests_on.setdefault(node, {}).update({id_: properties for id_, _, _, properties in rows})
    return [
        Target(
            type=node, id=id_, facts=facts, conditions=dict(zip(conditions, held, strict=True)), properties=properties
        )
        for id_, facts, held, properties in rows
    ]


async def is_recorded_in(change: Change, what: Target, case: Target) -> bool:
    """Whether something is recorded in that very case."""
    kind = what.type
    found = await change.ask(
        f"MATCH (n:{kind.label} {{{kind.id_property}: $id}})-[:RECORDED_IN]->(c:Case) RETURN collect(c.caseId)",
        {"id": what.id},
    )
    return case.id in found


def case(source: Source, marking: Marking, values: Mapping[str, Value | None]) -> NodeFact:
    """A case with what it states; what is None is not stated."""
    stated = {name: values[name] for name in OF_CASE if values.get(name) is not None}
    return NodeFact(type=Node.CASE, source=source, marking=marking, values=_present(stated))


def recorded(made: Ref, about: Ref, marking: Marking, values: Mapping[str, Value | None]) -> tuple[NodeFact, LinkFact]:
    """What somebody recorded in a case, and the link to it."""
    fact = NodeFact(type=made.type, source=made.source, marking=marking, values=_present(values))
    return fact, LinkFact(type=Link.RECORDED_IN, source=made.source, marking=marking, start=made, end=about)


def _present(values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}
