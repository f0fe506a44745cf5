"""Ties of people beyond home and company: family, supervision, and the groups that they act in."""

import strawberry

from schema import filters, orders
from schema.agencies import Agency
from schema.arguments import After, By, First, Over, Which
from schema.classified import classified
from schema.enums import AssertionType, DataClass
from schema.paging import Access, Connection, Node, unbound
from schema.people import CLAIMS, Person
from schema.scalars import Date


@strawberry.type(description="People who act together, as an agency holds it: a gang, a crew.")
class Group(Node):
    name: str | None = classified(DataClass.CRIMINAL_OFFENCE, "What it is called.")
    group_type: str | None = classified(DataClass.CRIMINAL_OFFENCE, "What kind of group it is.")
    access: Access = strawberry.field(description="What this viewer may see of it.")

    @strawberry.field(description="Who belongs or belonged to it.")
    def members(
        self,
        first: First,
        which: Which[filters.PersonFilter] = None,
        edge: Over[filters.BeginningFilter] = None,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> "MemberConnection":
        return unbound()


@strawberry.type(description="A parent.")
class ParentEdge:
    node: Person = strawberry.field(description="The parent.")
    assertion_type: AssertionType | None = classified(DataClass.PERSONAL, CLAIMS)
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Parents, as agencies recorded them.")
class ParentConnection(Connection):
    edges: list[ParentEdge] = strawberry.field(description="The parents of this page.")


@strawberry.type(description="A son or daughter.")
class ChildEdge:
    node: Person = strawberry.field(description="The son or daughter, of whatever age.")
    assertion_type: AssertionType | None = classified(DataClass.PERSONAL, CLAIMS)
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Sons and daughters, as agencies recorded them.")
class ChildConnection(Connection):
    edges: list[ChildEdge] = strawberry.field(description="The sons and daughters of this page.")


@strawberry.type(description="An agency that supervises a person.")
class SupervisionEdge:
    node: Agency = strawberry.field(description="The agency.")
    since: Date | None = classified(DataClass.CRIMINAL_OFFENCE, "Since when.")
    until: Date | None = classified(DataClass.CRIMINAL_OFFENCE, "Until when; empty while it lasts.")
    order: str | None = classified(DataClass.CRIMINAL_OFFENCE, "Under which order or licence.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Agencies that supervise a person.")
class SupervisionConnection(Connection):
    edges: list[SupervisionEdge] = strawberry.field(description="The supervisions of this page.")


@strawberry.type(description="A group of a person.")
class MembershipEdge:
    node: Group = strawberry.field(description="The group.")
    since: Date | None = classified(DataClass.CRIMINAL_OFFENCE, "Since when.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Groups of a person.")
class MembershipConnection(Connection):
    edges: list[MembershipEdge] = strawberry.field(description="The groups of this page.")


@strawberry.type(description="A member of a group.")
class MemberEdge:
    node: Person = strawberry.field(description="The member.")
    since: Date | None = classified(DataClass.CRIMINAL_OFFENCE, "Since when.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Members of a group.")
class MemberConnection(Connection):
    edges: list[MemberEdge] = strawberry.field(description="The members of this page.")


@strawberry.type(description="A group in a list.")
class GroupEdge:
    node: Group = strawberry.field(description="The group.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of groups.")
class GroupConnection(Connection):
    edges: list[GroupEdge] = strawberry.field(description="The groups of this page.")
