"""Referrals that turn out to be intelligence: stated in its dataset, which others are not shown, under the same ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import links, referrals
from graph.casework import Target
from graph.change import Ask, Change
from graph.nodes import Held
from graph.records import LinkFact, Marking, NodeFact, Ref, Source, Value
from graph.referring import INTELLIGENCE
from graph.sheets import SHEETS
from graph.vocabulary import Link, Node
from policies.vocabulary import Protection, Sensitivity

MARKED = Sensitivity.OFFICIAL_SENSITIVE
"""How intelligence is marked that nobody has graded."""
OF_ENTRY = (*SHEETS[Node.REFERRAL_ENTRY], "agencies")
OF_NAMED = ("author", "madeAt", "reason")
NAMED = """
MATCH (:Referral {referralId: $id})-[e:REFERS_TO]->(r:PersonRecord)
RETURN collect([properties(e), [r.owner, r.dataset, r.key]])"""
PLACED = """
MATCH (:Referral {referralId: $id})-[e:HAPPENS_AT]->(m:Premises)
RETURN collect([properties(e), [m.owner, m.dataset, m.key]])"""
LIKENED = """
MATCH (:Referral {referralId: $id})<-[e:LIKENED_IN]-(r:PersonRecord)
RETURN collect([properties(e), [r.owner, r.dataset, r.key]])"""
ENTRIES = """
MATCH (:Referral {referralId: $id})<-[e:DONE_WITH]-(n:ReferralEntry)
RETURN collect([properties(e), properties(n)])"""
TIES = """
MATCH (:Referral {referralId: $id})-[e]-()
WHERE type(e) IN ['REFERS_TO', 'HAPPENS_AT', 'LIKENED_IN', 'DONE_WITH', 'RESEMBLES']
RETURN collect(DISTINCT [type(e), e.sourceKey])"""
Properties = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A referral in the dataset of intelligence with its entries and links; `found` are the nodes that they replace."""

    referral: NodeFact
    facts: Sequence[NodeFact | LinkFact]
    found: Mapping[Ref, Held]


async def intelligence_of(ask: Ask, referral: Target, values: Mapping[str, Value | None]) -> Moved:
    """Word a referral as intelligence, with whom and where it names, likenesses of whom it describes, and entries."""
    fact = referrals.referral(_source(referral.properties), _marking(referral.properties, "stated"), values)
    given = {"id": referral.id}
    facts: list[NodeFact | LinkFact] = [fact]
    found = {fact.ref: referral.held}
    for edge, record in await ask(NAMED, given):
        facts.append(_link(Link.REFERS_TO, edge, fact.ref, _end(Node.PERSON, record)))
    for edge, place in await ask(PLACED, given):
        facts.append(_link(Link.HAPPENS_AT, edge, fact.ref, _end(Node.PREMISES, place)))
    for edge, record in await ask(LIKENED, given):
        facts.append(_link(Link.LIKENED_IN, edge, _end(Node.PERSON, record), fact.ref))
    for edge, node in await ask(ENTRIES, given):
        entry = _entry(node)
        found[entry.ref] = Held(id=node["referralEntryId"], fingerprint=node["fingerprint"], facts=node["facts"])
        facts += [entry, _link(Link.DONE_WITH, edge, entry.ref, fact.ref)]
    return Moved(referral=fact, facts=facts, found=found)


async def withdraw_ties(change: Change, ident: str, how: Mapping[str, str]) -> None:
    """End what ties a referral to anything in the dataset where it stood; how and by whom stays with each claim."""
    ties = await change.ask(TIES, {"id": ident})
    await links.end(change, [f"{kind}:{key}" for kind, key in ties], how)


def _entry(node: Properties) -> NodeFact:
    values = {name: node[name] for name in OF_ENTRY if node.get(name) is not None}
    marking = _marking(node, "stated")
    return NodeFact(type=Node.REFERRAL_ENTRY, source=_source(node), marking=marking, values={**values, "agencies": []})


def _link(kind: Link, edge: Properties, start: Ref, end: Ref) -> LinkFact:
    values = {name: edge[name] for name in OF_NAMED if edge.get(name) is not None}
    return LinkFact(
        type=kind, source=_source(edge), marking=_marking(edge, "marked"), start=start, end=end, values=values
    )


def _end(kind: Node, parts: Sequence[str]) -> Ref:
    owner, dataset, key = parts
    return Ref(type=kind, source=Source(owner=owner, dataset=dataset, key=key))


def _source(held: Properties) -> Source:
    return Source(owner=held["owner"], dataset=INTELLIGENCE, key=held["key"])


def _marking(held: Properties, protections: str) -> Marking:
    return Marking(sensitivity=MARKED, protections=frozenset(map(Protection, held[protections])))
