"""Which dates make events: of a person, and of a case."""

from dataclasses import dataclass

from graph.columns import CHANGED
from graph.plan import Dated
from resolvers.shapes import WAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """Events of one kind: what dates them, by which column, over which connection, and the type of their subject."""

    kind: str
    dated: Dated
    column: str
    subject: str
    way: str | None = None


def _own(kind: str, subject: str, column: str) -> Dating:
    return Dating(kind=kind, dated=Dated.NODE, column=column, subject=subject)


def _link(kind: str, near: str, way: str, column: str = "lastSeen") -> Dating:
    return Dating(kind=kind, dated=Dated.LINK, column=column, subject=WAYS[near, way].target.value, way=way)


def _behind(kind: str, near: str, way: str, column: str) -> Dating:
    return Dating(kind=kind, dated=Dated.TARGET, column=column, subject=WAYS[near, way].target.value, way=way)


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
        *(_link("TIE_STATED", "Person", way, "statedAt") for way in ("siblings", "parents", "children", "associates")),
        _behind("CASE_OPENED", "Person", "cases", "openedOn"),
        _behind("CASE_CLOSED", "Person", "cases", "closedOn"),
    ),
    "Case": (
        _own("RECORD_ADDED", "Case", "firstSeen"),
        _own("RECORD_CHANGED", "Case", CHANGED),
        _own("CASE_OPENED", "Case", "openedOn"),
        _own("CASE_CLOSED", "Case", "closedOn"),
        _behind("ENTRY_MADE", "Case", "entries", "madeAt"),
        _behind("INCIDENT_HAPPENED", "Case", "incidents", "happenedOn"),
        _link("PERSON_CONCERNED", "Case", "people"),
        _link("PREMISES_CONCERNED", "Case", "premises"),
        _link("ESTABLISHMENT_CONCERNED", "Case", "establishments"),
        _link("AGENCY_TAKES_PART", "Case", "agencies"),
    ),
}
"""By the type that has a timeline."""
