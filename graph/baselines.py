"""What was referred in a time, of which a viewer may know all that is counted."""

from collections.abc import Sequence

from graph.conditions import Alias
from graph.cypher import Statement
from graph.plan import Guard, Viewpoint
from graph.predicates import Parameters, guard, seen_from
from graph.vocabulary import Node

COUNTED = ("receivedAt", "headings", "ward", "route", "source", "triagedAt", "returnedAt")
"""The fields by which referrals are counted, as they stand in a row: of which one is withheld is not."""


def render_baselines(guards: Sequence[Guard], since: str, until: str, viewpoint: Viewpoint) -> Statement:
    """Render a statement of one record: a row of what is `COUNTED` for each that was received from one moment on.

    The other moment is the first that is too late (both in UTC, without the `Z`, which would come after its fractions).
    """
    parameters, alias = Parameters(), Alias(node="n")
    passed = " AND ".join(guard(one, Node.REFERRAL, alias, parameters) for one in dict.fromkeys(guards))
    common = {**seen_from(viewpoint), "since": since, "until": until}
    row = ", ".join(f"n.{name}" for name in COUNTED)
    within = "n.receivedAt >= $since AND n.receivedAt < $until"
    text = f"MATCH (n:Referral) WHERE {within} AND {passed} RETURN collect([{row}])"
    return Statement(text=text, parameters=common | parameters.values)
