"""What came to an agency after a turn, in the order in which it came.

Of referrals all that moves their version comes to everybody, as agencies read those of others: what each sees is
decided as it is read. What an agency judged of whom a referral tells comes to that agency alone.
"""

from dataclasses import dataclass, field

from graph.change import TURNS, Ask
from graph.vocabulary import Node

MOST = 100
_PAGE = """
WITH n ORDER BY n.turn, n.{ident} LIMIT $most RETURN collect([n.turn, n.{ident}, {concerns}])"""
_AFTER = "(n.turn > $turn OR (n.turn = $turn AND n.{ident} > $id))"
_UNTOLD = "NOT (n.turn = $turn AND n.{ident} IN $told)"
_EVERYBODY = "true"
_LATER = "({0} > $turn OR {0} = $turn AND NOT n.referralId IN $told)"
_CONCERNED = f"""
  $agency IN n.agencies AND coalesce({_LATER.format("n.toldTurn")}, false)"""
_MOVED = f"({_LATER.format('coalesce(n.versionTurn, n.turn)')} OR coalesce(n.judge = $agency, false))"
"""Until something was judged of it, whatever is done with a referral moves its version."""
SINCE = {
    node: f"""
MATCH (n:{node.label}) WHERE n.turn >= $turn AND {_AFTER.format(ident=node.id_property)}
  AND {_UNTOLD.format(ident=node.id_property)} AND {whose}
{_PAGE.format(ident=node.id_property, concerns=concerns)}"""
    for node, whose, concerns in (
        (Node.TASK, "$agency IN n.agencies", _EVERYBODY),
        (Node.ALERT, "n.owner = $agency", _EVERYBODY),
        (Node.REFERRAL, _MOVED, _CONCERNED),
    )
}
WAITING = f"""
MATCH (n:Alert {{status: 'RAISED'}}) WHERE {_AFTER.format(ident="alertId")} AND n.owner = $agency
{_PAGE.format(ident="alertId", concerns=_EVERYBODY)}"""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Came:
    """A thing, and the turn with which it came.

    Whether what was done with it `concerns` the agency: otherwise those alone hear of it who are told of any change.
    """

    turn: int
    id: str
    concerns: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """How far somebody has read: up to something, and what was `told` since of the turn with which that came.

    What came with one turn may come to be seen piece by piece, and not in the order of ids.
    """

    last: Came
    told: frozenset[str] = frozenset()

    def on(self, came: Came) -> "Read":
        """Read on: something was told."""
        if came.turn == self.last.turn:
            return Read(last=self.last, told=self.told | {came.id})
        return Read(last=Came(turn=came.turn, id=""), told=frozenset({came.id}))


async def since(ask: Ask, kind: Node, agency: str, read: Read) -> list[Came]:
    """Tell what there is beyond what was read, the next hundred: tasks with which something was done, or alerts."""
    return await _page(ask, SINCE[kind], agency, read.last, told=sorted(read.told))


async def waiting(ask: Ask, agency: str, last: Came) -> list[Came]:
    """Tell which alerts nobody has taken notice of, the next hundred after one."""
    return await _page(ask, WAITING, agency, last)


async def turns(ask: Ask) -> int:
    """How many turns were taken: what comes from now on comes with a later one."""
    return int(await ask(TURNS, {}))


async def _page(ask: Ask, statement: str, agency: str, last: Came, **more: list[str]) -> list[Came]:
    given = {"agency": agency, "turn": last.turn, "id": last.id, "most": MOST, **more}
    return [Came(turn=turn, id=ident, concerns=concerns) for turn, ident, concerns in await ask(statement, given)]
