"""An entry as it stands in the ledger, in JSON with sorted members."""

from collections.abc import Mapping
from typing import Any

import orjson

from resolvers.ledger import Alteration, Disclosure, Entry


def entry_json(entry: Entry) -> bytes:
    """Write an entry; raises ValueError where a text in it is not Unicode."""
    try:
        return orjson.dumps(
            {
                "subject": entry.subject,
                "agency": entry.agency,
                "roles": sorted(entry.roles),
                "purpose": entry.purpose,
                "policy": entry.policy,
                "operation": entry.operation,
                "refusal": entry.refusal,
                "compared": sorted(entry.compared),
                "disclosures": [_disclosure(disclosure) for disclosure in entry.disclosures],
                **({"changes": [_alteration(changed) for changed in entry.changes]} if entry.changes else {}),
            },
            option=orjson.OPT_SORT_KEYS,
        )
    except orjson.JSONEncodeError as error:
        raise ValueError(f"the entry cannot be written: {error}") from error


def read_entry(members: Mapping[str, Any]) -> Entry:
    """Read an entry back from its JSON; raises KeyError or TypeError where something is missing."""
    return Entry(
        subject=members["subject"],
        agency=members["agency"],
        roles=tuple(members["roles"]),
        purpose=members["purpose"],
        policy=members["policy"],
        operation=members["operation"],
        refusal=members["refusal"],
        compared=tuple(members["compared"]),
        disclosures=tuple(
            Disclosure(
                type=told["type"],
                facts=told["facts"],
                records=tuple(told["records"]),
                fields=told["fields"],
                agreements=tuple(told["agreements"]),
                personal=told["personal"],
            )
            for told in members["disclosures"]
        ),
        changes=tuple(
            Alteration(
                change=changed.get("change", ""),
                act=changed["act"],
                type=changed["type"],
                subject=changed["subject"],
                agreements=tuple(changed["agreements"]),
            )
            for changed in members.get("changes", ())
        ),
    )


def _alteration(changed: Alteration) -> dict[str, object]:
    return {name: getattr(changed, name) for name in changed.__slots__}


def _disclosure(disclosure: Disclosure) -> dict[str, object]:
    return {
        "type": disclosure.type,
        "facts": disclosure.facts,
        "records": disclosure.records,
        "fields": disclosure.fields,
        "agreements": disclosure.agreements,
        "personal": disclosure.personal,
    }
