"""Every fact and class recomputed: what is stored must be what follows from what is stated."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from graph import nodes, participation
from graph.around_links import LINK_RUNS, Run
from graph.change import Ask
from graph.edges import IDS
from graph.facts import Claim
from graph.linkage.partition import parts
from graph.linkage.persons import cards, component
from graph.linkage.rules import key_changes, reviewed
from graph.neighbourhood import Neighbourhoods
from graph.sheets import SHEETS, sheet
from graph.store import Store
from graph.vocabulary import RECORDED, Former, Link, Node

PAGE = 1000
WORK = frozenset({Node.TASK, Node.TASK_ENTRY})
"""What follows the cases in which it came up."""
IDS_AFTER = {
    label: f"""
MATCH (n:{label}) WHERE n.{name} > $after
WITH n.{name} AS id ORDER BY id LIMIT $size
RETURN collect(id)"""
    for label, name in IDS.items()
}
CLASSES: Mapping[Node, str] = {
    node: f"""
UNWIND $ids AS id
MATCH (n:{node.label} {{{node.id_property}: id}})
RETURN collect([id, n.owner, n.dataset, n.sensitivity, n.marked, n.facts])"""
    for node in Node
    if node not in {Node.PERSON, Node.PREMISES, Node.ESTABLISHMENT, Node.IMPORT_RUN, *RECORDED, *WORK}
}
PERSONS_OF_RECORDS = """
UNWIND $ids AS id
MATCH (r:PersonRecord {recordId: id})-[:ABOUT]->(p:Person)
RETURN collect([id, r.personId, p.personId])"""
UNKNOWN_CLASSES = (
    *(
        f"""
MATCH (n:{node.label}) WITH DISTINCT n.facts AS facts
WHERE facts IS NOT NULL AND NOT EXISTS {{ MATCH (c:FactClass) WHERE c.name = facts }}
RETURN collect(facts)"""
        for node in Node
    ),
    *(
        f"""
MATCH ()-[e:{link}]->() WITH DISTINCT e.facts AS facts
WHERE facts IS NOT NULL AND NOT EXISTS {{ MATCH (c:FactClass) WHERE c.name = facts }}
RETURN collect(facts)"""
        for link in (*Link, *Former)
    ),
)
PARTICIPANTS = """
UNWIND $ids AS id
MATCH (c:Case {caseId: id})
CALL (c) {
  MATCH (a:Agency)-[:PARTICIPATES_IN]->(c)
  RETURN collect(a.code) AS present
}
UNWIND CASE WHEN size(coalesce(c.participants, [])) = 0 THEN [null] ELSE c.participants END AS code
OPTIONAL MATCH (b:Agency {sourceKey: $prefix + code})
RETURN collect([id, code, b.code, present])"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A fact that is not what it should be; `kind` is what it is a fact of."""

    kind: str
    id: str
    stored: str
    expected: str


Check = Callable[[Ask, Sequence[str]], Awaitable[list[Difference]]]


async def recompute(store: Store) -> AsyncIterator[Difference]:
    """Every difference between what is stored and what follows from it; none in a healthy graph."""
    async for difference in differences(store.read):
        yield difference


async def differences(ask: Ask) -> AsyncIterator[Difference]:
    """The same, asked wherever the caller stands.

    Reads in pages. A page that differs is read once more, since a writer may have been between two reads.
    """
    for label, checks in _checks().items():
        async for ids in _pages(ask, label):
            for check in checks:
                first = await check(ask, ids)
                again = await check(ask, ids) if first else []
                for difference in again:
                    if difference in first:
                        yield difference
    for statement in UNKNOWN_CLASSES:
        for name in await ask(statement, {}):
            yield Difference(kind="class", id=name, stored="no node", expected="a FactClass node")


def _checks() -> dict[str, list[Check]]:
    checks: dict[str, list[Check]] = {
        "Person": [_persons],
        "PersonRecord": [_partition, _rulings, _persons_of_records],
        "Case": [_cases],
        "Premises": [_around(Node.PREMISES)],
        "Establishment": [_around(Node.ESTABLISHMENT)],
        **{kind.label: [_around(kind)] for kind in RECORDED},
        "Task": [_tasks],
    }
    for kind in CLASSES:
        checks.setdefault(kind.label, []).append(_classes(kind))
    for kind in SHEETS:
        checks.setdefault(kind.label, []).append(_sheets(kind))
    for run in LINK_RUNS:
        checks.setdefault(run[0], []).append(_links(run))
    return checks


async def _pages(ask: Ask, label: str) -> AsyncIterator[list[str]]:
    after = ""
    while ids := await ask(IDS_AFTER[label], {"after": after, "size": PAGE}):
        yield ids
        after = ids[-1]


async def _persons_of_records(ask: Ask, ids: Sequence[str]) -> list[Difference]:
    return [
        difference
        for id_, stored, expected in await ask(PERSONS_OF_RECORDS, {"ids": ids})
        for difference in _differences("person of record", id_, stored, expected)
    ]


async def _persons(ask: Ask, ids: Sequence[str]) -> list[Difference]:
    found = []
    for person in await Neighbourhoods(ask).persons(ids):
        found += _differences("person", person.id, person.stored, person.expected)
        for record in person.records:
            found += _differences("record", record.id, record.facts, record.claim.under(person.expected.protections))
            found += _differences("record", record.id, record.members, person.expected.members)
    return found


async def _partition(ask: Ask, ids: Sequence[str]) -> list[Difference]:
    reached, opinions = await component(ask, set(ids))
    found = await cards(ask, reached)
    stored: dict[str | None, set[str]] = {}
    for card in found.values():
        stored.setdefault(card.person, set()).add(card.id)
    expected = {card.id: {other.id for other in group} for group in parts(found, opinions) for card in group}
    return [
        difference
        for id_ in ids
        for difference in _differences(
            "partition", id_, sorted(_together(stored, found[id_].person)), sorted(expected[id_])
        )
    ]


async def _rulings(ask: Ask, ids: Sequence[str]) -> list[Difference]:
    added, gone = await key_changes(ask, ids)
    review = await reviewed(ask, ids)
    return [
        *(Difference(kind="key", id=id_, stored="missing", expected=key) for id_, key in sorted(added)),
        *(Difference(kind="key", id=id_, stored=key, expected="none") for id_, key in sorted(gone)),
        *(
            Difference(kind="judgement", id=ruling.id, stored=ruling.author, expected="withdrawn")
            for ruling in review.outdated
        ),
        *(
            Difference(kind="judgement", id=" ".join(pair), stored="missing", expected=author)
            for pair, author in sorted(review.due.items())
        ),
    ]


async def _cases(ask: Ask, ids: Sequence[str]) -> list[Difference]:
    found = []
    for case in await Neighbourhoods(ask).cases(ids):
        found += _differences("case", case.id, case.stored, case.expected)
    prefix = str(participation.agency("").source)
    wanted: dict[str, set[str]] = {}
    present: dict[str, list[str]] = {}
    for id_, _, known, codes in await ask(PARTICIPANTS, {"ids": ids, "prefix": prefix}):
        wanted.setdefault(id_, set()).update([known] if known is not None else [])
        present[id_] = sorted(codes)
    for id_, codes in wanted.items():
        found += _differences("participation", id_, present[id_], sorted(codes))
    return found


async def _tasks(ask: Ask, ids: Sequence[str]) -> list[Difference]:
    found = []
    for task in await Neighbourhoods(ask).tasks(ids):
        found += _differences("node", task.id, task.facts, task.expected_class)
        for step in task.steps:
            found += _differences("step", step.id, step.stored, task.agencies)
            found += _differences("node", step.id, step.facts, task.expected_class_of(step))
    return found


def _around(kind: Node) -> Check:
    """Compare what a place, or what is recorded in a case, takes from around it."""

    async def check(ask: Ask, ids: Sequence[str]) -> list[Difference]:
        around = Neighbourhoods(ask)
        found = await (around.recorded(kind, ids) if kind in RECORDED else around.places(kind, ids))
        return [
            difference
            for one in found
            for difference in (
                *_differences(kind.value.lower(), one.id, one.stored, one.expected),
                *_differences("node", one.id, one.facts, one.expected_class),
            )
        ]

    return check


def _classes(kind: Node) -> Check:
    async def check(ask: Ask, ids: Sequence[str]) -> list[Difference]:
        return [
            difference
            for id_, owner, dataset, level, marked, facts in await ask(CLASSES[kind], {"ids": ids})
            for difference in _differences(
                "node",
                id_,
                facts,
                Claim(type=kind, owner=owner, dataset=dataset, sensitivity=level, marked=tuple(marked)).under(()),
            )
        ]

    return check


def _sheets(kind: Node) -> Check:
    """Compare sheets with the properties; what is on them is not repeated."""

    async def check(ask: Ask, ids: Sequence[str]) -> list[Difference]:
        return [
            Difference(kind="sheet", id=row[kind.id_property], stored="another", expected="what is stated")
            for row in await nodes.read(ask, kind, ids)
            if row.get("sheet") != sheet(kind, row)
        ]

    return check


def _links(run: Run) -> Check:
    async def check(ask: Ask, ids: Sequence[str]) -> list[Difference]:
        return [
            difference
            for link in await Neighbourhoods(ask).links(run, ids)
            for difference in _differences("link", link.id, link.facts, link.expected)
        ]

    return check


def _together(stored: dict[str | None, set[str]], person: str | None) -> set[str]:
    return set() if person is None else stored[person]


def _differences(kind: str, id_: str, stored: object, expected: object) -> list[Difference]:
    if stored == expected:
        return []
    return [Difference(kind=kind, id=id_, stored=str(stored), expected=str(expected))]
