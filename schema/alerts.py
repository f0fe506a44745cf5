"""Alerts: what the hub tells people without having been asked."""

from typing import Annotated

import strawberry

from schema import filters, orders
from schema.arguments import After, By, First, Which
from schema.cases import Case
from schema.changing import InvalidInput, NotFound, NotPermitted
from schema.classified import classified
from schema.enums import AlertPart, AlertStatus, DataClass, Tie
from schema.paging import Access, Connection, Node, unbound
from schema.people import Person
from schema.scalars import DateTime


@strawberry.type(
    description="Something that an agency's people have to know. It is told again until it is acknowledged, as far as "
    "whoever reads it may see at that moment."
)
class Alert(Node):
    rule: str | None = classified(DataClass.PERSONAL, "By which rule of the partnership it was raised.")
    title: str | None = classified(DataClass.CRIMINAL_OFFENCE, "What it is about.")
    tie: Tie | None = classified(DataClass.PERSONAL, "How the child is linked to the person of concern.")
    lead_agency: str | None = classified(DataClass.CRIMINAL_OFFENCE, "The code of the agency to ask.")
    raised_at: DateTime | None = classified(DataClass.PERSONAL, "When it was raised.")
    status: AlertStatus | None = classified(DataClass.PERSONAL, "Whether somebody has taken notice of it.")
    acknowledged_at: DateTime | None = classified(DataClass.PERSONAL, "When somebody did.")
    acknowledged_by: str | None = classified(DataClass.PERSONAL, "Who did, as their agency names them.")
    access: Access = strawberry.field(description="What this viewer may see of it.")

    @strawberry.field(description="The people of whom it tells, as far as this viewer may see them.")
    def people(
        self,
        first: First,
        which: Which[filters.PersonFilter] = None,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> "AlertPersonConnection":
        return unbound()

    @strawberry.field(description="The cases of which it tells, as far as this viewer may see them.")
    def cases(
        self,
        first: First,
        which: Which[filters.CaseFilter] = None,
        order_by: By[orders.CaseOrder] = orders.CaseOrder.ID,
        after: After = None,
    ) -> "AlertCaseConnection":
        return unbound()


@strawberry.type(description="A person of whom an alert tells.")
class AlertPersonEdge:
    node: Person = strawberry.field(description="The person.")
    part: AlertPart | None = classified(DataClass.CRIMINAL_OFFENCE, "Which part the person plays in it.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="People of whom an alert tells.")
class AlertPersonConnection(Connection):
    edges: list[AlertPersonEdge] = strawberry.field(description="The people of this page.")


@strawberry.type(description="A case of which an alert tells.")
class AlertCaseEdge:
    node: Case = strawberry.field(description="The case.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Cases of which an alert tells.")
class AlertCaseConnection(Connection):
    edges: list[AlertCaseEdge] = strawberry.field(description="The cases of this page.")


@strawberry.type(description="An alert in a list.")
class AlertEdge:
    node: Alert = strawberry.field(description="The alert.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of alerts.")
class AlertConnection(Connection):
    edges: list[AlertEdge] = strawberry.field(description="The alerts of this page.")


@strawberry.input(description="Alerts of which somebody has taken notice.")
class AcknowledgeAlertsInput:
    idempotency_key: str = strawberry.field(
        description="A text of the client's own, 8 to 200 characters, by which it may ask again."
    )
    ids: list[strawberry.ID] = strawberry.field(description="The alerts' ids, 100 at the most.")


@strawberry.type(description="It is noted; the alerts as they are now.")
class AlertsAcknowledged:
    alerts: list[Alert] = strawberry.field(description="The alerts, in the order asked for.")


AlertsResult = Annotated[
    AlertsAcknowledged | NotPermitted | NotFound | InvalidInput,
    strawberry.union("AlertsResult", description="The alerts as they are now, or why they are as they were."),
]
