"""Schools: the national register, their pupils, and what came before and after them."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import filters, orders
from schema.arguments import After, By, First, Over, Which
from schema.classified import classified
from schema.enums import DataClass
from schema.paging import Access, Connection, Node, unbound
from schema.people import Person
from schema.scalars import Date, GeoJSON, PhoneNumber, Postcode, Uprn, Urn

if TYPE_CHECKING:
    from schema.places import OccupiedConnection


@strawberry.federation.type(keys=["id", "urn"], description="A school, as the national register states it.")
class School(Node):
    urn: Urn | None = classified(DataClass.NON_PERSONAL, "Unique reference number.")
    name: str | None = classified(DataClass.NON_PERSONAL, "The school's name.")
    phase: str | None = classified(DataClass.NON_PERSONAL, "Phase of education, as registered.")
    school_type: str | None = classified(DataClass.NON_PERSONAL, "Type of establishment, as registered.")
    status: str | None = classified(DataClass.NON_PERSONAL, "Whether it is open, as registered.")
    opened_on: Date | None = classified(DataClass.NON_PERSONAL, "When it opened.")
    closed_on: Date | None = classified(DataClass.NON_PERSONAL, "When it closed.")
    lowest_age: int | None = classified(DataClass.NON_PERSONAL, "Youngest pupils, in years.")
    highest_age: int | None = classified(DataClass.NON_PERSONAL, "Oldest pupils, in years.")
    capacity: int | None = classified(DataClass.NON_PERSONAL, "How many pupils it has room for.")
    address: str | None = classified(DataClass.NON_PERSONAL, "Address.")
    postcode: Postcode | None = classified(DataClass.NON_PERSONAL, "Postcode.")
    ward: str | None = classified(DataClass.NON_PERSONAL, "Code of the ward.")
    lsoa: str | None = classified(DataClass.NON_PERSONAL, "Code of the output area, as registered.")
    uprn: Uprn | None = classified(DataClass.NON_PERSONAL, "Unique property reference number.")
    phone: PhoneNumber | None = classified(DataClass.NON_PERSONAL, "Telephone number.")
    website: str | None = classified(DataClass.NON_PERSONAL, "Website.")
    location: GeoJSON | None = classified(DataClass.NON_PERSONAL, "The point of the address.")
    access: Access = strawberry.field(description="What this viewer may see of it.")

    @strawberry.field(description="The premises that it occupies.")
    def premises(
        self,
        first: First,
        which: Which[filters.PremisesFilter] = None,
        order_by: By[orders.PremisesOrder] = orders.PremisesOrder.ID,
        after: After = None,
    ) -> Annotated["OccupiedConnection", strawberry.lazy("schema.places")]:
        return unbound()

    @strawberry.field(description="Its pupils, past and present.")
    def pupils(
        self,
        first: First,
        which: Which[filters.PersonFilter] = None,
        edge: Over[filters.SpanFilter] = None,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> "PupilConnection":
        return unbound()

    @strawberry.field(description="The schools that it took the place of.")
    def predecessors(
        self,
        first: First,
        which: Which[filters.SchoolFilter] = None,
        edge: Over[filters.SuccessionFilter] = None,
        order_by: By[orders.SchoolOrder] = orders.SchoolOrder.ID,
        after: After = None,
    ) -> "SuccessionConnection":
        return unbound()

    @strawberry.field(description="The schools that took its place.")
    def successors(
        self,
        first: First,
        which: Which[filters.SchoolFilter] = None,
        edge: Over[filters.SuccessionFilter] = None,
        order_by: By[orders.SchoolOrder] = orders.SchoolOrder.ID,
        after: After = None,
    ) -> "SuccessionConnection":
        return unbound()


@strawberry.type(description="A pupil of a school.")
class PupilEdge:
    node: Person = strawberry.field(description="The pupil.")
    since: Date | None = classified(DataClass.PERSONAL, "Since when.")
    until: Date | None = classified(DataClass.PERSONAL, "Until when; empty while it lasts.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Pupils of a school.")
class PupilConnection(Connection):
    edges: list[PupilEdge] = strawberry.field(description="The pupils of this page.")


@strawberry.type(description="A school of a pupil.")
class SchoolingEdge:
    node: School = strawberry.field(description="The school.")
    since: Date | None = classified(DataClass.PERSONAL, "Since when.")
    until: Date | None = classified(DataClass.PERSONAL, "Until when; empty while it lasts.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Schools of a pupil.")
class SchoolingConnection(Connection):
    edges: list[SchoolingEdge] = strawberry.field(description="The schools of this page.")


@strawberry.type(description="A school before or after another.")
class SuccessionEdge:
    node: School = strawberry.field(description="The other school.")
    on: Date | None = classified(DataClass.NON_PERSONAL, "When one took the other's place.")
    kind: str | None = classified(DataClass.NON_PERSONAL, "How, as registered: a merger, a split, an amalgamation.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Schools before or after another.")
class SuccessionConnection(Connection):
    edges: list[SuccessionEdge] = strawberry.field(description="The schools of this page.")


@strawberry.type(description="A school in a list.")
class SchoolEdge:
    node: School = strawberry.field(description="The school.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of schools.")
class SchoolConnection(Connection):
    edges: list[SchoolEdge] = strawberry.field(description="The schools of this page.")
