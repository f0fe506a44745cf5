"""People: what several agencies' records tell of one person."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import filters, orders
from schema.agencies import Agency
from schema.arguments import After, By, First, Over, Which
from schema.classified import classified
from schema.enums import AssertionType, DataClass, Gender
from schema.paging import Access, Connection, Node, unbound
from schema.scalars import Date, DateTime, PartialDate, PhoneNumber, Postcode

if TYPE_CHECKING:
    from schema.cases import PersonCaseConnection
    from schema.places import ResidenceConnection
    from schema.schools import SchoolingConnection
    from schema.ties import ChildConnection, MembershipConnection, ParentConnection, SupervisionConnection
    from schema.timelines import TimelineConnection

CLAIMS = "What the statement claims to be, where it was made in the hub."


@strawberry.type(description="An agency that holds something about a person, and whom to ask there.")
class Holder:
    agency: Agency | None = strawberry.field(description="The agency.")
    contact: str | None = strawberry.field(description="Whom to ask.")
    last_seen: DateTime | None = strawberry.field(description="When its record last changed.")


@strawberry.interface(description="What is told of a person.")
class Personal(Node):
    given_name: str | None = classified(DataClass.PERSONAL, "Given name.", ladder=("initials", "full"), group="name")
    family_name: str | None = classified(DataClass.PERSONAL, "Family name.", ladder=("initials", "full"), group="name")
    aliases: list[str] | None = classified(DataClass.PERSONAL, "Other names in use.", group="name")
    date_of_birth: PartialDate | None = classified(
        DataClass.PERSONAL,
        "Date of birth, blurred to the year or decade where agreed.",
        ladder=("decade", "year", "full"),
    )
    gender: Gender | None = classified(DataClass.PERSONAL, "Gender as recorded.")
    address: str | None = classified(
        DataClass.PERSONAL,
        "Address, or the postcode, its outward part or the ward where it is blurred.",
        ladder=("ward", "postcode_district", "postcode", "full"),
        group="home",
    )
    postcode: Postcode | None = classified(
        DataClass.PERSONAL, "Postcode of the address.", ladder=("postcode_district", "full"), group="home"
    )
    ward: str | None = classified(DataClass.PERSONAL, "Code of the ward of the address.", group="home")
    phone: PhoneNumber | None = classified(DataClass.PERSONAL, "Telephone number.")
    email: str | None = classified(DataClass.PERSONAL, "E-mail address.")
    warning_markers: list[str] | None = classified(
        DataClass.CRIMINAL_OFFENCE, "Warnings for officers; `PRESENT` where only their existence is told.",
        ladder=("present", "full"),
    )  # fmt: skip
    nhs_number: str | None = classified(DataClass.SPECIAL_CATEGORY, "NHS number.")
    national_insurance_number: str | None = classified(DataClass.PERSONAL, "National Insurance number.")
    access: Access = strawberry.field(description="What this viewer may see of it.")


@strawberry.type(description="What one agency says of a person in one of its datasets.")
class PersonRecord(Personal):
    agency: Agency | None = strawberry.field(description="Whose record it is.")
    dataset: str = strawberry.field(description="The dataset it came with.")
    last_seen: DateTime | None = strawberry.field(description="When it last changed.")


@strawberry.federation.type(keys=["id"], description="Somebody, as told by every record that this viewer may see.")
class Person(Personal):
    known_to: list[Holder] = strawberry.field(description="Which agencies hold something about this person.")
    records: list[PersonRecord] = strawberry.field(description="Every visible record with its source.")

    @strawberry.field(description="Where the person lives or lived.")
    def residences(
        self,
        first: First,
        which: Which[filters.PremisesFilter] = None,
        edge: Over[filters.SpanFilter] = None,
        order_by: By[orders.PremisesOrder] = orders.PremisesOrder.ID,
        after: After = None,
    ) -> Annotated["ResidenceConnection", strawberry.lazy("schema.places")]:
        return unbound()

    @strawberry.field(description="Brothers and sisters, as agencies recorded them.")
    def siblings(
        self,
        first: First,
        which: Which[filters.PersonFilter] = None,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> "SiblingConnection":
        return unbound()

    @strawberry.field(description="Parents, as agencies recorded them.")
    def parents(
        self,
        first: First,
        which: Which[filters.PersonFilter] = None,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> Annotated["ParentConnection", strawberry.lazy("schema.ties")]:
        return unbound()

    @strawberry.field(description="Sons and daughters, as agencies recorded them.")
    def children(
        self,
        first: First,
        which: Which[filters.PersonFilter] = None,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> Annotated["ChildConnection", strawberry.lazy("schema.ties")]:
        return unbound()

    @strawberry.field(description="Schools where the person is or was a pupil.")
    def schools(
        self,
        first: First,
        which: Which[filters.SchoolFilter] = None,
        edge: Over[filters.SpanFilter] = None,
        order_by: By[orders.SchoolOrder] = orders.SchoolOrder.ID,
        after: After = None,
    ) -> Annotated["SchoolingConnection", strawberry.lazy("schema.schools")]:
        return unbound()

    @strawberry.field(description="Agencies that supervise or supervised the person.")
    def supervisions(
        self,
        first: First,
        which: Which[filters.AgencyFilter] = None,
        edge: Over[filters.SupervisionFilter] = None,
        order_by: By[orders.AgencyOrder] = orders.AgencyOrder.ID,
        after: After = None,
    ) -> Annotated["SupervisionConnection", strawberry.lazy("schema.ties")]:
        return unbound()

    @strawberry.field(description="Groups to which the person belongs or belonged.")
    def groups(
        self,
        first: First,
        which: Which[filters.GroupFilter] = None,
        edge: Over[filters.BeginningFilter] = None,
        order_by: By[orders.GroupOrder] = orders.GroupOrder.ID,
        after: After = None,
    ) -> Annotated["MembershipConnection", strawberry.lazy("schema.ties")]:
        return unbound()

    @strawberry.field(description="People in whose company an agency recorded this person.")
    def associates(
        self,
        first: First,
        which: Which[filters.PersonFilter] = None,
        edge: Over[filters.BeginningFilter] = None,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> "AssociateConnection":
        return unbound()

    @strawberry.field(description="Cases that concern this person.")
    def cases(
        self,
        first: First,
        which: Which[filters.CaseFilter] = None,
        edge: Over[filters.InvolvementFilter] = None,
        order_by: By[orders.CaseOrder] = orders.CaseOrder.ID,
        after: After = None,
    ) -> Annotated["PersonCaseConnection", strawberry.lazy("schema.cases")]:
        return unbound()

    @strawberry.field(description="What happened to the person, the latest first, as far as this viewer may know.")
    def timeline(
        self, first: First, after: After = None
    ) -> Annotated["TimelineConnection", strawberry.lazy("schema.timelines")]:
        return unbound()


@strawberry.type(description="A person in a list.")
class PersonEdge:
    node: Person = strawberry.field(description="The person.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of people.")
class PersonConnection(Connection):
    edges: list[PersonEdge] = strawberry.field(description="The people of this page.")


@strawberry.type(description="A brother or sister.")
class SiblingEdge:
    node: Person = strawberry.field(description="The sibling.")
    assertion_type: AssertionType | None = classified(DataClass.PERSONAL, CLAIMS)
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Brothers and sisters.")
class SiblingConnection(Connection):
    edges: list[SiblingEdge] = strawberry.field(description="The siblings of this page.")


@strawberry.type(description="Somebody in whose company a person was recorded.")
class AssociateEdge:
    node: Person = strawberry.field(description="The associate.")
    assertion_type: AssertionType | None = classified(DataClass.CRIMINAL_OFFENCE, CLAIMS)
    since: Date | None = classified(DataClass.CRIMINAL_OFFENCE, "Since when they were recorded together.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Associates.")
class AssociateConnection(Connection):
    edges: list[AssociateEdge] = strawberry.field(description="The associates of this page.")
