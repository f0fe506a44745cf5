"""What came to an agency after a turn, in the order in which it came."""

from dataclasses import dataclass

from graph.change import TURNS, Ask
from graph.vocabulary import Node

MOST = 100
_PAGE = """
WITH n ORDER BY n.turn, n.{ident} LIMIT $most RETURN collect([n.turn, n.{ident}])"""
_AFTER = "(n.turn > $turn OR (n.turn = $turn AND n.{ident} > $id))"
SINCE = {
    Node.TASK: f"""
MATCH (n:Task) WHERE n.turn >= $turn AND {_AFTER.format(ident="taskId")} AND $agency IN n.agencies
{_PAGE.format(ident="taskId")}""",
    Node.ALERT: f"""
MATCH (n:Alert) WHERE n.turn >= $turn AND {_AFTER.format(ident="alertId")} AND n.owner = $agency
{_PAGE.format(ident="alertId")}""",
}
WAITING = f"""
MATCH (n:Alert {{status: 'RAISED'}}) WHERE {_AFTER.format(ident="alertId")} AND n.owner = $agency
{_PAGE.format(ident="alertId")}"""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Came:
    """A thing, and the turn with which it came."""

    turn: int
    id: str


async def since(ask: Ask, kind: Node, agency: str, last: Came) -> list[Came]:
    """Tell what came after something, the next hundred: tasks with which something was done, or alerts."""
    return await _page(ask, SINCE[kind], agency, last)


async def waiting(ask: Ask, agency: str, last: Came) -> list[Came]:
    """Tell which alerts nobody has taken notice of, the next hundred after one."""
    return await _page(ask, WAITING, agency, last)


async def turns(ask: Ask) -> int:
    """How many turns were taken: what comes from now on comes with a later one."""
    return int(await ask(TURNS, {}))


async def _page(ask: Ask, statement: str, agency: str, last: Came) -> list[Came]:
    given = {"agency": agency, "turn": last.turn, "id": last.id, "most": MOST}
    return [Came(turn=turn, id=ident) for turn, ident in await ask(statement, given)]
