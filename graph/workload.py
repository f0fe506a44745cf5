"""How much is asked of whom, counted in the database over what a viewer may know of all that is counted."""

from collections.abc import Sequence

from graph.conditions import Alias
from graph.cypher import Statement
from graph.plan import Guard, Viewpoint
from graph.predicates import Parameters, guard, seen_from
from graph.vocabulary import Node, TaskStatus

COUNTED = ("agency", "team", "person", "status", "targetOn", "receivedAt", "answeredAt")
"""The fields by which tasks are counted: a task of which one is withheld is not."""
GROUPED = f"""
WITH n, n.status IN ['{TaskStatus.SENT}', '{TaskStatus.ACCEPTED}'] AS waits
WITH n.agency AS agency, n.team AS team, n.person AS person,
  sum(CASE WHEN n.status <> '{TaskStatus.FINISHED}' THEN 1 ELSE 0 END) AS open,
  sum(CASE WHEN waits THEN 1 ELSE 0 END) AS unanswered,
  sum(CASE WHEN waits AND n.targetOn < $day THEN 1 ELSE 0 END) AS overdue,
  min(CASE WHEN waits THEN n.receivedAt END) AS oldest,
  collect(CASE WHEN n.answeredAt >= $since THEN [n.receivedAt, n.answeredAt] END) AS answered
RETURN collect([agency, team, person, open, unanswered, overdue, oldest, answered])"""


def render_workload(guards: Sequence[Guard], since: str, viewpoint: Viewpoint) -> Statement:
    """Render a statement of one record: `[agency, team, person, open, unanswered, overdue, oldest, answered]` each.

    What was `answered` since a moment (RFC 3339) is told as `[received, answered]`.
    """
    parameters, alias = Parameters(), Alias(node="n")
    passed = " AND ".join(guard(one, Node.TASK, alias, parameters) for one in dict.fromkeys(guards))
    common = {**seen_from(viewpoint), "since": since}
    return Statement(text=f"MATCH (n:Task) WHERE {passed}{GROUPED}", parameters=common | parameters.values)
