"""Links as patterns of Cypher, read from the node at hand."""

from typing import Protocol

from graph.conditions import Alias
from graph.plan import Direction
from graph.vocabulary import Former, Link, Node


class Step(Protocol):
    """What is read or compared behind a link."""

    @property
    def link(self) -> Link | Former: ...
    @property
    def direction(self) -> Direction: ...


def successor(person: str) -> str:
    """Match the person that an id, which is `wanted`, was given to, or its last successor."""
    return (
        f"MATCH (old:Person {{personId: wanted}}) MATCH (old)-[:SUCCEEDED_BY*0..50]->({person}:Person) "
        f"WHERE NOT EXISTS {{ ({person})-[:SUCCEEDED_BY]->() }}"
    )


def led_on(record: Alias, visible: str) -> str:
    """Render that a viewer may be led on to a successor: one of its `visible` records was about the retired person.

    Who sees none, and has the id from elsewhere, would learn that somebody hidden is one with somebody visible.
    """
    return f"(old = {record.person} OR EXISTS {{ {visible} AND {record.node}.recordId IN old.formerRecords }})"


def pattern(step: Step, target: Node, near: Alias, far: Alias, edge: str) -> str:
    """Render the way from a node over a link; to a person, by way of the record that the link names."""
    left = "<" if step.direction is Direction.IN else ""
    right = ">" if step.direction is Direction.OUT else ""
    about = f"-[:ABOUT]->({far.person}:Person)" if far.person else ""
    return f"({near.node}){left}-[{edge}:{step.link}]-{right}({far.node}:{target.label}){about}"


def first_of(step: Step, near: Alias, far: Alias, edge: str) -> Alias:
    """Name the link's first end, whose facts decide its conditions."""
    if step.direction is Direction.OUT:
        return Alias(node=near.node, person=near.person, link=edge)
    if step.direction is Direction.IN:
        return Alias(node=far.node, person=far.person, link=edge)
    person = f"(CASE WHEN startNode({edge}) = {near.node} THEN {near.person} ELSE {far.person} END)"
    return Alias(node=f"startNode({edge})", person=person, link=edge)
