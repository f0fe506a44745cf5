"""What a node tells, on one sheet: an engine reads one long text far faster than a dozen properties."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from graph.errors import NodeReplaced
from graph.store import Store, Transaction
from graph.vocabulary import Node

PAGE = 1_000
RECORD = ("recordId", "reliability", "lastSeen")
"""What stands first on the sheet of a person's record, so that several can be told as one."""
LOCATION = "location"
SHEETS: Mapping[Node, tuple[str, ...]] = {
    Node.PERSON: (
        *RECORD,
        "givenName",
        "familyName",
        "aliases",
        "dateOfBirth",
        "gender",
        "address",
        "postcode",
        "ward",
        "phone",
        "email",
        "warningMarkers",
        "nhsNumber",
        "nationalInsuranceNumber",
    ),
    Node.PREMISES: ("name", "address", "postcode", "ward", "uprn", LOCATION),
    Node.ESTABLISHMENT: (
        "name",
        "businessType",
        "address",
        "postcode",
        "ward",
        LOCATION,
        "ratingValue",
        "ratingDate",
        "hygieneScore",
        "structuralScore",
        "confidenceScore",
    ),
    Node.CASE: ("reference", "caseType", "status", "openedOn", "closedOn", "summary"),
    Node.CASE_ENTRY: ("kind", "madeAt", "author", "text", "assertionType"),
    Node.ACTION: ("text", "agency", "person", "targetOn", "status", "outcome", "finishedAt"),
    Node.RISK_ASSESSMENT: (
        *("template", "templateVersion", "answers", "points", "scored", "band", "reason", "why", "status"),
        *("assessedAt", "assessedBy", "supersededAt"),
    ),
    Node.CASE_INCIDENT: ("heading", "qualifier", "happenedOn", "text", "ward", LOCATION),
    Node.ALERT: (
        *("rule", "title", "tie", "leadAgency", "raisedAt", "status"),
        *("acknowledgedAt", "acknowledgedBy"),
    ),
    Node.TASK: (
        *("title", "text", "targetOn", "status", "sentAt", "sender", "senderAgency", "agency", "team", "person"),
        *("receivedAt", "answeredAt", "finishedAt", "version"),
    ),
    Node.TASK_ENTRY: ("number", "kind", "madeAt", "author", "authorAgency", "text", "agency", "team", "person"),
    Node.ABSENCE: ("person", "fromDay", "untilDay", "standIn", "statedAt"),
    Node.REFERRAL: (
        *("reference", "state", "source", "receivedAt", "referrer", "headings", "qualifiers", "address"),
        *("ward", LOCATION, "wantedOutcome", "hasConsent", "dueAt", "triagedAt", "route", "services"),
        *("returnedAt", "officer", "closedAt", "version"),
    ),
    Node.REFERRAL_ENTRY: (
        *("number", "kind", "madeAt", "author", "authorAgency", "question", "reason", "criteria", "criteriaVersion"),
        *("questions", "answers", "points", "band", "proposedRoute", "proposedReason", "route", "isOverride"),
        "services",
    ),
    Node.SCHOOL: (
        "urn",
        "name",
        "phase",
        "schoolType",
        "status",
        "openedOn",
        "closedOn",
        "lowestAge",
        "highestAge",
        "capacity",
        "address",
        "postcode",
        "ward",
        "lsoa",
        "uprn",
        "phone",
        "website",
        LOCATION,
    ),
    Node.INCIDENT: (
        "crimeId",
        "month",
        "category",
        "outcome",
        "street",
        "reportedBy",
        "fallsWithin",
        "ward",
        "lsoa",
        LOCATION,
    ),
    Node.GROUP: ("name", "groupType"),
    Node.WARD: ("code", "name", "vintage", "localAuthority"),
    Node.LSOA: ("code", "name", "vintage", "localAuthority"),
    Node.AGENCY: ("code", "name", "agencyType", "urn", "contactName", "contactEmail", "contactPhone"),
    Node.TEAM: ("name", "email", "phone"),
}
"""The columns of each type's sheet in their order; another order takes a migration. Boundaries are too long for one,
and what is sealed stays off it."""


def sheet(kind: Node, properties: Mapping[str, Any]) -> str:
    """Write the sheet of a node with these properties: a JSON array."""
    get = properties.get
    return orjson.dumps([get(name) if name != LOCATION else _point(properties) for name in SHEETS[kind]]).decode()


def values(text: str | None) -> list[Any]:
    """Read a sheet; raises NodeReplaced for the sheet of a node that was taken away while a statement looked at it."""
    if text is None:
        raise NodeReplaced("a node was replaced while it was read")
    read: list[Any] = orjson.loads(text)
    return read


def all_values(texts: Sequence[str | None]) -> list[list[Any]]:
    """Read many sheets as one text, which takes a third of the time; raises NodeReplaced as `values` does."""
    read: list[list[Any]] = orjson.loads(f"[{','.join(text for text in texts if text is not None)}]")
    return read if len(read) == len(texts) else [values(text) for text in texts]


async def fill(store: Store) -> None:
    """Write the sheets of nodes that were stored before there were any, a page at a time."""
    for kind in SHEETS:
        label, ident = kind.label, kind.id_property
        page = f"MATCH (n:{label}) WHERE n.sheet IS NULL WITH n LIMIT {PAGE} RETURN collect(properties(n))"
        put = f"UNWIND $rows AS row MATCH (n:{label} {{{ident}: row.id}}) SET n.sheet = row.sheet"
        while nodes := await store.read(page):
            rows = [{"id": node[ident], "sheet": sheet(kind, node)} for node in nodes]

            async def work(tx: Transaction, put: str = put, rows: list[dict[str, str]] = rows) -> None:
                await tx.run(put, {"rows": rows})

            await store.write(work)


def _point(properties: Mapping[str, Any]) -> list[Any] | None:
    longitude, latitude = properties.get("longitude"), properties.get("latitude")
    return None if longitude is None else [longitude, latitude]
