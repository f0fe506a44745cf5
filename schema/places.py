"""Places: premises, and the establishments and schools in them."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import filters, orders
from schema.arguments import After, By, First, Over, Which
from schema.classified import classified
from schema.enums import DataClass
from schema.paging import Access, Connection, Node, unbound
from schema.people import Person
from schema.scalars import Date, GeoJSON, Postcode, Uprn
from schema.schools import School

if TYPE_CHECKING:
    from schema.cases import PlaceCaseConnection

_LOCATION = ("grid_1km", "grid_100m", "full")
_ADDRESS = ("ward", "postcode_district", "postcode", "full")


@strawberry.federation.type(keys=["id"], description="A place, as one agency's dataset states it.")
class Premises(Node):
    name: str | None = classified(DataClass.PERSONAL, "The place's name.", group="place")
    address: str | None = classified(
        DataClass.PERSONAL,
        "Address, or the postcode, its outward part or the ward where it is blurred.",
        ladder=_ADDRESS,
        group="place",
    )
    postcode: Postcode | None = classified(
        DataClass.PERSONAL, "Postcode.", ladder=("postcode_district", "full"), group="place"
    )
    ward: str | None = classified(DataClass.PERSONAL, "Code of the ward.", group="place")
    uprn: Uprn | None = classified(DataClass.PERSONAL, "Unique property reference number.", group="place")
    location: GeoJSON | None = classified(
        DataClass.PERSONAL, "The point, or the grid square where it is blurred.", ladder=_LOCATION, group="place"
    )
    access: Access = strawberry.field(description="What this viewer may see of it.")

    @strawberry.field(description="Who lives or lived here.")
    def residents(
        self,
        first: First,
        which: Which[filters.PersonFilter] = None,
        edge: Over[filters.SpanFilter] = None,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> "ResidentConnection":
        return unbound()

    @strawberry.field(description="Businesses and venues in these premises.")
    def occupants(
        self,
        first: First,
        which: Which[filters.EstablishmentFilter] = None,
        order_by: By[orders.EstablishmentOrder] = orders.EstablishmentOrder.ID,
        after: After = None,
    ) -> "OccupantConnection":
        return unbound()

    @strawberry.field(description="Schools in these premises.")
    def schools(
        self,
        first: First,
        which: Which[filters.SchoolFilter] = None,
        order_by: By[orders.SchoolOrder] = orders.SchoolOrder.ID,
        after: After = None,
    ) -> "PremisesSchoolConnection":
        return unbound()

    @strawberry.field(description="Cases that concern this place.")
    def cases(
        self,
        first: First,
        which: Which[filters.CaseFilter] = None,
        order_by: By[orders.CaseOrder] = orders.CaseOrder.ID,
        after: After = None,
    ) -> Annotated["PlaceCaseConnection", strawberry.lazy("schema.cases")]:
        return unbound()


@strawberry.federation.type(keys=["id"], description="A business or venue that the public can visit.")
class Establishment(Node):
    name: str | None = classified(DataClass.NON_PERSONAL, "The trading name.")
    business_type: str | None = classified(DataClass.NON_PERSONAL, "What kind of business it is.")
    address: str | None = classified(DataClass.NON_PERSONAL, "Business address.")
    postcode: Postcode | None = classified(DataClass.NON_PERSONAL, "Postcode of the business address.")
    ward: str | None = classified(DataClass.NON_PERSONAL, "Code of the ward of the business address.")
    location: GeoJSON | None = classified(DataClass.NON_PERSONAL, "The point of the business address.")
    rating_value: str | None = classified(DataClass.NON_PERSONAL, "Food hygiene rating: 0 to 5, or a word.")
    rating_date: Date | None = classified(DataClass.NON_PERSONAL, "When it was rated.")
    hygiene_score: int | None = classified(DataClass.NON_PERSONAL, "Demerits for hygiene; 0 is best.")
    structural_score: int | None = classified(DataClass.NON_PERSONAL, "Demerits for the structure; 0 is best.")
    confidence_score: int | None = classified(
        DataClass.NON_PERSONAL, "Demerits for confidence in management; 0 is best."
    )
    access: Access = strawberry.field(description="What this viewer may see of it.")

    @strawberry.field(description="The premises that it occupies.")
    def premises(
        self,
        first: First,
        which: Which[filters.PremisesFilter] = None,
        order_by: By[orders.PremisesOrder] = orders.PremisesOrder.ID,
        after: After = None,
    ) -> "OccupiedConnection":
        return unbound()

    @strawberry.field(description="Cases that concern this establishment.")
    def cases(
        self,
        first: First,
        which: Which[filters.CaseFilter] = None,
        order_by: By[orders.CaseOrder] = orders.CaseOrder.ID,
        after: After = None,
    ) -> Annotated["PlaceCaseConnection", strawberry.lazy("schema.cases")]:
        return unbound()


@strawberry.type(description="Premises where a person lives or lived.")
class ResidenceEdge:
    node: Premises = strawberry.field(description="The premises.")
    since: Date | None = classified(DataClass.PERSONAL, "Since when.", group="home")
    until: Date | None = classified(DataClass.PERSONAL, "Until when; empty while it lasts.", group="home")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Somebody who lives or lived in premises.")
class ResidentEdge:
    node: Person = strawberry.field(description="The resident.")
    since: Date | None = classified(DataClass.PERSONAL, "Since when.", group="home")
    until: Date | None = classified(DataClass.PERSONAL, "Until when; empty while it lasts.", group="home")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="An establishment in premises.")
class OccupantEdge:
    node: Establishment = strawberry.field(description="The establishment.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="A school in premises.")
class PremisesSchoolEdge:
    node: School = strawberry.field(description="The school.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Schools in premises.")
class PremisesSchoolConnection(Connection):
    edges: list[PremisesSchoolEdge] = strawberry.field(description="The schools of this page.")


@strawberry.type(description="Premises that an establishment or a school occupies.")
class OccupiedEdge:
    node: Premises = strawberry.field(description="The premises.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Where a person lives or lived.")
class ResidenceConnection(Connection):
    edges: list[ResidenceEdge] = strawberry.field(description="The residences of this page.")


@strawberry.type(description="Who lives or lived in premises.")
class ResidentConnection(Connection):
    edges: list[ResidentEdge] = strawberry.field(description="The residents of this page.")


@strawberry.type(description="Establishments in premises.")
class OccupantConnection(Connection):
    edges: list[OccupantEdge] = strawberry.field(description="The occupants of this page.")


@strawberry.type(description="Premises of an establishment or a school.")
class OccupiedConnection(Connection):
    edges: list[OccupiedEdge] = strawberry.field(description="The premises of this page.")


@strawberry.type(description="Premises in a list.")
class PremisesEdge:
    node: Premises = strawberry.field(description="The premises.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of premises.")
class PremisesConnection(Connection):
    edges: list[PremisesEdge] = strawberry.field(description="The premises of this page.")


@strawberry.type(description="An establishment in a list.")
class EstablishmentEdge:
    node: Establishment = strawberry.field(description="The establishment.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of establishments.")
class EstablishmentConnection(Connection):
    edges: list[EstablishmentEdge] = strawberry.field(description="The establishments of this page.")
