"""What two records must have in common for a rule to hold them for one person's."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from graph.facts import FULL_DATE

OWN = {"nhsNumber": "ownNhsNumber", "nationalInsuranceNumber": "ownNationalInsuranceNumber"}
"""The property that holds the key of a strong identifier within one agency."""
SAME = {
    "nhsNumber": "sameNhsNumber",
    "nationalInsuranceNumber": "sameNationalInsuranceNumber",
    "phone": "samePhone",
    "email": "sameEmail",
}
"""The property that holds the key of an identifier together with name and birth date, across agencies."""
_NO_DIGIT = re.compile(r"\D")
_NO_SIGN = re.compile(r"[^0-9A-Z]")


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
    owner = record["owner"]
    found = {key: _digest(owner, identifiers[name]) for name, key in OWN.items() if name in identifiers}
    described = _description(record) if identifiers else None
    if described is not None:
        found |= {SAME[name]: _digest(*described, value) for name, value in identifiers.items()}
    return found


def _identifiers(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in SAME:
        stated = record.get(name)
        value = _normal(name, str(stated)) if stated else ""
        if value.strip(value[:1]):  # of one character repeated nothing is left
            yield name, value


def _normal(name: str, value: str) -> str:
    if name in {"phone", "nhsNumber"}:
        return _NO_DIGIT.sub("", value)
    if name == "email":
        return value.strip().casefold()
    return _NO_SIGN.sub("", value.upper())


def _description(record: Mapping[str, Any]) -> tuple[str, str] | None:
    given, family = folded(str(record.get("givenName") or "")), folded(str(record.get("familyName") or ""))
    born = str(record.get("dateOfBirth") or "")
    if not given or not family or not FULL_DATE.fullmatch(born):
        return None
    return f"{given} {family}", born


def folded(name: str) -> str:
    """A name as it is compared: whatever its case and its spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()
