"""What two records must have in common for a rule to hold them for one person's."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from graph.facts import FULL_DATE

STRONG = ("nhsNumber", "nationalInsuranceNumber")
WEAK = ("phone", "email")


class Rule(StrEnum):
    """Who judges where no human does."""

    STRONG_IDENTIFIER = "rule:strong-identifier"
    NAME_BIRTH_IDENTIFIER = "rule:name-birth-identifier"

    @property
    def score(self) -> float:
        return 1.0 if self is Rule.STRONG_IDENTIFIER else 0.98


RULES: Mapping[str, Rule] = {
    "ownNhsNumber": Rule.STRONG_IDENTIFIER,
    "ownNationalInsuranceNumber": Rule.STRONG_IDENTIFIER,
    "sameNhsNumber": Rule.NAME_BIRTH_IDENTIFIER,
    "sameNationalInsuranceNumber": Rule.NAME_BIRTH_IDENTIFIER,
    "samePhone": Rule.NAME_BIRTH_IDENTIFIER,
    "sameEmail": Rule.NAME_BIRTH_IDENTIFIER,
}
"""The properties of a record that hold its keys, each with the rule that it belongs to."""


def keys(record: Mapping[str, Any]) -> dict[str, str]:
    """The keys of a record's values and owner, as digests, by the property that holds each.

    Within one agency a strong identifier is enough, so that key names the agency; across agencies it takes full name,
    full birth date and one identifier.
    """
    identifiers = dict(_identifiers(record))
    found = {
        f"own{_title(name)}": _digest(record["owner"], identifiers[name]) for name in STRONG if name in identifiers
    }
    described = _description(record) if identifiers else None
    if described is not None:
        found |= {f"same{_title(name)}": _digest(*described, value) for name, value in identifiers.items()}
    return found


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _identifiers(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in (*STRONG, *WEAK):
        value = _normal(name, str(record.get(name) or ""))
        if value and len(set(value)) > 1:
            yield name, value


def _normal(name: str, value: str) -> str:
    if name in {"phone", "nhsNumber"}:
        return re.sub(r"\D", "", value)
    if name == "email":
        return value.strip().casefold()
    return re.sub(r"[^0-9A-Z]", "", value.upper())


def _description(record: Mapping[str, Any]) -> tuple[str, str] | None:
    given, family = (folded(str(record.get(name) or "")) for name in ("givenName", "familyName"))
    born = str(record.get("dateOfBirth") or "")
    if not given or not family or not FULL_DATE.fullmatch(born):
        return None
    return f"{given} {family}", born


def folded(name: str) -> str:
    """A name as it is compared: whatever its case and its spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()
