"""How people are tied to one another, as agencies state it in the hub."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.casework import DATASET
from graph.change import Change
from graph.conditions import Alias, expression
from graph.plan import Viewpoint
from graph.predicates import carried
from graph.vocabulary import Link, Node
from graph.work_vocabulary import PersonTie


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A link between records of two persons, by its claim, with the conditions that hold of the first of them."""

    claim: str
    facts: str
    conditions: Mapping[str, bool | None]
    said: Mapping[str, Any]


async def stated_ties(
    change: Change, kind: PersonTie, ends: tuple[str, str], conditions: Sequence[str], viewpoint: Viewpoint
) -> list[Tie]:
    """Find the ties of one kind that the viewer's agency stated in the hub from one person to another."""
    first = Alias(node="a", person="p", link="e")
    hold = ", ".join(expression(condition, Node.PERSON, first) for condition in conditions)
    start, end = ends
    rows = await change.ask(
        "MATCH (p:Person {personId: $start})<-[:ABOUT]-(a:PersonRecord)"
        f"-[e:{Link(kind)}]->(:PersonRecord)-[:ABOUT]->(:Person {{personId: $end}}) "
        "WHERE e.owner = $agency AND e.dataset = $dataset "
        f"RETURN collect([e.sourceKey, e.facts, [{hold}], properties(e)])",
        {
            "start": start,
            "end": end,
            "agency": viewpoint.agency,
            "wards": carried(viewpoint.wards),
            "day": viewpoint.day,
            "dataset": DATASET,
        },
    )
    return [
        Tie(
            claim=f"{Link(kind)}:{key}",
            facts=facts,
            conditions=dict(zip(conditions, held, strict=True)),
            said=said,
        )
        for key, facts, held, said in rows
    ]
