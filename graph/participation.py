"""Which agencies take part in a case: links that follow from the case's own list."""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from graph import links
from graph.change import Change
from graph.records import LinkFact, NodeFact, Ref, Source
from graph.vocabulary import Link, Node
from policies.vocabulary import HUB

AGENCIES = "agencies"
"""The dataset in which the hub states the partner agencies, keyed by their codes."""
CLAIMS = """
UNWIND $ids AS id
MATCH (:Agency)-[e:PARTICIPATES_IN]->(:Case {caseId: id})
RETURN collect(e.sourceKey)"""


def agency(code: str) -> Ref:
    """The agency of that code."""
    return Ref(type=Node.AGENCY, source=Source(owner=HUB, dataset=AGENCIES, key=code))


def participations(case: NodeFact) -> Iterator[LinkFact]:
    """A link from each participant, owned and marked like the case."""
    for code in dict.fromkeys(_codes(case.values)):
        yield LinkFact(
            type=Link.PARTICIPATES_IN,
            source=Source(owner=case.source.owner, dataset=case.source.dataset, key=f"{case.source.key}/{code}"),
            marking=case.marking,
            start=agency(code),
            end=case.ref,
        )


async def end(change: Change, case_ids: Sequence[str], wanted: Container[str]) -> None:
    """Delete the participations of these cases that are not wanted any more; `wanted` is by name."""
    if not case_ids:
        return
    keys = await change.ask(CLAIMS, {"ids": case_ids})
    stored = {f"{Link.PARTICIPATES_IN}:{key}" for key in keys}
    if gone := sorted(name for name in stored if name not in wanted):
        await links.forget(change, gone)


def _codes(values: Mapping[str, Any]) -> list[str]:
    codes = values.get("participants", [])
    return codes if isinstance(codes, list) else []
