"""What happened to a person, or in a case, as far as this viewer may know."""

from enum import Enum

import strawberry

from schema.agencies import Agency
from schema.enums import CaseRole
from schema.paging import Connection, Node
from schema.scalars import Moment


@strawberry.enum(description="What happened.")
class TimelineKind(Enum):
    RECORD_ADDED = strawberry.enum_value("RECORD_ADDED", description="An agency's record came into the hub.")
    RECORD_CHANGED = strawberry.enum_value("RECORD_CHANGED", description="An agency's record last changed.")
    RESIDENCE_BEGAN = strawberry.enum_value("RESIDENCE_BEGAN", description="The person came to live there.")
    RESIDENCE_ENDED = strawberry.enum_value("RESIDENCE_ENDED", description="The person no longer lived there.")
    SCHOOLING_BEGAN = strawberry.enum_value("SCHOOLING_BEGAN", description="The person became a pupil.")
    SCHOOLING_ENDED = strawberry.enum_value("SCHOOLING_ENDED", description="The person was no longer a pupil.")
    SUPERVISION_BEGAN = strawberry.enum_value("SUPERVISION_BEGAN", description="An agency began to supervise.")
    SUPERVISION_ENDED = strawberry.enum_value("SUPERVISION_ENDED", description="A supervision ended.")
    MEMBERSHIP_BEGAN = strawberry.enum_value("MEMBERSHIP_BEGAN", description="The person joined a group.")
    ASSOCIATION_BEGAN = strawberry.enum_value(
        "ASSOCIATION_BEGAN", description="Two people were first recorded together."
    )
    TIE_STATED = strawberry.enum_value("TIE_STATED", description="Somebody stated in the hub how two people are tied.")
    TIE_ENDED = strawberry.enum_value(
        "TIE_ENDED", description="An agency no longer held a tie that it had stated in the hub, or stated it anew."
    )
    CASE_OPENED = strawberry.enum_value("CASE_OPENED", description="A case was opened.")
    CASE_CLOSED = strawberry.enum_value("CASE_CLOSED", description="A case was closed.")
    ENTRY_MADE = strawberry.enum_value("ENTRY_MADE", description="Somebody did or noted something in the case.")
    INCIDENT_HAPPENED = strawberry.enum_value(
        "INCIDENT_HAPPENED", description="Something happened that the case is about."
    )
    PERSON_CONCERNED = strawberry.enum_value(
        "PERSON_CONCERNED", description="An agency last stated that the case concerns a person."
    )
    PREMISES_CONCERNED = strawberry.enum_value(
        "PREMISES_CONCERNED", description="An agency last stated that the case concerns premises."
    )
    ESTABLISHMENT_CONCERNED = strawberry.enum_value(
        "ESTABLISHMENT_CONCERNED", description="An agency last stated that the case concerns an establishment."
    )
    INVOLVEMENT_ENDED = strawberry.enum_value(
        "INVOLVEMENT_ENDED",
        description="An agency no longer held that a case concerns a person, or premises, as it had stated in the hub.",
    )
    REFERRAL_RECEIVED = strawberry.enum_value(
        "REFERRAL_RECEIVED", description="A referral was received from which the case was opened."
    )
    REFERRAL_HANDLED = strawberry.enum_value(
        "REFERRAL_HANDLED", description="Somebody did something with a referral from which the case was opened."
    )
    TASK_SENT = strawberry.enum_value("TASK_SENT", description="Somebody was asked something that came up in the case.")
    TASK_HANDLED = strawberry.enum_value(
        "TASK_HANDLED", description="Somebody did something with a task that came up in the case."
    )
    ALERT_RAISED = strawberry.enum_value("ALERT_RAISED", description="The viewer's agency was alerted of the case.")
    ALERT_ACKNOWLEDGED = strawberry.enum_value(
        "ALERT_ACKNOWLEDGED", description="Somebody took notice of an alert of the case."
    )
    AGENCY_TAKES_PART = strawberry.enum_value(
        "AGENCY_TAKES_PART", description="It was last stated that an agency takes part."
    )


@strawberry.type(description="Something that happened, told no further than the fields and links that tell of it.")
class TimelineEvent:
    at: Moment = strawberry.field(description="When.")
    kind: TimelineKind = strawberry.field(description="What happened.")
    dataset: str = strawberry.field(description="The dataset that states it.")
    agency: Agency | None = strawberry.field(description="The agency that states it.")
    subject: Node | None = strawberry.field(description="With or to what it happened.")
    roles: list[CaseRole] | None = strawberry.field(description="In which roles the case concerns the person.")


@strawberry.type(description="An event of a timeline.")
class TimelineEdge:
    node: TimelineEvent = strawberry.field(description="The event.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="What happened, the latest first. A date that is withheld makes no event.")
class TimelineConnection(Connection):
    edges: list[TimelineEdge] = strawberry.field(description="The events of this page.")
