"""A crowd of made-up nodes and links with classes and facts of every kind, and what the engine makes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from graph.conditions import ROLE, Alias, expression, first_end
from graph.memberships import told
from graph.plan import Guard, Viewpoint
from graph.predicates import Parameters, guard, seen_from
from graph.sheets import SHEETS, sheet
from graph.store import Store, Transaction
from graph.vocabulary import ENDS as LINKED
from graph.vocabulary import Link, Node
from policies.classes import FactClass
from policies.view import View
from policies.viewer import Viewer
from policies.vocabulary import Protection, Sensitivity
from schema.catalogue import catalogue

WARDS = ("E05013794", "E05013808", "E05013809")
AGENCIES = ("council", "police", "housing", "larkhall", "fennel", "victim_support", "hub")
MEMBERS = (*AGENCIES, "city_council", "council_tax")
"""Also such whose code holds another one's, or is held by it."""
DATASETS = (
    *("nominals", "people", "roll", "council-asb-people", "council-asb-cases", "food-hygiene", "police-nominals"),
    *("casework", "tasks", "referrals", "schools-register"),
)
DATES = (None, "2010-01-01", "2026-11-24", "2026-11-25", "2040-05-05")
ROLES = (None, "VICTIM", "WITNESS", "PERPETRATOR", "PROFESSIONAL", "SIBLING", "COMPLAINANT", "VULNERABLE_PERSON")
KINDS: dict[str, Node] = {name: Node(name) for name in catalogue().types if name in set(Node)}
ENDS: dict[str, tuple[Node, Node]] = {
    link.value: (first_end(link), min(LINKED[link][1])) for link in Link if link.value in catalogue().types
}
TYPES = (*KINDS, *ENDS)
"""All that is granted, but agreements themselves, which are in no graph."""
MANY = frozenset(
    {"Person", "Premises", "Case", "Referral", "Task", "RESIDES_AT", "SIBLING_OF", "CONCERNS", "REFERS_TO"}
)
"""Types of which there are many, with every condition among them; each of the others takes as long to ask."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Rows by type, those of links name their start and end; and nodes by id."""

    rows: Mapping[str, Sequence[Row]]
    nodes: Mapping[str, Row]

    @property
    def classes(self) -> list[str]:
        return sorted({row["facts"] for rows in self.rows.values() for row in rows if row["facts"] is not None})

    def first(self, row: Row) -> Row:
        """The node whose facts decide: the row itself, or the first end of a link."""
        return self.nodes[row["start"] if "start" in row else row["id"]]


def crowd(many: int, few: int, seed: int) -> Crowd:
    """Make up some of each type, the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - made-up data
    numbers = {name: range(many if name in MANY else few) for name in TYPES}
    rows: dict[str, list[Row]] = {name: [_node(chance, name, at) for at in numbers[name]] for name in KINDS}
    nodes = {row["id"]: row for kind in rows.values() for row in kind}
    for name, (start, end) in ENDS.items():
        rows[name] = [
            {
                "id": f"{name}-{at:05}",
                "facts": _facts(chance, name),
                "start": chance.choice(rows[start.value])["id"],
                "end": chance.choice(rows[end.value])["id"],
                "role": chance.choice(ROLES) if name == "CONCERNS" else None,
            }
            for at in numbers[name]
        ]
    return Crowd(rows=rows, nodes=nodes)


def _node(chance: Random, name: str, at: int) -> Row:
    return {
        "id": f"{name}-{at:05}",
        "facts": _facts(chance, name),
        "ward": chance.choice((None, *WARDS)),
        "wards": chance.choice((None, [], _some(chance, WARDS))),
        "members": chance.choice((None, [], _some(chance, MEMBERS), _some(chance, MEMBERS))),
        "participants": chance.choice((None, [], _some(chance, AGENCIES), _some(chance, AGENCIES))),
        "agencies": chance.choice((None, [], _some(chance, AGENCIES), _some(chance, AGENCIES))),
        "adultOn": chance.choice(DATES),
    }


def _told(agencies: Sequence[str] | None) -> str | None:
    return None if agencies is None else told(agencies)


def _some(chance: Random, words: Sequence[str]) -> list[str]:
    return chance.sample(words, chance.randrange(1, len(words)))


def _facts(chance: Random, type_name: str) -> str | None:
    """A class; one in ten has an unknown fact, one in twenty is missing."""
    if chance.random() < 0.05:
        return None
    marked = frozenset(chance.sample(list(Protection), chance.choice((0, 0, 0, 1))))
    protections = marked | frozenset(chance.sample(list(Protection), chance.choice((0, 0, 0, 1))))
    facts = str(
        FactClass(
            type=type_name,
            owner=chance.choice(AGENCIES),
            dataset=chance.choice(DATASETS),
            sensitivity=chance.choice(list(Sensitivity)),
            marked=marked,
            protections=protections,
        )
    )
    if chance.random() < 0.1:
        words = facts.split("/")
        words[chance.randrange(1, 6)] = "?"
        return "/".join(words)
    return facts


async def store_crowd(store: Store, people: Crowd) -> None:
    """Create it all as it is, without the writer: also what no writer would write."""

    async def work(tx: Transaction) -> None:
        for name, kind in KINDS.items():
            rows = [row | {"caseMembers": _told(row["members"])} for row in people.rows[name]]
            if kind in SHEETS:
                rows = [row | {"sheet": sheet(kind, row | {kind.id_property: row["id"]})} for row in rows]
            about = "CREATE (p:Person {personId: row.id, adultOn: row.adultOn}) "
            about += "CREATE (n)-[:ABOUT]->(p) SET n.personId = row.id"
            text = f"UNWIND $rows AS row CREATE (n:{kind.label} {{{kind.id_property}: row.id, sourceKey: row.id}}) "
            text += "SET n.sheet = row.sheet, n.facts = row.facts, n.ward = row.ward, n.wards = row.wards, "
            text += "n.participants = row.participants, n.agencies = row.agencies, n.caseMembers = row.caseMembers "
            text += about if kind is Node.PERSON else ""
            await tx.run(text, {"rows": rows})
        for name, (start, end) in ENDS.items():
            text = f"UNWIND $rows AS row MATCH (a:{start.label} {{{start.id_property}: row.start}}) "
            text += f"MATCH (b:{end.label} {{{end.id_property}: row.end}}) CREATE (a)-[e:{name}]->(b) "
            text += "SET e.linkId = row.id, e.facts = row.facts, e.role = row.role"
            await tx.run(text, {"rows": [dict(row) for row in people.rows[name]]})

    await store.write(work)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the engine makes of one type: the conditions of each id, and for each need the ids that pass."""

    conditions: Mapping[str, tuple[bool | None, ...]]
    passing: tuple[frozenset[str], ...]


async def ask(store: Store, view: View, viewer: Viewer, needs: Sequence[int]) -> Found:
    """Evaluate the conditions, and the guard of each need, in a statement each: an engine plans short ones sooner."""
    pattern, alias, first, ident = matching(view.entry.name)
    who = viewer.principal
    common = seen_from(Viewpoint(agency=who.agency, wards=tuple(sorted(who.wards)), day=viewer.day))
    asked = ", ".join((ident, *(expression(condition, first, alias) for condition in view.conditions)))
    facts = await store.read(f"MATCH {pattern} RETURN collect([{asked}])", common)
    passing = []
    for need in needs:
        parameters = Parameters()
        passes = guard(Guard(terms=view.terms, sets=view.sets(need)), first, alias, parameters)
        text = f"MATCH {pattern} WHERE {passes} RETURN collect({ident})"
        passing.append(frozenset(await store.read(text, common | parameters.values)))
    return Found(conditions={ident: tuple(values) for ident, *values in facts}, passing=tuple(passing))


def matching(name: str) -> tuple[str, Alias, Node, str]:
    """Give what matches all of a type, how it is called there, whose conditions are asked, and its id."""
    if name in KINDS:
        kind = KINDS[name]
        is_person = kind is Node.PERSON
        pattern = f"(n:{kind.label})" + ("-[:ABOUT]->(p:Person)" if is_person else "")
        return pattern, Alias(node="n", person="p" if is_person else None), kind, f"n.{kind.id_property}"
    start, end = ENDS[name]
    is_person = start is Node.PERSON
    about = "(p:Person)<-[:ABOUT]-" if is_person else ""
    pattern = f"{about}(a:{start.label})-[e:{name}]->(b:{end.label})"
    alias = Alias(node="a", person="p" if is_person else None, link="e")
    return pattern, alias, first_end(Link(name)), "e.linkId"


def expected(condition: str, kind: Node, first: Row, row: Row, viewer: Viewer) -> bool | None:
    """What a condition should be, worked out without the engine; a viewer without wards is in no area."""
    who = viewer.principal
    if condition.startswith(ROLE):
        return None if row["role"] is None else row["role"] in condition.removeprefix(ROLE).split("+")
    if condition == "child":
        return None if first["adultOn"] is None else first["adultOn"] > viewer.day
    known = {"addressed": "agencies", "case_member": "participants" if kind is Node.CASE else "members"}
    if condition in known:
        agencies = first[known[condition]]
        return None if agencies is None else who.agency in agencies
    if kind is Node.CASE:
        return None if first["wards"] is None else bool(who.wards.intersection(first["wards"]))
    if first["ward"] is None:
        return None if who.wards else False
    return first["ward"] in who.wards
