"""What people do with alerts."""

from collections.abc import Mapping

from graph.records import NodeFact
from graph.sheets import SHEETS
from graph.vocabulary import AlertStatus, Node
from graph.writer import state
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed
from resolvers.acting.inputs import Given

MOST = 100


async def _acknowledge(acting: Acting, given: Given) -> tuple[str, ...]:
    """Note who took notice and when; of what was acknowledged before nothing changes."""
    asked = given.values["ids"]
    idents, facts = tuple(dict.fromkeys(asked)), []
    for ident in idents:
        alert = await acting.find(Node.ALERT, ident, "input", "ids", str(asked.index(ident)))
        acting.require("acknowledge", Node.ALERT, alert)
        if alert.properties["status"] == AlertStatus.RAISED:
            noted = {
                "status": AlertStatus.ACKNOWLEDGED.value,
                "acknowledgedAt": acting.change.stamp.now,
                "acknowledgedBy": acting.viewer.principal.subject,
            }
            names = (*SHEETS[Node.ALERT], "turn")
            known = {name: alert.properties[name] for name in names if name in alert.properties}
            facts.append(NodeFact(type=Node.ALERT, source=alert.source, marking=alert.marking, values=known | noted))
    await state(acting.change, facts)
    return idents


def _check(given: Given) -> None:
    if not 1 <= len(given.values["ids"]) <= MOST:
        given.refuse("ids", f"names 1 to {MOST} alerts")


DEEDS: Mapping[str, Deed] = {
    "acknowledgeAlerts": Deed(
        act="acknowledge", node=Node.ALERT, done="AlertsAcknowledged", check=_check, do=_acknowledge
    )
}
"""By the mutation's name in the contract."""
