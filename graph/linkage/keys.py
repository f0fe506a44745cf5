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


def keys(record: Mapping[str, Any]) -> frozenset[str]:
    """The match keys of a record's values and owner, as digests.

    Within one agency a strong identifier is enough, so that key names the agency; across agencies it takes full name,
    full birth date and one identifier.
    """
    found = dict(_identifiers(record))
    own = {_key(Rule.STRONG_IDENTIFIER, record["owner"], name, found[name]) for name in STRONG if name in found}
    described = _description(record)
    if described is None:
        return frozenset(own)
    return frozenset(own | {_key(Rule.NAME_BIRTH_IDENTIFIER, *described, name, value) for name, value in found.items()})


def rule(key: str) -> Rule:
    """The rule that a key belongs to."""
    return Rule(key.partition(" ")[0])


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
    given, family = (_folded(str(record.get(name) or "")) for name in ("givenName", "familyName"))
    born = str(record.get("dateOfBirth") or "")
    if not given or not family or not FULL_DATE.fullmatch(born):
        return None
    return f"{given} {family}", born


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _key(of: Rule, *parts: str) -> str:
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()
    return f"{of} {digest}"
