"""Referrals: what somebody asks the partnership to look into."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import filters, orders
from schema.arguments import After, By, First, Which
from schema.changing import InvalidInput, NotFound, NotPermitted
from schema.classified import classified
from schema.described import DescribedPerson, DescribedPersonInput
from schema.enums import AsbHeading, DataClass, NsirQualifier, ReferralRoute, ReferralSource, ReferralState
from schema.paging import Access, Connection, Node, unbound
from schema.people import Person
from schema.scalars import DateTime, GeoJSON

if TYPE_CHECKING:
    from schema.described_links import ReferralLikenessConnection
    from schema.referral_links import (
        ReferralCaseConnection,
        ReferralDuplicateConnection,
        ReferralEntryConnection,
        ReferralPremisesConnection,
    )

_LOCATION = ("grid_1km", "grid_100m", "full")


@strawberry.type(description="What somebody asks the partnership to look into.")
class Referral(Node):
    reference: str | None = classified(DataClass.PERSONAL, "What to quote when asking after it.")
    state: ReferralState | None = classified(DataClass.PERSONAL, "How far it has come.")
    source: ReferralSource | None = classified(DataClass.PERSONAL, "For whom it was made.")
    received_at: DateTime | None = classified(DataClass.PERSONAL, "When it was received.")
    referrer: str | None = classified(
        DataClass.PERSONAL, "Who made it, as their agency names them; nobody where they wish to stay unnamed."
    )
    headings: list[AsbHeading] | None = classified(
        DataClass.CRIMINAL_OFFENCE, "What kind of behaviour each incident is."
    )
    qualifiers: list[NsirQualifier] | None = classified(
        DataClass.CRIMINAL_OFFENCE, "Whom each incident harms, in the order of the headings."
    )
    told_people: list[str] | None = classified(
        DataClass.CRIMINAL_OFFENCE,
        "Who is involved, in the referrer's words: a name, and how to reach them; kept sealed.",
    )
    described_people: list[DescribedPerson] | None = classified(
        DataClass.CRIMINAL_OFFENCE,
        "Who is involved whom the referrer knows by name, and has no record of; kept sealed.",
    )
    address: str | None = classified(DataClass.PERSONAL, "Where it happens, in the referrer's words.", group="scene")
    ward: str | None = classified(DataClass.PERSONAL, "The code of the ward of the pin.", group="scene")
    location: GeoJSON | None = classified(
        DataClass.PERSONAL, "The pin, or the grid square where it is blurred.", ladder=_LOCATION, group="scene"
    )
    wanted_outcome: str | None = classified(DataClass.PERSONAL, "What the referrer hopes for.")
    has_consent: bool | None = classified(DataClass.PERSONAL, "Whether whom it concerns agreed to its being made.")
    narrative: str | None = classified(
        DataClass.SPECIAL_CATEGORY, "What happened, in the referrer's words; it is kept sealed, and found by nobody."
    )
    due_at: DateTime | None = classified(
        DataClass.PERSONAL,
        "By when it is to be triaged, in working hours; nothing while the referrer is asked for more.",
    )
    triaged_at: DateTime | None = classified(DataClass.PERSONAL, "When it was first triaged.")
    returned_at: DateTime | None = classified(DataClass.PERSONAL, "When its referrer was first asked for more.")
    route: ReferralRoute | None = classified(DataClass.PERSONAL, "Where it went.")
    services: list[str] | None = classified(
        DataClass.PERSONAL, "The codes of the agencies to which it went, the referrer's own left out."
    )
    officer: str | None = classified(
        DataClass.PERSONAL, "Who has taken it up for triage, as their agency names them; nobody before and afterwards."
    )
    closed_at: DateTime | None = classified(DataClass.PERSONAL, "When it was closed, or its referrer withdrew it.")
    version: int | None = classified(
        DataClass.PERSONAL, "How often it has changed; who does something with it says from which version."
    )
    access: Access = strawberry.field(description="What this viewer may see of it.")

    @strawberry.field(description="People whom it is about and whom the hub knows, as far as this viewer may see them.")
    def people(
        self,
        first: First,
        which: Which[filters.PersonFilter] = None,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> "ReferralPersonConnection":
        return unbound()

    @strawberry.field(description="Premises known to the hub where it happens, as far as this viewer may see them.")
    def premises(
        self,
        first: First,
        which: Which[filters.PremisesFilter] = None,
        order_by: By[orders.PremisesOrder] = orders.PremisesOrder.ID,
        after: After = None,
    ) -> Annotated["ReferralPremisesConnection", strawberry.lazy("schema.referral_links")]:
        return unbound()

    @strawberry.field(description="People of the hub who may be among those whom it describes: somebody has to look.")
    def likenesses(
        self,
        first: First,
        which: Which[filters.PersonFilter] = None,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> Annotated["ReferralLikenessConnection", strawberry.lazy("schema.described_links")]:
        return unbound()

    @strawberry.field(description="Earlier referrals that may be of the same matter: somebody has to look.")
    def resembles(
        self,
        first: First,
        which: Which[filters.ReferralFilter] = None,
        order_by: By[orders.ReferralOrder] = orders.ReferralOrder.ID,
        after: After = None,
    ) -> "ReferralResemblanceConnection":
        return unbound()

    @strawberry.field(description="What was done with it, as far as this viewer may know; nothing of that is changed.")
    def entries(
        self,
        first: First,
        which: Which[filters.ReferralEntryFilter] = None,
        order_by: By[orders.ReferralEntryOrder] = orders.ReferralEntryOrder.ID,
        after: After = None,
    ) -> Annotated["ReferralEntryConnection", strawberry.lazy("schema.referral_links")]:
        return unbound()

    @strawberry.field(description="The referral of the same matter that is followed instead of this one.")
    def duplicate_of(
        self,
        first: First,
        which: Which[filters.ReferralFilter] = None,
        order_by: By[orders.ReferralOrder] = orders.ReferralOrder.ID,
        after: After = None,
    ) -> Annotated["ReferralDuplicateConnection", strawberry.lazy("schema.referral_links")]:
        return unbound()

    @strawberry.field(description="Referrals that were judged to be of the same matter as this one.")
    def duplicates(
        self,
        first: First,
        which: Which[filters.ReferralFilter] = None,
        order_by: By[orders.ReferralOrder] = orders.ReferralOrder.ID,
        after: After = None,
    ) -> Annotated["ReferralDuplicateConnection", strawberry.lazy("schema.referral_links")]:
        return unbound()

    @strawberry.field(description="Cases that were opened from it.")
    def cases(
        self,
        first: First,
        which: Which[filters.CaseFilter] = None,
        order_by: By[orders.CaseOrder] = orders.CaseOrder.ID,
        after: After = None,
    ) -> Annotated["ReferralCaseConnection", strawberry.lazy("schema.referral_links")]:
        return unbound()


@strawberry.type(description="A person whom a referral is about.")
class ReferralPersonEdge:
    node: Person = strawberry.field(description="The person.")
    author: str | None = classified(DataClass.PERSONAL, "Who judged that, where it was not who made the referral.")
    made_at: DateTime | None = classified(DataClass.PERSONAL, "When they did.")
    reason: str | None = classified(DataClass.CRIMINAL_OFFENCE, "Why they hold it for that person.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="People whom a referral is about.")
class ReferralPersonConnection(Connection):
    edges: list[ReferralPersonEdge] = strawberry.field(description="The people of this page.")


@strawberry.type(description="An earlier referral that may be of the same matter.")
class ReferralResemblanceEdge:
    node: Referral = strawberry.field(description="The earlier referral.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Earlier referrals that may be of the same matter.")
class ReferralResemblanceConnection(Connection):
    edges: list[ReferralResemblanceEdge] = strawberry.field(description="The referrals of this page.")


@strawberry.type(description="A referral in a list.")
class ReferralEdge:
    node: Referral = strawberry.field(description="The referral.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of referrals.")
class ReferralConnection(Connection):
    edges: list[ReferralEdge] = strawberry.field(description="The referrals of this page.")


@strawberry.input(description="One incident, or a kind of them.")
class ConcernInput:
    heading: AsbHeading = strawberry.field(description="What kind of behaviour it is.")
    qualifier: NsirQualifier = strawberry.field(description="Whom this one harms.")


@strawberry.input(description="Something for the partnership to look into.")
class SubmitReferralInput:
    idempotency_key: str = strawberry.field(
        description="A text of the client's own, 8 to 200 characters, by which it may ask again."
    )
    source: ReferralSource = strawberry.field(description="For whom it is made.", default=ReferralSource.PARTNER)
    concerns: list[ConcernInput] = strawberry.field(description="What it is about, 1 to 20.")
    narrative: str = strawberry.field(description="What happened, 20,000 characters at the most.")
    is_intelligence: bool = strawberry.field(
        description="Whether it is intelligence: then the police alone see it, and the referrer is not shown it again.",
        default=False,
    )
    people: list[strawberry.ID] = strawberry.field(
        description="The ids of people whom it is about, 20 at the most.", default_factory=list
    )
    told_people: list[str] = strawberry.field(
        description="Who else is involved: a name and how to reach them, 200 characters each, 20 at the most.",
        default_factory=list,
    )
    described_people: list[DescribedPersonInput] = strawberry.field(
        description="Who else is involved and known by name, 20 at the most; who may be meant is proposed to the desk.",
        default_factory=list,
    )
    premises: list[strawberry.ID] = strawberry.field(
        description="The ids of premises where it happens, 20 at the most.", default_factory=list
    )
    address: str | None = strawberry.field(description="Where it happens, 200 characters at the most.", default=None)
    pin: GeoJSON | None = strawberry.field(
        description="Where it happens: a point inside the area of the partnership.", default=None
    )
    wanted_outcome: str | None = strawberry.field(
        description="What the referrer hopes for, 4,000 characters at the most.", default=None
    )
    has_consent: bool = strawberry.field(description="Whether whom it concerns agreed to its being made.")


@strawberry.type(description="It is received; the referral as this viewer may see it.")
class ReferralSubmitted:
    referral: Referral | None = strawberry.field(description="The referral; null where this viewer may not see it.")


ReferralResult = Annotated[
    ReferralSubmitted | NotPermitted | NotFound | InvalidInput,
    strawberry.union("ReferralResult", description="The referral, or why there is none."),
]
