"""Incidents: crimes and anti-social behaviour as the police publish them."""

import strawberry

from schema.classified import classified
from schema.enums import DataClass
from schema.paging import Access, Connection, Node
from schema.scalars import GeoJSON


@strawberry.type(description="A crime or anti-social behaviour of one month, at a point that stands for a street.")
class Incident(Node):
    crime_id: str | None = classified(DataClass.NON_PERSONAL, "The published identifier of the crime; may repeat.")
    month: str | None = classified(DataClass.NON_PERSONAL, "The month, `2024-01`; days are not published.")
    category: str | None = classified(DataClass.NON_PERSONAL, "What kind of crime, as published.")
    outcome: str | None = classified(DataClass.NON_PERSONAL, "How it ended, as last published.")
    street: str | None = classified(DataClass.NON_PERSONAL, "On or near which street, as published.")
    reported_by: str | None = classified(DataClass.NON_PERSONAL, "The force that reported it.")
    falls_within: str | None = classified(DataClass.NON_PERSONAL, "The force whose figures it is counted in.")
    ward: str | None = classified(DataClass.NON_PERSONAL, "Code of the ward in which the point lies.")
    lsoa: str | None = classified(DataClass.NON_PERSONAL, "Code of the output area, as published.")
    location: GeoJSON | None = classified(
        DataClass.NON_PERSONAL, "A point that stands for many addresses: never the place of the crime itself."
    )
    access: Access = strawberry.field(description="What this viewer may see of it.")


@strawberry.type(description="An incident in a list.")
class IncidentEdge:
    node: Incident = strawberry.field(description="The incident.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of incidents.")
class IncidentConnection(Connection):
    edges: list[IncidentEdge] = strawberry.field(description="The incidents of this page.")
