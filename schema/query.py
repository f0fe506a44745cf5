"""The root of every question."""

from typing import Annotated

import strawberry

from schema import filters, orders
from schema.agencies import Agency, AgencyConnection
from schema.alerts import Alert, AlertConnection
from schema.areas import Lsoa, LsoaConnection, Ward, WardConnection
from schema.arguments import After, By, First, Id, Ids, Which
from schema.baselines import Baselines
from schema.cases import Case, CaseConnection
from schema.governance import Agreement, AgreementConnection, ImportRun, ImportRunConnection, Me
from schema.incidents import Incident, IncidentConnection
from schema.paging import Node, unbound
from schema.people import Person, PersonConnection
from schema.places import (
    Establishment,
    EstablishmentConnection,
    Premises,
    PremisesConnection,
)
from schema.referrals import Referral, ReferralConnection
from schema.risk import RiskTemplate
from schema.scalars import Date
from schema.schools import School, SchoolConnection
from schema.tasks import Absence, AbsenceConnection, Task, TaskConnection, Workload, WorkloadBy
from schema.ties import Group, GroupConnection
from schema.triage import TriageCriteria

_BY = strawberry.argument(description="Whose tasks are counted together.")
_FROM = strawberry.argument(name="from", description="The first day.")
_TO = strawberry.argument(name="to", description="The last day, at most two years later.")
_WHICH = strawberry.argument(name="filter", description="Which ones.")


@strawberry.type(description="Questions. Each is answered as far as the sharing agreements let this viewer see.")
class Query:
    @strawberry.field(description="Who is asking.")
    def me(self) -> Me:
        return unbound()

    @strawberry.field(description="Anything, by its id.")
    def node(self, id: Id) -> Node | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Several things, by their ids, in the order asked for; null where there is none.")
    def nodes(self, ids: Ids) -> list[Node | None]:
        return unbound()

    @strawberry.field(description="A person. A retired id answers with the person that took its place.")
    def person(self, id: Id) -> Person | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="People. The filter must narrow: nobody browses a borough.")
    def people(
        self,
        which: Annotated[filters.PersonFilter, _WHICH],
        first: First,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> PersonConnection:
        return unbound()

    @strawberry.field(description="Premises, by id.")
    def premises(self, id: Id) -> Premises | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Premises.")
    def premises_list(
        self,
        first: First,
        which: Which[filters.PremisesFilter] = None,
        order_by: By[orders.PremisesOrder] = orders.PremisesOrder.ID,
        after: After = None,
    ) -> PremisesConnection:
        return unbound()

    @strawberry.field(description="An establishment, by id.")
    def establishment(self, id: Id) -> Establishment | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Establishments.")
    def establishments(
        self,
        first: First,
        which: Which[filters.EstablishmentFilter] = None,
        order_by: By[orders.EstablishmentOrder] = orders.EstablishmentOrder.ID,
        after: After = None,
    ) -> EstablishmentConnection:
        return unbound()

    @strawberry.field(description="A case, by id.")
    def case(self, id: Id) -> Case | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Cases.")
    def cases(
        self,
        first: First,
        which: Which[filters.CaseFilter] = None,
        order_by: By[orders.CaseOrder] = orders.CaseOrder.ID,
        after: After = None,
    ) -> CaseConnection:
        return unbound()

    @strawberry.field(description="An alert, by id.")
    def alert(self, id: Id) -> Alert | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Alerts for this viewer's agency.")
    def alerts(
        self,
        first: First,
        which: Which[filters.AlertFilter] = None,
        order_by: By[orders.AlertOrder] = orders.AlertOrder.ID,
        after: After = None,
    ) -> AlertConnection:
        return unbound()

    @strawberry.field(description="A task, by id.")
    def task(self, id: Id) -> Task | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Tasks that this viewer's agency sent, or that were ever with it.")
    def tasks(
        self,
        first: First,
        which: Which[filters.TaskFilter] = None,
        order_by: By[orders.TaskOrder] = orders.TaskOrder.ID,
        after: After = None,
    ) -> TaskConnection:
        return unbound()

    @strawberry.field(description="How much is asked of whom, by agency, team and person.")
    def workload(self, by: Annotated[WorkloadBy, _BY]) -> list[Workload]:
        return unbound()

    @strawberry.field(description="Of the workload that which waits for an answer, what waits longest first.")
    def blockages(self, by: Annotated[WorkloadBy, _BY]) -> list[Workload]:
        return unbound()

    @strawberry.field(description="An absence, by id.")
    def absence(self, id: Id) -> Absence | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Who of this viewer's agency said that they are away.")
    def absences(
        self,
        first: First,
        which: Which[filters.AbsenceFilter] = None,
        order_by: By[orders.AbsenceOrder] = orders.AbsenceOrder.ID,
        after: After = None,
    ) -> AbsenceConnection:
        return unbound()

    @strawberry.field(description="A referral, by id.")
    def referral(self, id: Id) -> Referral | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Referrals.")
    def referrals(
        self,
        first: First,
        which: Which[filters.ReferralFilter] = None,
        order_by: By[orders.ReferralOrder] = orders.ReferralOrder.ID,
        after: After = None,
    ) -> ReferralConnection:
        return unbound()

    @strawberry.field(description="What was referred from one day to another, in London.")
    def baselines(self, since: Annotated[Date, _FROM], until: Annotated[Date, _TO]) -> Baselines:
        return unbound()

    @strawberry.field(description="Criteria in force, for those who may triage referrals by them.")
    def triage_criteria(self) -> list[TriageCriteria]:
        return unbound()

    @strawberry.field(description="A school, by id.")
    def school(self, id: Id) -> School | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Schools.")
    def schools(
        self,
        first: First,
        which: Which[filters.SchoolFilter] = None,
        order_by: By[orders.SchoolOrder] = orders.SchoolOrder.ID,
        after: After = None,
    ) -> SchoolConnection:
        return unbound()

    @strawberry.field(description="An incident, by id.")
    def incident(self, id: Id) -> Incident | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Incidents that the police published.")
    def incidents(
        self,
        first: First,
        which: Which[filters.IncidentFilter] = None,
        order_by: By[orders.IncidentOrder] = orders.IncidentOrder.ID,
        after: After = None,
    ) -> IncidentConnection:
        return unbound()

    @strawberry.field(description="A group of people who act together, by id.")
    def group(self, id: Id) -> Group | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Groups of people who act together.")
    def groups(
        self,
        first: First,
        which: Which[filters.GroupFilter] = None,
        order_by: By[orders.GroupOrder] = orders.GroupOrder.ID,
        after: After = None,
    ) -> GroupConnection:
        return unbound()

    @strawberry.field(description="An agency, by id.")
    def agency(self, id: Id) -> Agency | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Agencies of the partnership.")
    def agencies(
        self,
        first: First,
        which: Which[filters.AgencyFilter] = None,
        order_by: By[orders.AgencyOrder] = orders.AgencyOrder.ID,
        after: After = None,
    ) -> AgencyConnection:
        return unbound()

    @strawberry.field(description="A ward, by id.")
    def ward(self, id: Id) -> Ward | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Wards.")
    def wards(
        self,
        first: First,
        which: Which[filters.WardFilter] = None,
        order_by: By[orders.WardOrder] = orders.WardOrder.ID,
        after: After = None,
    ) -> WardConnection:
        return unbound()

    @strawberry.field(description="An output area, by id.")
    def lsoa(self, id: Id) -> Lsoa | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="Lower layer super output areas.")
    def lsoas(
        self,
        first: First,
        which: Which[filters.LsoaFilter] = None,
        order_by: By[orders.LsoaOrder] = orders.LsoaOrder.ID,
        after: After = None,
    ) -> LsoaConnection:
        return unbound()

    @strawberry.field(description="A sharing agreement, by id.")
    def agreement(self, id: Id) -> Agreement | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="The sharing agreements.")
    def agreements(
        self,
        first: First,
        which: Which[filters.AgreementFilter] = None,
        order_by: By[orders.AgreementOrder] = orders.AgreementOrder.ID,
        after: After = None,
    ) -> AgreementConnection:
        return unbound()

    @strawberry.field(description="The templates by which risk is assessed today.")
    def risk_templates(self) -> list[RiskTemplate]:
        return unbound()

    @strawberry.field(description="An import run, by id.")
    def import_run(self, id: Id) -> ImportRun | None:  # noqa: A002 - the contract's word
        return unbound()

    @strawberry.field(description="What was imported, and how it went.")
    def import_runs(
        self,
        first: First,
        which: Which[filters.ImportRunFilter] = None,
        order_by: By[orders.ImportRunOrder] = orders.ImportRunOrder.ID,
        after: After = None,
    ) -> ImportRunConnection:
        return unbound()
