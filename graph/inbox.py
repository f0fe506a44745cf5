"""What came to an agency after a turn, in the order in which it came.

Of referrals all that moves their version comes to everybody, as agencies read those of others: what each sees is
decided as it is read. What an agency judged of whom a referral tells comes to that agency alone. A referral has its
place for each agency by what comes to that one, and nothing else moves it: who hears of what after what would otherwise
tell of the rest, and whoever leaves in between would miss it.
"""

from dataclasses import dataclass, field

from graph.change import TURNS, Ask
from graph.vocabulary import Node

MOST = 100
_PAGE = """
WITH n, at, concerns, moves ORDER BY at, n.{ident} LIMIT $most
RETURN collect([at, n.{ident}, concerns, moves])"""
_COMES = "WITH n, n.turn AS at, true AS concerns, true AS moves"
_REFERRAL_COMES = """
WITH n, CASE WHEN $agency IN n.agencies THEN n.toldTurn END AS told,
  [coalesce(n.versionTurn, n.turn)] +
  [one IN coalesce(n.judges, []) WHERE head(split(one, ' ')) = $agency | toInteger(last(split(one, ' ')))] AS turns
WITH n, told, reduce(latest = 0, turn IN turns | CASE WHEN turn > latest THEN turn ELSE latest END) AS moved
UNWIND CASE WHEN told < moved THEN [told, moved] ELSE [moved] END AS at
WITH n, at, coalesce(at = told, false) AS concerns, at = moved AS moves"""
"""Until something was judged of it, whatever is done with a referral moves its version."""
_AFTER = "(at > $turn OR (at = $turn AND n.{ident} > $id))"
_UNTOLD = "NOT (at = $turn AND n.{ident} IN $told)"
SINCE = {
    node: f"""
MATCH (n:{node.label}) WHERE n.turn >= $turn AND {whose} {comes}
WHERE {_AFTER.format(ident=node.id_property)} AND {_UNTOLD.format(ident=node.id_property)}
{_PAGE.format(ident=node.id_property)}"""
    for node, whose, comes in (
        (Node.TASK, "$agency IN n.agencies", _COMES),
        (Node.ALERT, "n.owner = $agency", _COMES),
        (Node.REFERRAL, "true", _REFERRAL_COMES),
    )
}
WAITING = f"""
MATCH (n:Alert {{status: 'RAISED'}}) WHERE n.owner = $agency {_COMES} WHERE {_AFTER.format(ident="alertId")}
{_PAGE.format(ident="alertId")}"""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Came:
    """A thing, and the turn with which it came.

    Those who are told of any change hear of it where it `moves`: was changed last, as far as that comes to the agency.
    All others do where it `concerns` the agency: what was done then did so last.
    """

    turn: int
    id: str
    concerns: bool = field(default=True, compare=False)
    moves: bool = field(default=True, compare=False)


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
    found = await ask(statement, given)
    return [Came(turn=turn, id=ident, concerns=concerns, moves=moves) for turn, ident, concerns, moves in found]
