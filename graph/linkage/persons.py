"""The partition as it is stored: records ABOUT persons, kept in the transaction that changes a judgement."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import Any

from graph import consequences, edges, nodes
from graph.change import Ask, Change
from graph.facts import adult_on, united
from graph.linkage.homes import LIVES_HIDDEN, living_hidden, unsettled
from graph.linkage.partition import Card, Opinion, Pair, assigned, parts, reached
from graph.linkage.rules import judge
from graph.matching import Rule
from graph.nodes import Properties, Restated
from graph.vocabulary import PERSON_PREFIX, Node, Verdict

OPINIONS = """
UNWIND $ids AS id
MATCH (j:Judgement {left: id}) WHERE j.withdrawnAt IS NULL
RETURN collect([j.left, j.right, j.verdict, j.author, j.score])"""
OPINIONS_RIGHT = """
UNWIND $ids AS id
MATCH (j:Judgement {right: id}) WHERE j.withdrawnAt IS NULL
RETURN collect([j.left, j.right, j.verdict, j.author, j.score])"""
TOGETHER = """
UNWIND $ids AS id
MATCH (:PersonRecord {recordId: id})-[:ABOUT]->(p:Person)
MATCH (p)<-[:ABOUT]-(r:PersonRecord)
RETURN collect(DISTINCT r.recordId)"""
CARDS = f"""
UNWIND $ids AS id
MATCH (r:PersonRecord {{recordId: id}})
OPTIONAL MATCH (r)-[:ABOUT]->(p:Person)
WITH id, r, p, {LIVES_HIDDEN} AS livesHidden
RETURN collect([id, r.sourceKey, r.firstSeen, r.marked, livesHidden, p.personId, p.createdAt])"""
CREATE_PERSONS = """
UNWIND $ids AS id
CREATE (:Person {personId: id, createdAt: $now, protections: [], caseAgencies: []})"""
CREATE_WITH_RECORD = """
UNWIND $rows AS row
MATCH (r:PersonRecord {recordId: row.record})
CREATE (p:Person) SET p = row.person
CREATE (r)-[:ABOUT]->(p)"""
CREATE_WITH_ARRIVED = CREATE_WITH_RECORD.replace(
    "MATCH (r:PersonRecord {recordId: row.record})", "MATCH (r) WHERE elementId(r) = row.record"
)
ABOUT = ("PersonRecord", "ABOUT", "Person")
PUT_ABOUT = """
UNWIND $rows AS row
MATCH (r:PersonRecord {recordId: row.record})
MATCH (p:Person {personId: row.person})
CREATE (r)-[:ABOUT]->(p) SET r.personId = row.person"""
RETIRE = """
UNWIND $rows AS row
MATCH (p:Person {personId: row.person})
SET p.formerRecords = row.records"""
SUCCEEDED_BY = ("Person", "SUCCEEDED_BY", "Person")


async def settle(
    change: Change, restated: Sequence[Restated], handles: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Let the rules judge new and changed records, and bring their persons to what judgements say.

    Of new records that no judgement connects with an older one everything is known: their persons are made as they
    are to be, and nothing is read. `handles` are the engine's ids of those that were made in bulk.
    """
    judged = await judge(change, restated)
    new = {node.after["recordId"]: node.after for node in restated if node.before is None}
    changed = {node.after["recordId"] for node in restated} - new.keys()
    older = reached(judged.made, changed | (judged.ids - new.keys()))
    await _make_persons(change, {id_: record for id_, record in new.items() if id_ not in older}, judged.made, handles)
    await repartition(change, older)


async def _make_persons(
    change: Change, records: Mapping[str, Properties], made: Mapping[Pair, Rule], handles: Mapping[str, str]
) -> None:
    """Make the persons of new records that are connected among themselves alone.

    Their facts follow from the records until a link leads there; so do the classes, unless one record's marking
    protects another.
    """
    hidden = await living_hidden(change.ask, records.keys() & {id_ for pair in made for id_ in pair})
    found = {id_: _card(record, lives_hidden=id_ in hidden) for id_, record in records.items()}
    persons: list[dict[str, Any]] = []
    joining: list[dict[str, str]] = []
    for first, *more in parts(found, _opinions_of_rules(made)):
        group = [records[card.id] for card in (first, *more)]
        persons.append({"record": first.id, "person": _person(change, group)})
        joining += [{"record": card.id, "person": group[0]["personId"]} for card in more]
        change.classes.update(record["facts"] for record in group)
        if more and any(record["marked"] for record in group):
            change.touched.records.update(record["recordId"] for record in group)
            change.outgoing.note(Node.PERSON)
    arrived = [{**row, "record": handles[row["record"]]} for row in persons if row["record"] in handles]
    others = [row for row in persons if row["record"] not in handles]
    for statement, rows in ((CREATE_WITH_ARRIVED, arrived), (CREATE_WITH_RECORD, others)):
        if rows:
            await change.tx.run(statement, {"rows": rows})
    if joining:
        await change.tx.run(PUT_ABOUT, {"rows": joining})


def _person(change: Change, records: Sequence[Properties]) -> Properties:
    return {
        "personId": records[0]["personId"],
        "createdAt": change.stamp.now,
        "protections": list(united(record["marked"] for record in records)),
        "caseAgencies": [],
        "adultOn": adult_on([record.get("dateOfBirth") for record in records]),
    }


def _card(record: Properties, *, lives_hidden: bool) -> Card:
    return Card(
        id=record["recordId"],
        source_key=record["sourceKey"],
        first_seen=record["firstSeen"],
        marked=frozenset(record["marked"]),
        lives_hidden=lives_hidden,
        person=None,
        person_created=None,
    )


def _opinions_of_rules(made: Mapping[Pair, Rule]) -> Iterator[Opinion]:
    return (
        Opinion(left=left, right=right, verdict=Verdict.SAME, author=rule, score=rule.score)
        for (left, right), rule in made.items()
    )


async def draw(change: Change) -> None:
    """Let who came to live at a hidden place stand apart, and who no longer does join others; draw what follows."""
    await repartition(change, await unsettled(change.ask, change.touched.records, change.touched.premises))
    await consequences.draw(change)


async def repartition(change: Change, records: set[str]) -> None:
    """Bring the persons of these records, and of all that judgements connect with them, to what judgements say."""
    if not records:
        return
    ids, opinions = await component(change.ask, records)
    found = await cards(change.ask, ids)
    assignment = assigned(parts(found, opinions), _new_ids(change))
    if assignment.new:
        await change.tx.run(CREATE_PERSONS, {"ids": list(assignment.new), "now": change.stamp.now})
    moved = [card for card in found.values() if card.person != assignment.persons[card.id]]
    await edges.drop(change.tx, [_about(card.id, card.person) for card in moved if card.person is not None])
    await _renew(change, [card.id for card in moved if card.id not in change.fresh])
    if moved:
        rows = [{"record": card.id, "person": assignment.persons[card.id]} for card in moved]
        await change.tx.run(PUT_ABOUT, {"rows": rows})
    await _retire(change, found, assignment.retired)
    change.touched.records.update(card.id for card in moved)
    change.touched.persons.update(card.person for card in moved if card.person is not None)
    change.touched.persons.update(assignment.persons[card.id] for card in moved)
    if moved:
        change.outgoing.note(Node.PERSON)


async def _renew(change: Change, records: Sequence[str]) -> None:
    """Replace records that go over to another person: what is told of the cases of one is never read as the other's."""
    await nodes.replace(change, Node.PERSON, await nodes.read(change.ask, Node.PERSON, records))


async def _retire(change: Change, found: Mapping[str, Card], retired: Mapping[str, str]) -> None:
    """Let retired persons lead to their successors, and keep which records were about them."""
    if not retired:
        return
    former: dict[str, list[str]] = {person: [] for person in retired}
    for card in found.values():
        if card.person in former:
            former[card.person].append(card.id)
    rows = [{"person": person, "records": sorted(records)} for person, records in former.items()]
    await change.tx.run(RETIRE, {"rows": rows})
    await edges.put(
        change.tx,
        [
            edges.Edge(run=SUCCEEDED_BY, start=person, end=survivor, properties={})
            for person, survivor in retired.items()
        ],
    )


async def component(ask: Ask, records: set[str]) -> tuple[set[str], list[Opinion]]:
    """All records that judgements or present persons connect with these, and the judgements among them."""
    reached: set[str] = set()
    opinions: dict[tuple[str, str, str], Opinion] = {}
    frontier = set(records)
    while frontier:
        reached |= frontier
        ids = {"ids": sorted(frontier)}
        found = set(await ask(TOGETHER, ids))
        for opinion in await _opinions(ask, ids):
            opinions[opinion.left, opinion.right, opinion.author] = opinion
            if opinion.verdict == Verdict.SAME:
                found |= opinion.pair
        frontier = found - reached
    return reached, list(opinions.values())


async def _opinions(ask: Ask, ids: Mapping[str, list[str]]) -> Iterator[Opinion]:
    left, right = await ask(OPINIONS, ids), await ask(OPINIONS_RIGHT, ids)
    return (
        Opinion(left=one, right=other, verdict=verdict, author=author, score=score)
        for one, other, verdict, author, score in (*left, *right)
    )


async def cards(ask: Ask, ids: set[str]) -> dict[str, Card]:
    rows = await ask(CARDS, {"ids": sorted(ids)})
    return {
        id_: Card(
            id=id_,
            source_key=source_key,
            first_seen=first_seen,
            marked=frozenset(marked),
            lives_hidden=hidden,
            person=person,
            person_created=created,
        )
        for id_, source_key, first_seen, marked, hidden, person, created in rows
    }


def _new_ids(change: Change) -> Iterator[str]:
    return (change.stamp.chance(PERSON_PREFIX) for _ in count())


def _about(record: str, person: str) -> edges.Edge:
    return edges.Edge(run=ABOUT, start=record, end=person, properties={})
