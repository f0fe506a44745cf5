"""The outbox: each change that people made, in the order in which they were made, for whoever has to hear of it."""

from dataclasses import dataclass

from graph.change import Change

POST = """
CREATE (:OutboxRecord {position: $position, act: $act, type: $type, subject: $subject, agency: $agency,
  author: $author, madeAt: $now})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Who did what to which thing."""

    act: str
    type: str
    subject: str
    agency: str
    author: str


async def post(change: Change, position: int, made: Made) -> None:
    """Tell of a change in its own transaction; `position` is the turn that it took, which no other has."""
    told = {"act": made.act, "type": made.type, "subject": made.subject, "agency": made.agency, "author": made.author}
    await change.tx.run(POST, {"position": position, "now": change.stamp.now, **told})
