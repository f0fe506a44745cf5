"""Agencies of the partnership, with their teams and points of contact."""

import strawberry

from schema import filters, orders
from schema.arguments import After, By, First, Which
from schema.classified import classified
from schema.enums import AgencyType, DataClass
from schema.paging import Access, Connection, Node, unbound
from schema.scalars import PhoneNumber, Urn


@strawberry.type(description="A team inside an agency.")
class Team(Node):
    name: str | None = classified(DataClass.NON_PERSONAL, "The team's name.")
    email: str | None = classified(DataClass.NON_PERSONAL, "The team's shared mailbox.")
    phone: PhoneNumber | None = classified(DataClass.NON_PERSONAL, "The team's telephone number.")
    access: Access = strawberry.field(description="What this viewer may see of it.")


@strawberry.type(description="A team of an agency.")
class TeamEdge:
    node: Team = strawberry.field(description="The team.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="An agency's teams.")
class TeamConnection(Connection):
    edges: list[TeamEdge] = strawberry.field(description="The teams of this page.")


@strawberry.federation.type(keys=["id", "code"], description="A partner agency.")
class Agency(Node):
    code: str | None = classified(DataClass.NON_PERSONAL, "The agency's code, as agreements write it.")
    name: str | None = classified(DataClass.NON_PERSONAL, "The agency's name.")
    agency_type: AgencyType | None = classified(DataClass.NON_PERSONAL, "What kind of agency it is.")
    urn: Urn | None = classified(DataClass.NON_PERSONAL, "A school's unique reference number.")
    contact_name: str | None = classified(DataClass.NON_PERSONAL, "Whom to ask first: a desk, not a person.")
    contact_email: str | None = classified(DataClass.NON_PERSONAL, "Where to write.")
    contact_phone: PhoneNumber | None = classified(DataClass.NON_PERSONAL, "Where to call.")
    access: Access = strawberry.field(description="What this viewer may see of it.")

    @strawberry.field(description="The agency's teams.")
    def teams(
        self,
        first: First,
        which: Which[filters.TeamFilter] = None,
        order_by: By[orders.TeamOrder] = orders.TeamOrder.ID,
        after: After = None,
    ) -> TeamConnection:
        return unbound()


@strawberry.type(description="An agency in a list.")
class AgencyEdge:
    node: Agency = strawberry.field(description="The agency.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of agencies.")
class AgencyConnection(Connection):
    edges: list[AgencyEdge] = strawberry.field(description="The agencies of this page.")
