"""Notes in a case: the hub's changes against a bare transaction that writes the same nodes."""

from dataclasses import replace
from itertools import product

from bench import servers
from bench.figures import Figure, Table, at_least
from bench.load import UNIQUE
from bench.loading import declare, opened
from bench.ours import SEEN
from bench.questions import Asker, posted
from bench.rounds import Sample, ask, rates, rates_of
from bench.setting import Setting
from bench.town import CALLER
from graph.casework import DATASET
from graph.memberships import told
from graph.sheets import sheet
from graph.vocabulary import Node

CLIENTS = (1, 8)
TARGET = at_least(0.5)
TEXT = "Seen again at two in the morning, with a drum"
NOTE = """mutation Note($input: AddNoteInput!) { addNote(input: $input) { __typename } }"""
UNIQUE_IN = {
    "BareEntry": ("entryId", "sourceKey"),
    "BareAssertion": ("claim",),
    "BareReceipt": ("key",),
    "BareOutbox": ("position",),
}
SCHEMA = (
    *(
        f"CREATE CONSTRAINT {label}_{name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{name} IS UNIQUE"
        for label, names in UNIQUE_IN.items()
        for name in names
    ),
    "CREATE INDEX BareReceipt_madeAt IF NOT EXISTS FOR (n:BareReceipt) ON (n.madeAt)",
)
MARKED = {"owner": CALLER, "dataset": DATASET, "sensitivity": "OFFICIAL", "marked": [], "fingerprint": "0" * 32}
NOTED = {**MARKED, "kind": "NOTED", "author": "bench", "text": TEXT, "assertionType": "FACT", "madeAt": SEEN}
ENTRY = {
    **NOTED,
    "facts": f"CaseEntry/{CALLER}/{DATASET}/OFFICIAL/-/-",
    "caseMembers": told([CALLER, "council"]),
    "reliability": 3,
    "stated": [],
    "sheet": sheet(Node.CASE_ENTRY, NOTED),
}
LINK = {**MARKED, "facts": f"RECORDED_IN/{CALLER}/{DATASET}/OFFICIAL/-/-"}
ASSERTION = {"startType": "CaseEntry", "endType": "Case", "fingerprint": "0" * 32}
TOLD = {"act": "note", "type": "Case", "agency": CALLER, "author": "bench", "records": [], "persons": [], "cases": []}
BARE = """
MATCH (c:Case {caseId: $case})
WITH c, randomUUID() AS id, toString(datetime()) AS now
CREATE (n:BareEntry) SET n = $entry SET n.entryId = id, n.sourceKey = 'adults/casework/' + id, n.key = id,
  n.madeAt = now, n.firstSeen = now, n.lastSeen = now
CREATE (n)-[e:BARE_RECORDED_IN]->(c) SET e = $link SET e.linkId = id, e.sourceKey = 'adults/casework/' + id, e.key = id,
  e.lastSeen = now
CREATE (a:BareAssertion) SET a = $assertion SET a.claim = 'RECORDED_IN:' + id, a.linkId = id, a.start = id,
  a.end = c.caseId
CREATE (:BareReceipt {key: id, request: id, subject: c.caseId, madeAt: now})
CREATE (o:BareOutbox) SET o = $told SET o.position = toInteger(rand() * 4503599627370496), o.subject = c.caseId,
  o.things = [c.caseId], o.madeAt = now
RETURN c.caseId"""
"""It writes the same nodes with values of the same length, in the same indexes; the numbers of the turn it makes up."""


async def compare(setting: Setting) -> list[Table]:
    """Measure changes a second."""
    table = setting.table("Changes: a note in a case, against the bare transaction", "changes/s")
    case = setting.town.matters[0].id
    async with opened(setting.ground.connection) as store:
        await declare(store, (*SCHEMA, *(("CALL db.awaitIndexes(600)",) if setting.is_neo4j else ())))
    given = {"idempotencyKey": UNIQUE, "id": case, "text": TEXT, "assertionType": "FACT"}
    async with (
        servers.hub(setting.ground, "changed") as ours,
        servers.bare(setting.ground, BARE, given_to_bare(case), writes=True) as theirs,
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


def given_to_bare(case: str) -> dict[str, object]:
    """What the bare statement takes."""
    return {"case": case, "entry": ENTRY, "link": LINK, "assertion": ASSERTION, "told": TOLD}


async def _alternate(setting: Setting, asked: dict[Asker, str], clients: int) -> dict[str, list[Sample]]:
    effort = setting.effort(clients)
    for asker, request in asked.items():
        await ask(asker.url, request, replace(effort, rounds=1))
    found: dict[str, list[Sample]] = {asker.name: [] for asker in asked}
    for _, (asker, request) in product(range(effort.rounds), asked.items()):
        found[asker.name].append(await ask(asker.url, request, effort))
    return found
