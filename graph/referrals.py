"""Referrals as they are stored, what is done with them, and what they lead to."""

from collections.abc import Mapping, Sequence

from graph.change import Ask
from graph.records import LinkFact, Marking, NodeFact, Ref, Source, Value
from graph.vocabulary import Link, Node
from policies.vocabulary import Protection, Sensitivity

OF_REFERRAL = (
    *("reference", "state", "source", "receivedAt", "referrer", "headings", "qualifiers", "toldPeople"),
    *("describedPeople", "address", "ward", "latitude", "longitude", "wantedOutcome", "hasConsent", "narrative"),
    *("dueAt", "triagedAt", "route", "returnedAt", "services", "agencies", "officer", "closedAt", "version"),
    *("turn", "toldTurn", "versionTurn", "judges"),
)
"""What a referral states of itself."""
FOLLOWED = """
MATCH (:Referral {referralId: $id})-[e:DUPLICATE_OF]->(f:Referral) WHERE e.withdrawnAt IS NULL
RETURN collect([
  [e.owner, e.dataset, e.key], e.sensitivity, e.marked, e.author, e.madeAt, [f.owner, f.dataset, f.key]])"""


def referral(source: Source, marking: Marking, values: Mapping[str, Value | None]) -> NodeFact:
    """A referral with what it states; what is None is not stated."""
    stated = {name: value for name in OF_REFERRAL if (value := values.get(name)) is not None}
    return NodeFact(type=Node.REFERRAL, source=source, marking=marking, values=stated)


def entry(source: Source, of: NodeFact, values: Mapping[str, Value | None]) -> tuple[NodeFact, LinkFact]:
    """What somebody did with a referral, marked as it is, and the link to it."""
    stated = {name: value for name, value in values.items() if value is not None}
    made = NodeFact(type=Node.REFERRAL_ENTRY, source=source, marking=of.marking, values=stated)
    return made, LinkFact(type=Link.DONE_WITH, source=source, marking=of.marking, start=made.ref, end=of.ref)


async def followed(ask: Ask, ident: str, start: Ref) -> list[LinkFact]:
    """Find what a referral is stated to be a duplicate of, as it is stated and not withdrawn."""
    return [
        LinkFact(
            type=Link.DUPLICATE_OF,
            source=_source(own),
            marking=Marking(sensitivity=Sensitivity(sensitivity), protections=frozenset(map(Protection, marked))),
            start=start,
            end=Ref(type=Node.REFERRAL, source=_source(other)),
            values={"author": author, "madeAt": made_at},
        )
        for own, sensitivity, marked, author, made_at, other in await ask(FOLLOWED, {"id": ident})
    ]


def _source(parts: Sequence[str]) -> Source:
    owner, dataset, key = parts
    return Source(owner=owner, dataset=dataset, key=key)


def opened(case: NodeFact, of: Ref) -> LinkFact:
    """That a case was opened from a referral."""
    return LinkFact(type=Link.OPENED_FROM, source=case.source, marking=case.marking, start=case.ref, end=of)
