"""What a change means for the facts and classes around it, written in the same transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph import classes, links, nodes
from graph.around_links import LINK_RUNS, Run
from graph.change import Ask, Change
from graph.edges import EVER
from graph.facts import EntryAround, PersonAround, PlaceAround
from graph.neighbourhood import Neighbourhoods
from graph.vocabulary import RECORDED, Link, Node

PERSONS_OF_RECORDS = """
UNWIND $ids AS id MATCH (:PersonRecord {recordId: id})-[:ABOUT]->(p:Person) RETURN collect(DISTINCT p.personId)"""
PERSONS_OF_CASES = """
UNWIND $ids AS id MATCH (:Case {caseId: id})-[:CONCERNS]->(:PersonRecord)-[:ABOUT]->(p:Person)
RETURN collect(DISTINCT p.personId)"""
PERSONS_OF_PREMISES = """
UNWIND $ids AS id MATCH (:Premises {premisesId: id})<-[:RESIDES_AT]-(:PersonRecord)-[:ABOUT]->(p:Person)
RETURN collect(DISTINCT p.personId)"""
RELATED = {
    link: f"""
UNWIND $ids AS id MATCH (:PersonRecord {{recordId: id}})<-[:{EVER[link]}]-(r:PersonRecord)
RETURN collect(DISTINCT r.recordId)"""
    for link in (Link.SIBLING_OF, Link.PARENT_OF, Link.ASSOCIATES_WITH)
}
_CONCERNED = EVER[Link.CONCERNS]
CASES_OF_RECORDS = f"""
UNWIND $ids AS id MATCH (:PersonRecord {{recordId: id}})<-[:{_CONCERNED}]-(c:Case) RETURN collect(DISTINCT c.caseId)"""
CASES_OF_PREMISES = f"""
UNWIND $ids AS id MATCH (:Premises {{premisesId: id}})<-[:{_CONCERNED}]-(c:Case) RETURN collect(DISTINCT c.caseId)"""
CASES_OF_ESTABLISHMENTS = f"""
UNWIND $ids AS id MATCH (:Establishment {{establishmentId: id}})<-[:{_CONCERNED}]-(c:Case)
RETURN collect(DISTINCT c.caseId)"""
OCCUPANTS = """
UNWIND $ids AS id MATCH (:Premises {premisesId: id})<-[:OCCUPIES]-(b)
RETURN collect(DISTINCT coalesce(b.establishmentId, b.schoolId))"""
OCCUPIED = {
    node: f"""
UNWIND $ids AS id MATCH (:{node.label} {{{node.id_property}: id}})-[:OCCUPIES]->(m:Premises)
RETURN collect(DISTINCT m.premisesId)"""
    for node in (Node.ESTABLISHMENT, Node.SCHOOL)
}
HOMES = """
UNWIND $ids AS id MATCH (:PersonRecord {recordId: id})-[:RESIDES_AT]->(m:Premises)
RETURN collect(DISTINCT m.premisesId)"""
CONCERNED_PREMISES = f"""
UNWIND $ids AS id MATCH (:Case {{caseId: id}})-[:{_CONCERNED}]->(m:Premises) RETURN collect(DISTINCT m.premisesId)"""
CONCERNED_ESTABLISHMENTS = f"""
UNWIND $ids AS id MATCH (:Case {{caseId: id}})-[:{_CONCERNED}]->(b:Establishment)
RETURN collect(DISTINCT b.establishmentId)"""
ALERTS_OF_RECORDS = """
UNWIND $ids AS id MATCH (:PersonRecord {recordId: id})<-[:TELLS_OF]-(a:Alert) RETURN collect(DISTINCT a.alertId)"""
REFERRALS_OF_RECORDS = """
UNWIND $ids AS id MATCH (:PersonRecord {recordId: id})<-[:REFERS_TO]-(f:Referral)
RETURN collect(DISTINCT f.referralId)"""
REFERRALS_OF_PREMISES = """
UNWIND $ids AS id MATCH (:Premises {premisesId: id})<-[:HAPPENS_AT]-(f:Referral)
RETURN collect(DISTINCT f.referralId)"""
LATER_REFERRALS = """
UNWIND $ids AS id MATCH (:Referral {referralId: id})<-[:RESEMBLES]-(f:Referral)
RETURN collect(DISTINCT f.referralId)"""
ASSESSMENTS_OF_RECORDS = """
UNWIND $ids AS id MATCH (:PersonRecord {recordId: id})<-[:ASSESSES]-(n)
RETURN collect(DISTINCT coalesce(n.riskAssessmentId, n.entryId))"""
_IN_CASES = sorted({*RECORDED, Node.TASK})
IN_CASES = f"""
UNWIND $ids AS id MATCH (n)-[:RECORDED_IN|RAISED_IN]->(:Case {{caseId: id}})
RETURN collect([head(labels(n)), coalesce({", ".join(f"n.{node.id_property}" for node in _IN_CASES)})])"""
RESEMBLANCES: Run = (Node.REFERRAL.label, Link.RESEMBLES.value, Node.REFERRAL.label)
SET_STEPS = "UNWIND $rows AS row MATCH (n:TaskEntry {stepId: row.id}) SET n.agencies = row.agencies"
SET_PERSONS = """
UNWIND $rows AS row MATCH (p:Person {personId: row.id})
SET p.protections = row.protections, p.caseAgencies = row.caseAgencies, p.adultOn = row.adultOn"""
SET_MEMBERS = {
    node: f"""
UNWIND $rows AS row MATCH (n:{node.label} {{{node.id_property}: row.id}}) SET n.caseMembers = row.members"""
    for node in (Node.PERSON, Node.PREMISES, Node.ESTABLISHMENT, *RECORDED)
}
SET_WARDS = "UNWIND $rows AS row MATCH (c:Case {caseId: row.id}) SET c.wards = row.facts"


async def draw(change: Change) -> None:
    """Bring every fact and class that may have changed to what it should be."""
    if change.touched.is_something:
        await _draw(change)
    await classes.remember(change.tx, change.classes - change.known)


async def _draw(change: Change) -> None:
    touched = change.touched
    around = Neighbourhoods(change.ask)
    persons = await around.persons(await _persons(change))
    await _draw_persons(change, persons)
    records = {record.id for person in persons for record in person.records} | touched.records
    cases = await _cases(change.ask, touched.cases, records, touched.premises, touched.establishments)
    referrals = touched.referrals | await _ids(change.ask, REFERRALS_OF_RECORDS, records)
    await _draw_links(change, records, cases, referrals)
    await _draw_wards(change, cases)
    places = await _draw_places(change, records, cases)
    await _draw_resemblances(change, referrals | await _ids(change.ask, REFERRALS_OF_PREMISES, places))
    await _draw_work(change)


async def _persons(change: Change) -> list[str]:
    touched, ask = change.touched, change.ask
    residents = await _ids(ask, PERSONS_OF_PREMISES, touched.premises)
    change.outgoing.persons |= residents  # whether they may be told to live together hangs on the place
    return sorted(
        touched.persons
        | residents
        | await _ids(ask, PERSONS_OF_RECORDS, touched.records)
        | await _ids(ask, PERSONS_OF_CASES, touched.cases)
    )


async def _cases(
    ask: Ask, cases: set[str], records: set[str], premises: set[str], establishments: set[str]
) -> set[str]:
    return (
        cases
        | await _ids(ask, CASES_OF_RECORDS, records)
        | await _ids(ask, CASES_OF_PREMISES, premises)
        | await _ids(ask, CASES_OF_ESTABLISHMENTS, establishments)
    )


async def _draw_persons(change: Change, persons: Iterable[PersonAround]) -> None:
    rows, members, reclassified = [], {}, {}
    for person in persons:
        expected = person.expected
        if expected != person.stored:
            rows.append(
                {
                    "id": person.id,
                    "protections": list(expected.protections),
                    "caseAgencies": list(expected.case_agencies),
                    "adultOn": expected.adult_on,
                }
            )
        for record in person.records:
            facts = record.claim.under(expected.protections)
            change.classes.add(facts)
            if facts != record.facts:
                reclassified[record.id] = facts
            if record.members != expected.members:
                members[record.id] = expected.members
    if rows:
        await change.tx.run(SET_PERSONS, {"rows": rows})
    await _set_members(change, Node.PERSON, members)  # before a record is replaced, as it keeps them
    await nodes.reclassify(change, Node.PERSON, reclassified)


async def _draw_links(change: Change, records: set[str], cases: set[str], referrals: set[str]) -> None:
    touched, ask = change.touched, change.ask
    assessments = {id_ for kind, id_ in touched.recorded if kind is Node.RISK_ASSESSMENT}
    assessments |= await _ids(ask, ASSESSMENTS_OF_RECORDS, records)
    starts = {
        Link.RESIDES_AT: records,
        Link.MEMBER_OF: records,
        Link.SUPERVISED_BY: records,
        Link.PUPIL_AT: records,
        Link.LIKENED_IN: records,
        **{link: records | await _ids(ask, related, records) for link, related in RELATED.items()},
        Link.CONCERNS: cases,
        Link.TELLS_OF: touched.alerts | await _ids(ask, ALERTS_OF_RECORDS, records),
        Link.ASSESSES: assessments,
        Link.RECORDED_IN: assessments,
        Link.REFERS_TO: referrals,
        Link.HAPPENS_AT: referrals | await _ids(ask, REFERRALS_OF_PREMISES, touched.premises),
        Link.OCCUPIES: touched.establishments | touched.schools | await _ids(ask, OCCUPANTS, touched.premises),
    }
    for run in LINK_RUNS:
        if ids := starts.get(Link(run[1])):
            await _draw_run(change, run, ids)


async def _draw_run(change: Change, run: Run, ids: set[str]) -> None:
    due = defaultdict[Run, list[dict[str, str]]](list)
    for link in await Neighbourhoods(change.ask).links(run, sorted(ids)):
        change.classes.add(link.expected)
        if link.expected != link.facts:
            stored = (run[0], link.stored_as, run[2])
            due[stored].append({"anchor": link.anchor, "id": link.id, "facts": link.expected})
    for stored, rows in due.items():
        await links.reclassify(change, stored, rows)


async def _draw_resemblances(change: Change, referrals: set[str]) -> None:
    """Draw how referrals resemble others and others them, once the places that they have in common are drawn."""
    if referrals:
        await _draw_run(change, RESEMBLANCES, referrals | await _ids(change.ask, LATER_REFERRALS, referrals))


async def _draw_wards(change: Change, cases: set[str]) -> None:
    around = await Neighbourhoods(change.ask).cases(sorted(cases)) if cases else []
    rows = [{"id": case.id, "facts": list(case.expected)} for case in around if case.expected != case.stored]
    if rows:
        await change.tx.run(SET_WARDS, {"rows": rows})


async def _draw_places(change: Change, records: set[str], cases: set[str]) -> set[str]:
    """Draw premises and establishments; returns the ids of the premises."""
    touched, ask = change.touched, change.ask
    places = {
        Node.PREMISES: touched.concerned
        | touched.premises
        | await _ids(ask, HOMES, records)
        | await _ids(ask, OCCUPIED[Node.ESTABLISHMENT], touched.establishments)
        | await _ids(ask, OCCUPIED[Node.SCHOOL], touched.schools)
        | await _ids(ask, CONCERNED_PREMISES, cases),
        Node.ESTABLISHMENT: touched.concerned
        | touched.establishments
        | await _ids(ask, CONCERNED_ESTABLISHMENTS, cases),
    }
    for kind, ids in places.items():
        await _draw_members(change, kind, await Neighbourhoods(ask).places(kind, sorted(ids)) if ids else [])
    return places[Node.PREMISES]


async def _draw_work(change: Change) -> None:
    """Let what people do in cases, and the tasks that came up in them, follow the cases."""
    touched, work = change.touched, defaultdict[Node, set[str]](set)
    found = await change.ask(IN_CASES, {"ids": sorted(touched.cases)}) if touched.cases else ()
    for kind, id_ in (*touched.recorded, *found, *((Node.TASK, id_) for id_ in touched.tasks)):
        work[Node(kind)].add(id_)
    if tasks := work.pop(Node.TASK, None):
        await _draw_tasks(change, tasks)
    for kind, ids in sorted(work.items()):
        await _draw_members(change, kind, await Neighbourhoods(change.ask).recorded(kind, sorted(ids)))


async def _draw_tasks(change: Change, ids: set[str]) -> None:
    """Let every agency that a task was ever with know all that was done with it, as far as it may know of its case.

    Whoever follows the case hears that something was done with a task of it.
    """
    agencies: list[dict[str, Any]] = []
    tasks: dict[str, str] = {}
    steps: dict[str, str] = {}
    for task in await Neighbourhoods(change.ask).tasks(sorted(ids)):
        change.outgoing.things |= task.raised_in
        if task.facts != task.expected_class:
            tasks[task.id] = task.expected_class
        known = list(task.agencies)
        agencies += [{"id": one.id, "agencies": known} for one in task.steps if one.stored != task.agencies]
        steps |= {one.id: facts for one in task.steps if (facts := task.expected_class_of(one)) != one.facts}
    if agencies:
        await change.tx.run(SET_STEPS, {"rows": agencies})
    await nodes.reclassify(change, Node.TASK, tasks)
    await nodes.reclassify(change, Node.TASK_ENTRY, steps)


async def _draw_members(change: Change, kind: Node, around: Sequence[PlaceAround] | Sequence[EntryAround]) -> None:
    await _set_members(change, kind, {one.id: one.expected for one in around if one.expected != one.stored})
    reclassified = {one.id: one.expected_class for one in around if one.expected_class != one.facts}
    await nodes.reclassify(change, kind, reclassified)


async def _set_members(change: Change, kind: Node, members: Mapping[str, str]) -> None:
    if members:
        rows = [{"id": id_, "members": text} for id_, text in members.items()]
        await change.tx.run(SET_MEMBERS[kind], {"rows": rows})


async def _ids(ask: Ask, statement: str, ids: set[str]) -> set[str]:
    if not ids:
        return set()
    return set(await ask(statement, {"ids": sorted(ids)}))
