"""Notes in a case: the hub's changes against a bare transaction that writes the same nodes."""

from dataclasses import replace
from itertools import product

from bench import servers
from bench.figures import Figure, Table, at_least
from bench.load import UNIQUE
from bench.loading import declare, opened
from bench.questions import Asker, posted
from bench.rounds import Sample, ask, rates, rates_of
from bench.setting import Setting

CLIENTS = (1, 8)
TARGET = at_least(0.5)
TEXT = "Seen again at two in the morning, with a drum"
NOTE = """mutation Note($input: AddNoteInput!) { addNote(input: $input) { __typename } }"""
LABELS = {"BareEntry": ("entryId", "sourceKey"), "BareAssertion": ("claim",), "BareReceipt": ("key",)}
SCHEMA = tuple(
    f"CREATE CONSTRAINT {label}_{name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{name} IS UNIQUE"
    for label, names in LABELS.items()
    for name in names
)
BARE = """
MATCH (c:Case {caseId: $case})
WITH c, randomUUID() AS id, toString(datetime()) AS now
CREATE (n:BareEntry {entryId: id, sourceKey: 'adults/casework/' + id, key: id, owner: 'adults', dataset: 'casework',
  sensitivity: 'OFFICIAL', kind: 'NOTED', madeAt: now, author: 'bench', text: $text, assertionType: 'FACT'})
CREATE (n)-[:BARE_RECORDED_IN {linkId: id, owner: 'adults', dataset: 'casework', sensitivity: 'OFFICIAL'}]->(c)
CREATE (:BareAssertion {claim: 'RECORDED_IN:' + id, start: id, end: c.caseId})
CREATE (:BareReceipt {key: id, request: id, subject: c.caseId, madeAt: now})
CREATE (:BareOutbox {act: 'note', type: 'Case', subject: c.caseId, agency: 'adults', author: 'bench', madeAt: now})
RETURN c.caseId"""


async def compare(setting: Setting) -> list[Table]:
    """Measure changes a second."""
    table = setting.table("Changes: a note in a case, against the bare transaction", "changes/s")
    case = setting.town.matters[0].id
    async with opened(setting.ground.connection) as store:
        await declare(store, (*SCHEMA, *(("CALL db.awaitIndexes(600)",) if setting.is_neo4j else ())))
    given = {"idempotencyKey": UNIQUE, "id": case, "text": TEXT, "assertionType": "FACT"}
    async with (
        servers.hub(setting.ground, "changed") as ours,
        servers.bare(setting.ground, BARE, {"case": case, "text": TEXT}, writes=True) as theirs,
    ):
        asked = {ours: posted(ours, {"query": NOTE, "variables": {"input": given}}), theirs: posted(theirs, {})}
        for clients in CLIENTS:
            samples = await _alternate(setting, asked, clients)
            table.figures.append(
                Figure(
                    name=f"{clients} at a time",
                    ours=rates_of(samples, ours.name),
                    theirs=rates_of(samples, theirs.name),
                    ratio=rates(samples, ours.name, theirs.name),
                    target=TARGET,
                )
            )
    return [table]


async def _alternate(setting: Setting, asked: dict[Asker, str], clients: int) -> dict[str, list[Sample]]:
    effort = setting.effort(clients)
    for asker, request in asked.items():
        await ask(asker.url, request, replace(effort, rounds=1))
    found: dict[str, list[Sample]] = {asker.name: [] for asker in asked}
    for _, (asker, request) in product(range(effort.rounds), asked.items()):
        found[asker.name].append(await ask(asker.url, request, effort))
    return found
