"""What surrounds a person, a link, a place or a case: as much as its facts follow from."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.around_links import LINKS, LIVES_AT, Run
from graph.casework import DATASET
from graph.change import Ask
from graph.edges import EVER
from graph.facts import (
    OPEN,
    CaseAround,
    Claim,
    EntryAround,
    LinkAround,
    PersonAround,
    PersonFacts,
    PlaceAround,
    RecordOf,
    StepAround,
    TaskAround,
    protections,
)
from graph.vocabulary import RECORDED, Link, Node

PERSONS = """
UNWIND $ids AS id
MATCH (p:Person {personId: id})
CALL (p) {
  MATCH (r:PersonRecord)-[:ABOUT]->(p)
  RETURN collect([r.recordId, r.owner, r.dataset, r.sensitivity, r.marked, r.facts, r.caseMembers,
    r.dateOfBirth]) AS records
}
CALL (p) {
  MATCH (p)<-[:ABOUT]-(:PersonRecord)-[:RESIDES_AT]->(m:Premises)
  RETURN collect(DISTINCT m.marked) AS homes
}
CALL (p) {
  MATCH (p)<-[:ABOUT]-(:PersonRecord)<-[e:CONCERNS]-(c:Case)
  WHERE c.status = 'OPEN' AND size(c.marked) = 0 AND size(e.marked) = 0
  RETURN collect(DISTINCT c.participants) AS cases
}
RETURN collect([p.personId, p.protections, p.caseAgencies, p.adultOn, records, homes, cases])"""
_LIVING = f"""
CALL (m) {{
  MATCH (c:Case)-[e:{EVER[Link.CONCERNS]}]->(m)
  MATCH (c)-[k:{EVER[Link.CONCERNS]}]->(:PersonRecord)-[:ABOUT]->(p:Person)
  WHERE NOT '{DATASET}' IN [e.dataset, k.dataset]
  WITH c, p, m{LIVES_AT.format("m")}
  RETURN collect(DISTINCT [c.caseId, p.protections]) AS living
}}"""
"""Who is concerned by a case of a place, and lives there; not where people in the hub brought them, or the place, into
the case: a place that they see would be gone by that, if it is the home of whom they try."""
_NOBODY_LIVING = """
CALL () { RETURN [] AS living }"""
PLACES = {
    node: f"""
UNWIND $ids AS id
MATCH (m:{node.label} {{{node.id_property}: id}})
CALL (m) {{
  MATCH (c:Case)-[e:{EVER[Link.CONCERNS]}]->(m)
  RETURN collect([CASE type(e) WHEN 'CONCERNS' THEN c.status END, c.participants, c.marked, e.facts,
    c.caseId, e.marked]) AS cases
}}{_LIVING if node is Node.PREMISES else _NOBODY_LIVING}
CALL (m) {{
  MATCH (m)<-[:RESIDES_AT]-(:PersonRecord)-[:ABOUT]->(p:Person)
  RETURN collect(p.protections) AS residents
}}
CALL (m) {{
  MATCH (m)<-[:OCCUPIES]-(b)
  RETURN collect(b.marked) AS occupants
}}
RETURN collect([id, m.owner, m.dataset, m.sensitivity, m.marked, m.facts, m.caseMembers, cases, living,
  residents + occupants])"""
    for node in (Node.PREMISES, Node.ESTABLISHMENT)
}
CASES = """
UNWIND $ids AS id
MATCH (c:Case {caseId: id})
CALL (c) {
  MATCH (c)-[e:CONCERNS]->(m:Premises)
  RETURN collect([m.ward, e.facts]) AS places
}
RETURN collect([id, c.wards, places])"""

OF_CASES = {
    node: f"""
UNWIND $ids AS id
MATCH (n:{node.label} {{{node.id_property}: id}})-[:RECORDED_IN]->(c:Case)
RETURN collect([id, n.owner, n.dataset, n.sensitivity, n.marked, n.facts, n.caseMembers, c.participants, c.marked])"""
    for node in RECORDED
}

TASKS = """
UNWIND $ids AS id
MATCH (t:Task {taskId: id})
CALL (t) {
  MATCH (t)-[:RAISED_IN]->(c:Case)
  RETURN collect([c.caseId, c.marked]) AS cases
}
CALL (t) {
  MATCH (n:TaskEntry)-[:STEP_OF]->(t)
  RETURN collect([n.stepId, n.owner, n.dataset, n.sensitivity, n.marked, n.facts, coalesce(n.agencies, [])]) AS steps
}
RETURN collect([id, t.owner, t.dataset, t.sensitivity, t.marked, t.facts, coalesce(t.agencies, []), cases, steps])"""


@dataclass(frozen=True, slots=True)
class Neighbourhoods:
    """Reads neighbourhoods by the ids of what they surround."""

    ask: Ask

    async def persons(self, ids: Sequence[str]) -> list[PersonAround]:
        if not ids:
            return []
        rows = await self.ask(PERSONS, {"ids": ids})
        return [
            PersonAround(
                id=id_,
                stored=PersonFacts(
                    protections=tuple(protections or ()), case_agencies=tuple(agencies or ()), adult_on=adult
                ),
                records=tuple(_record(record) for record in records),
                homes=tuple(tuple(home) for home in homes),
                cases=tuple(tuple(case) for case in cases),
            )
            for id_, protections, agencies, adult, records, homes, cases in rows
        ]

    async def links(self, run: Run, starts: Sequence[str]) -> list[LinkAround]:
        """The links of one kind that leave the named nodes, also those that somebody ended."""
        rows = await self.ask(LINKS[run], {"ids": starts})
        return [
            LinkAround(
                id=id_,
                anchor=anchor,
                stored_as=stored_as,
                claim=Claim(type=run[1], owner=owner, dataset=dataset, sensitivity=level, marked=tuple(marked)),
                facts=facts,
                ends=(*map(tuple, ends), *map(protections, places)),
            )
            for id_, anchor, stored_as, owner, dataset, level, marked, facts, ends, places in rows
        ]

    async def places(self, kind: Node, ids: Sequence[str]) -> list[PlaceAround]:
        rows = await self.ask(PLACES[kind], {"ids": ids})
        return [_place(kind, row) for row in rows]

    async def cases(self, ids: Sequence[str]) -> list[CaseAround]:
        rows = await self.ask(CASES, {"ids": ids})
        return [
            CaseAround(
                id=id_,
                stored=None if stored is None else tuple(stored),
                places=tuple((ward, facts) for ward, facts in places),
            )
            for id_, stored, places in rows
        ]

    async def recorded(self, kind: Node, ids: Sequence[str]) -> list[EntryAround]:
        """What is recorded in cases, things of one type."""
        rows = await self.ask(OF_CASES[kind], {"ids": ids})
        return [
            EntryAround(
                id=id_,
                claim=Claim(type=kind, owner=owner, dataset=dataset, sensitivity=level, marked=tuple(marked)),
                facts=facts,
                stored=stored,
                participants=tuple(participants or ()),
                marked=tuple(protections),
            )
            for id_, owner, dataset, level, marked, facts, stored, participants, protections in rows
        ]

    async def tasks(self, ids: Sequence[str]) -> list[TaskAround]:
        """Tasks with what was done with them."""
        return [_task(row) for row in await self.ask(TASKS, {"ids": ids})]


def _task(row: Sequence[Any]) -> TaskAround:
    id_, owner, dataset, level, marked, facts, agencies, cases, steps = row
    return TaskAround(
        id=id_,
        claim=Claim(type=Node.TASK, owner=owner, dataset=dataset, sensitivity=level, marked=tuple(marked)),
        facts=facts,
        agencies=tuple(agencies),
        raised_in=frozenset(case for case, _ in cases),
        cases=tuple(tuple(marked) for _, marked in cases),
        steps=tuple(map(_step, steps)),
    )


def _step(row: Sequence[Any]) -> StepAround:
    id_, owner, dataset, level, marked, facts, stored = row
    return StepAround(
        id=id_,
        claim=Claim(type=Node.TASK_ENTRY, owner=owner, dataset=dataset, sensitivity=level, marked=tuple(marked)),
        facts=facts,
        stored=None if stored is None else tuple(stored),
    )


def _place(kind: Node, row: Sequence[Any]) -> PlaceAround:
    id_, owner, dataset, level, marked, facts, stored, cases, living, others = row
    residents = defaultdict[str, list[str]](list)
    for case, protected in living:
        residents[case] += protected
    known_for = [(*own, *marked, *stated, *residents[case]) for _, _, own, _, case, stated in cases]
    return PlaceAround(
        id=id_,
        claim=Claim(type=kind, owner=owner, dataset=dataset, sensitivity=level, marked=tuple(marked)),
        facts=facts,
        stored=stored,
        cases=tuple((tuple(who), (*own, *protections(link))) for status, who, own, link, *_ in cases if status == OPEN),
        known_for=(*map(tuple, others), *known_for) if kind is Node.PREMISES else (),
    )


def _record(row: Sequence[object]) -> RecordOf:
    id_, owner, dataset, level, marked, facts, members, born = row
    return RecordOf(
        id=str(id_),
        claim=Claim(
            type=Node.PERSON,
            owner=str(owner),
            dataset=str(dataset),
            sensitivity=str(level),
            marked=tuple(marked) if isinstance(marked, list) else (),
        ),
        facts=str(facts),
        members=members if isinstance(members, str) else None,
        born=born if isinstance(born, str) else None,
    )
