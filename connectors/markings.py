"""The words with which a row says how it is marked."""

import re

from connectors.errors import BadValue
from graph.records import Marking
from policies.vocabulary import Protection, Sensitivity

_ABOVE = re.compile(r"\b(TOP[ _-]SECRET|SECRET|CONFIDENTIAL|RESTRICTED)\b")
_SENSITIVE = re.compile(r"\bOFFICIAL\s*[-_: ]\s*SENSITIVE\b")
_PROTECTIONS = {protection.value.upper(): protection for protection in Protection}
_SENSITIVITIES = {sensitivity.value: sensitivity for sensitivity in Sensitivity}


def marking(cell: str, default: Marking) -> Marking:
    """Read `OFFICIAL-SENSITIVE refuge`; what the cell does not say is as the dataset is marked.

    Raises BadValue for a word that is no marking, and for anything above OFFICIAL_SENSITIVE: both keep the whole row
    out, since a row must never be stored with less protection than it asked for.
    """
    words = _SENSITIVE.sub(Sensitivity.OFFICIAL_SENSITIVE, cell.upper())
    if _ABOVE.search(words):
        raise BadValue("is a marking above OFFICIAL_SENSITIVE, which the hub refuses")
    sensitivity, protections = None, set(default.protections)
    for word in re.split(r"[\s,;+|/]+", words.strip()):
        if word in _PROTECTIONS:
            protections.add(_PROTECTIONS[word])
        elif word in _SENSITIVITIES and sensitivity in (None, _SENSITIVITIES[word]):
            sensitivity = _SENSITIVITIES[word]
        elif word:
            raise BadValue("is a marking that the hub does not know")
    return Marking(sensitivity=sensitivity or default.sensitivity, protections=frozenset(protections))
