"""Cases: what agencies work on together."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import case_filters, filters, orders
from schema.agencies import Agency
from schema.arguments import After, By, First, Over, Which
from schema.classified import classified
from schema.enums import AssertionType, CaseRole, CaseStatus, ConsentStatus, DataClass, EntryKind
from schema.paging import Access, Connection, Node, unbound
from schema.people import Person
from schema.places import Establishment, Premises
from schema.scalars import Date, DateTime, GeoJSON

if TYPE_CHECKING:
    from schema.actions import CaseActionConnection
    from schema.case_incidents import CaseIncidentConnection
    from schema.referral_links import CaseReferralConnection
    from schema.risk import CaseRiskAssessmentConnection
    from schema.tasks import CaseTaskConnection
    from schema.timelines import TimelineConnection

_ROLES = "In which roles."
_EXTENT = ("extent_1km", "full")


@strawberry.federation.type(keys=["id"], description="A piece of work that several agencies share.")
class Case(Node):
    reference: str | None = classified(DataClass.PERSONAL, "The lead agency's own reference.")
    case_type: str | None = classified(DataClass.PERSONAL, "What the case is about.")
    status: CaseStatus | None = classified(DataClass.PERSONAL, "Whether it is open.")
    opened_on: Date | None = classified(DataClass.PERSONAL, "When it was opened.")
    closed_on: Date | None = classified(DataClass.PERSONAL, "When it was closed.")
    summary: str | None = classified(DataClass.CRIMINAL_OFFENCE, "What happened, in a few words.")
    closure_reason: str | None = classified(DataClass.CRIMINAL_OFFENCE, "Why it was closed.")
    lead_agency: str | None = classified(DataClass.PERSONAL, "The code of the agency that leads it.")
    consent_status: ConsentStatus | None = classified(
        DataClass.PERSONAL, "Whether whom it concerns agrees; asked again when another agency comes to lead it."
    )
    footprint: GeoJSON | None = classified(
        DataClass.PERSONAL,
        "The ground that it is about, or the grid squares around it where that is blurred.",
        ladder=_EXTENT,
        group="ground",
    )
    footprint_wards: list[str] | None = classified(
        DataClass.PERSONAL, "The codes of the wards that the footprint lies in.", group="ground"
    )
    area: int | None = classified(DataClass.PERSONAL, "The footprint's area in square metres.", group="ground")
    version: int | None = classified(
        DataClass.PERSONAL, "How often the case itself has changed; who changes it says from which version."
    )
    access: Access = strawberry.field(description="What this viewer may see of it.")

    @strawberry.field(description="People whom the case concerns, in roles.")
    def people(
        self,
        first: First,
        which: Which[filters.PersonFilter] = None,
        edge: Over[filters.InvolvementFilter] = None,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> "CasePersonConnection":
        return unbound()

    @strawberry.field(description="Premises that the case concerns.")
    def premises(
        self,
        first: First,
        which: Which[filters.PremisesFilter] = None,
        order_by: By[orders.PremisesOrder] = orders.PremisesOrder.ID,
        after: After = None,
    ) -> "CasePremisesConnection":
        return unbound()

    @strawberry.field(description="Establishments that the case concerns.")
    def establishments(
        self,
        first: First,
        which: Which[filters.EstablishmentFilter] = None,
        order_by: By[orders.EstablishmentOrder] = orders.EstablishmentOrder.ID,
        after: After = None,
    ) -> "CaseEstablishmentConnection":
        return unbound()

    @strawberry.field(description="Agencies that take part.")
    def agencies(
        self,
        first: First,
        which: Which[filters.AgencyFilter] = None,
        order_by: By[orders.AgencyOrder] = orders.AgencyOrder.ID,
        after: After = None,
    ) -> "CaseAgencyConnection":
        return unbound()

    @strawberry.field(description="What people did and noted in the case.")
    def entries(
        self,
        first: First,
        which: Which[case_filters.CaseEntryFilter] = None,
        order_by: By[orders.CaseEntryOrder] = orders.CaseEntryOrder.ID,
        after: After = None,
    ) -> "CaseEntryConnection":
        return unbound()

    @strawberry.field(description="What is to be done in the case, by whom and by when.")
    def actions(
        self,
        first: First,
        which: Which[case_filters.ActionFilter] = None,
        order_by: By[orders.ActionOrder] = orders.ActionOrder.ID,
        after: After = None,
    ) -> Annotated["CaseActionConnection", strawberry.lazy("schema.actions")]:
        return unbound()

    @strawberry.field(description="What happened that the case is about.")
    def incidents(
        self,
        first: First,
        which: Which[case_filters.CaseIncidentFilter] = None,
        order_by: By[orders.CaseIncidentOrder] = orders.CaseIncidentOrder.ID,
        after: After = None,
    ) -> Annotated["CaseIncidentConnection", strawberry.lazy("schema.case_incidents")]:
        return unbound()

    @strawberry.field(description="How high the risk is held to be to, or from, people in the case.")
    def risk_assessments(
        self,
        first: First,
        which: Which[case_filters.RiskAssessmentFilter] = None,
        order_by: By[orders.RiskAssessmentOrder] = orders.RiskAssessmentOrder.ID,
        after: After = None,
    ) -> Annotated["CaseRiskAssessmentConnection", strawberry.lazy("schema.risk")]:
        return unbound()

    @strawberry.field(description="Tasks that came up in the case, as far as this viewer may see them.")
    def tasks(
        self,
        first: First,
        which: Which[filters.TaskFilter] = None,
        order_by: By[orders.TaskOrder] = orders.TaskOrder.ID,
        after: After = None,
    ) -> Annotated["CaseTaskConnection", strawberry.lazy("schema.tasks")]:
        return unbound()

    @strawberry.field(description="Referrals from which the case was opened, as far as this viewer may see them.")
    def referrals(
        self,
        first: First,
        which: Which[filters.ReferralFilter] = None,
        order_by: By[orders.ReferralOrder] = orders.ReferralOrder.ID,
        after: After = None,
    ) -> Annotated["CaseReferralConnection", strawberry.lazy("schema.referral_links")]:
        return unbound()

    @strawberry.field(description="What happened in the case, the latest first, as far as this viewer may know.")
    def timeline(
        self, first: First, after: After = None
    ) -> Annotated["TimelineConnection", strawberry.lazy("schema.timelines")]:
        return unbound()


@strawberry.type(description="What somebody did or noted in a case; it is never changed.")
class CaseEntry(Node):
    kind: EntryKind | None = classified(DataClass.PERSONAL, "What was done.")
    made_at: DateTime | None = classified(DataClass.PERSONAL, "When.")
    author: str | None = classified(DataClass.PERSONAL, "Who did it, as their agency names them.")
    text: str | None = classified(DataClass.CRIMINAL_OFFENCE, "What was noted, or why it was done.")
    assertion_type: AssertionType | None = classified(DataClass.CRIMINAL_OFFENCE, "What a note claims to be.")
    footprint: GeoJSON | None = classified(
        DataClass.PERSONAL, "The footprint that was drawn, as of a case.", ladder=_EXTENT
    )
    access: Access = strawberry.field(description="What this viewer may see of it.")


@strawberry.type(description="An entry of a case.")
class CaseEntryEdge:
    node: CaseEntry = strawberry.field(description="The entry.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Entries of a case.")
class CaseEntryConnection(Connection):
    edges: list[CaseEntryEdge] = strawberry.field(description="The entries of this page.")


@strawberry.type(description="A person in a case.")
class CasePersonEdge:
    node: Person = strawberry.field(description="The person.")
    roles: list[CaseRole] | None = classified(DataClass.CRIMINAL_OFFENCE, _ROLES)
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="People in a case.")
class CasePersonConnection(Connection):
    edges: list[CasePersonEdge] = strawberry.field(description="The people of this page.")


@strawberry.type(description="Premises in a case.")
class CasePremisesEdge:
    node: Premises = strawberry.field(description="The premises.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Premises of a case.")
class CasePremisesConnection(Connection):
    edges: list[CasePremisesEdge] = strawberry.field(description="The premises of this page.")


@strawberry.type(description="An establishment in a case.")
class CaseEstablishmentEdge:
    node: Establishment = strawberry.field(description="The establishment.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Establishments of a case.")
class CaseEstablishmentConnection(Connection):
    edges: list[CaseEstablishmentEdge] = strawberry.field(description="The establishments of this page.")


@strawberry.type(description="An agency in a case.")
class CaseAgencyEdge:
    node: Agency = strawberry.field(description="The agency.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Agencies of a case.")
class CaseAgencyConnection(Connection):
    edges: list[CaseAgencyEdge] = strawberry.field(description="The agencies of this page.")


@strawberry.type(description="A case that concerns a person.")
class PersonCaseEdge:
    node: Case = strawberry.field(description="The case.")
    roles: list[CaseRole] | None = classified(DataClass.CRIMINAL_OFFENCE, _ROLES)
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Cases of a person.")
class PersonCaseConnection(Connection):
    edges: list[PersonCaseEdge] = strawberry.field(description="The cases of this page.")


@strawberry.type(description="A case that concerns a place.")
class PlaceCaseEdge:
    node: Case = strawberry.field(description="The case.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Cases of a place.")
class PlaceCaseConnection(Connection):
    edges: list[PlaceCaseEdge] = strawberry.field(description="The cases of this page.")


@strawberry.type(description="A case in a list.")
class CaseEdge:
    node: Case = strawberry.field(description="The case.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of cases.")
class CaseConnection(Connection):
    edges: list[CaseEdge] = strawberry.field(description="The cases of this page.")
