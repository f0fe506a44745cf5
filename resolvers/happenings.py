"""Which dates make events: of a person, and of a case, of what is and of what somebody ended."""

from dataclasses import dataclass, replace

from graph.columns import CHANGED
from graph.plan import Dated, Direction
from graph.vocabulary import Link, Node
from resolvers.shapes import WAYS, Way

PATHS = WAYS | {("Case", "alerts"): Way(link=Link.TELLS_OF, direction=Direction.IN, target=Node.ALERT)}
"""Where events are found: over connections, and over what is none, as alerts are looked for in their own list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """Events of one kind: what dates them, by which column, over which connection, and the type of their subject.

    Where it `is_over`, the links are those that somebody ended. `beyond` leads on, from what the connection leads to.
    """

    kind: str
    dated: Dated
    column: str
    subject: str
    way: str | None = None
    beyond: str | None = None
    is_over: bool = False


def _own(kind: str, subject: str, column: str) -> Dating:
    return Dating(kind=kind, dated=Dated.NODE, column=column, subject=subject)


def _link(kind: str, near: str, way: str, column: str = "lastSeen") -> Dating:
    return Dating(kind=kind, dated=Dated.LINK, column=column, subject=WAYS[near, way].target.value, way=way)


def _over(kind: str, near: str, way: str, column: str = "lastSeen") -> Dating:
    return replace(_link(kind, near, way, column), is_over=True)


def _behind(kind: str, near: str, way: str, column: str) -> Dating:
    return Dating(kind=kind, dated=Dated.TARGET, column=column, subject=PATHS[near, way].target.value, way=way)


def _beyond(kind: str, near: str, way: str, beyond: str) -> Dating:
    midway = PATHS[near, way].target.value
    return replace(_behind(kind, midway, beyond, "madeAt"), way=way, beyond=beyond)


_TIES = ("siblings", "parents", "children", "associates")
HAPPENINGS: dict[str, tuple[Dating, ...]] = {
    "Person": (
        _own("RECORD_ADDED", "PersonRecord", "firstSeen"),
        _own("RECORD_CHANGED", "PersonRecord", CHANGED),
        _link("RESIDENCE_BEGAN", "Person", "residences", "since"),
        _link("RESIDENCE_ENDED", "Person", "residences", "until"),
        _link("SCHOOLING_BEGAN", "Person", "schools", "since"),
        _link("SCHOOLING_ENDED", "Person", "schools", "until"),
        _link("SUPERVISION_BEGAN", "Person", "supervisions", "since"),
        _link("SUPERVISION_ENDED", "Person", "supervisions", "until"),
        _link("MEMBERSHIP_BEGAN", "Person", "groups", "since"),
        _link("ASSOCIATION_BEGAN", "Person", "associates", "since"),
        *(_link("TIE_STATED", "Person", way, "statedAt") for way in _TIES),
        *(_over("TIE_STATED", "Person", way, "statedAt") for way in _TIES),
        *(_over("TIE_ENDED", "Person", way, "endedAt") for way in _TIES),
        _behind("CASE_OPENED", "Person", "cases", "openedOn"),
        _behind("CASE_CLOSED", "Person", "cases", "closedOn"),
        _over("INVOLVEMENT_ENDED", "Person", "cases", "endedAt"),
        _link("PERSON_CONCERNED", "Person", "cases"),
        _over("PERSON_CONCERNED", "Person", "cases"),
    ),
    "Case": (
        _own("RECORD_ADDED", "Case", "firstSeen"),
        _own("RECORD_CHANGED", "Case", CHANGED),
        _own("CASE_OPENED", "Case", "openedOn"),
        _own("CASE_CLOSED", "Case", "closedOn"),
        _behind("ENTRY_MADE", "Case", "entries", "madeAt"),
        _behind("INCIDENT_HAPPENED", "Case", "incidents", "happenedOn"),
        _link("PERSON_CONCERNED", "Case", "people"),
        _over("PERSON_CONCERNED", "Case", "people"),
        _link("PREMISES_CONCERNED", "Case", "premises"),
        _over("PREMISES_CONCERNED", "Case", "premises"),
        *(_over("INVOLVEMENT_ENDED", "Case", way, "endedAt") for way in ("people", "premises")),
        _link("ESTABLISHMENT_CONCERNED", "Case", "establishments"),
        _link("AGENCY_TAKES_PART", "Case", "agencies"),
        _behind("REFERRAL_RECEIVED", "Case", "referrals", "receivedAt"),
        _beyond("REFERRAL_HANDLED", "Case", "referrals", "entries"),
        _behind("TASK_SENT", "Case", "tasks", "sentAt"),
        _beyond("TASK_HANDLED", "Case", "tasks", "entries"),
        _behind("ALERT_RAISED", "Case", "alerts", "raisedAt"),
        _behind("ALERT_ACKNOWLEDGED", "Case", "alerts", "acknowledgedAt"),
    ),
}
"""By the type that has a timeline."""
