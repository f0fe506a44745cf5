"""What a fact states, with what names it and what tells whether it changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from graph.records import LinkFact, Marking, NodeFact, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedNode:
    """A fact about a node; `name` tells it from every other, `key` from those of its type."""

    fact: NodeFact
    name: str
    key: str
    fingerprint: str

    @classmethod
    def of(cls, fact: NodeFact) -> "StatedNode":
        key = str(fact.source)
        return cls(fact=fact, name=f"{fact.type}:{key}", key=key, fingerprint=fingerprint(fact.marking, fact.values))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLink:
    """A fact about two nodes, which stand under their names.

    Two types of link may come from one row and share its key, so the type is part of the name.
    """

    fact: LinkFact
    name: str
    key: str
    start: str
    end: str
    fingerprint: str

    @classmethod
    def of(cls, fact: LinkFact) -> "StatedLink":
        key, start, end = str(fact.source), name_of(fact.start), name_of(fact.end)
        return cls(
            fact=fact,
            name=f"{fact.type}:{key}",
            key=key,
            start=start,
            end=end,
            fingerprint=fingerprint(fact.marking, fact.values, start, end),
        )


def name_of(named: NodeFact | LinkFact | Ref) -> str:
    """What a node or link is called, the same wherever it is stated: its type and its source key."""
    return f"{named.type}:{named.source}"


def fingerprint(marking: Marking, values: Mapping[str, object], *more: str) -> str:
    """A digest of what is stated, which tells whether it is the same as before."""
    content = [dict(values), marking.sensitivity, sorted(marking.protections), *more]
    return hashlib.blake2b(orjson.dumps(content, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()
