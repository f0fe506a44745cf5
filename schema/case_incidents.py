"""Incidents of cases: what happened, as those who work on a case write it down."""

import strawberry

from schema.classified import classified
from schema.enums import AsbHeading, DataClass, NsirQualifier
from schema.paging import Access, Connection, Node
from schema.scalars import Date, GeoJSON

_LOCATION = ("grid_1km", "grid_100m", "full")


@strawberry.type(description="Something that happened, which a case is about.")
class CaseIncident(Node):
    heading: AsbHeading | None = classified(DataClass.CRIMINAL_OFFENCE, "What kind of behaviour it is.")
    qualifier: NsirQualifier | None = classified(DataClass.CRIMINAL_OFFENCE, "Whom this one harms.")
    happened_on: Date | None = classified(DataClass.PERSONAL, "On which day.")
    text: str | None = classified(DataClass.CRIMINAL_OFFENCE, "What happened.")
    ward: str | None = classified(DataClass.PERSONAL, "The code of the ward of the pin.", group="scene")
    location: GeoJSON | None = classified(
        DataClass.PERSONAL, "The pin, or the grid square where it is blurred.", ladder=_LOCATION, group="scene"
    )
    access: Access = strawberry.field(description="What this viewer may see of it.")


@strawberry.type(description="An incident of a case.")
class CaseIncidentEdge:
    node: CaseIncident = strawberry.field(description="The incident.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Incidents of a case.")
class CaseIncidentConnection(Connection):
    edges: list[CaseIncidentEdge] = strawberry.field(description="The incidents of this page.")


@strawberry.input(description="Something that happened, which a case is about.")
class AddIncidentInput:
    idempotency_key: str = strawberry.field(
        description="A text of the client's own, 8 to 200 characters, by which it may ask again."
    )
    id: strawberry.ID = strawberry.field(description="The case's id.")
    heading: AsbHeading = strawberry.field(description="What kind of behaviour it is.")
    qualifier: NsirQualifier = strawberry.field(description="Whom this one harms, whatever others of its kind do.")
    happened_on: Date = strawberry.field(description="On which day, today or earlier.")
    text: str = strawberry.field(description="What happened, 20,000 characters at the most.")
    pin: GeoJSON | None = strawberry.field(
        description="Where: a point inside the area of the partnership.", default=None
    )
