"""What a referral leads to: places, what was done with it, others of the same matter, and cases opened from it."""

import strawberry

from schema.cases import Case
from schema.classified import classified
from schema.enums import DataClass, ReferralRoute, ReferralStep
from schema.paging import Access, Connection, Node
from schema.places import Premises
from schema.referrals import Referral
from schema.scalars import DateTime

_PLACE = "Where it stands among them."


@strawberry.type(description="Premises where what is referred happens.")
class ReferralPremisesEdge:
    node: Premises = strawberry.field(description="The premises.")
    cursor: str = strawberry.field(description=_PLACE)


@strawberry.type(description="Premises where what is referred happens.")
class ReferralPremisesConnection(Connection):
    edges: list[ReferralPremisesEdge] = strawberry.field(description="The premises of this page.")


@strawberry.type(description="What somebody did with a referral; it is never changed.")
class ReferralEntry(Node):
    number: int | None = classified(
        DataClass.PERSONAL,
        "Its place among all that was done with the referral, from 1; a likeness is taken back in the place of what is "
        "done next.",
    )
    kind: ReferralStep | None = classified(DataClass.PERSONAL, "What was done.")
    made_at: DateTime | None = classified(DataClass.PERSONAL, "When.")
    author: str | None = classified(
        DataClass.PERSONAL, "Who did it, as their agency names them; nobody of a professional who stays unnamed."
    )
    author_agency: str | None = classified(DataClass.PERSONAL, "The code of the author's agency.")
    question: str | None = classified(DataClass.CRIMINAL_OFFENCE, "What the referrer's agency is asked.")
    reason: str | None = classified(DataClass.CRIMINAL_OFFENCE, "Why it was done so.")
    criteria: str | None = classified(DataClass.PERSONAL, "The id of the criteria by which it was triaged.")
    criteria_version: int | None = classified(DataClass.PERSONAL, "Their version.")
    questions: list[str] | None = classified(DataClass.PERSONAL, "The keys of the questions that were answered.")
    answers: list[str] | None = classified(
        DataClass.CRIMINAL_OFFENCE, "The keys of the answers, in the order of the questions."
    )
    points: int | None = classified(DataClass.CRIMINAL_OFFENCE, "What the answers came to.")
    band: str | None = classified(DataClass.CRIMINAL_OFFENCE, "The band of those points.")
    proposed_route: ReferralRoute | None = classified(DataClass.PERSONAL, "The route that the criteria proposed.")
    proposed_reason: str | None = classified(DataClass.CRIMINAL_OFFENCE, "Why they proposed it.")
    route: ReferralRoute | None = classified(DataClass.PERSONAL, "The route that the officer took.")
    is_override: bool | None = classified(DataClass.PERSONAL, "Whether that is another one.")
    services: list[str] | None = classified(DataClass.PERSONAL, "The codes of the agencies to which it went by this.")
    access: Access = strawberry.field(description="What this viewer may see of it.")


@strawberry.type(description="Something that was done with a referral.")
class ReferralEntryEdge:
    node: ReferralEntry = strawberry.field(description="The entry.")
    cursor: str = strawberry.field(description=_PLACE)


@strawberry.type(description="What was done with a referral.")
class ReferralEntryConnection(Connection):
    edges: list[ReferralEntryEdge] = strawberry.field(description="The entries of this page.")


@strawberry.type(description="A referral of the same matter.")
class ReferralDuplicateEdge:
    node: Referral = strawberry.field(description="The referral.")
    author: str | None = classified(DataClass.PERSONAL, "Who judged that, as their agency names them.")
    made_at: DateTime | None = classified(DataClass.PERSONAL, "When.")
    withdrawn_by: str | None = classified(DataClass.PERSONAL, "Who withdrew that, if somebody did.")
    withdrawn_at: DateTime | None = classified(DataClass.PERSONAL, "When; then it does not hold any more.")
    cursor: str = strawberry.field(description=_PLACE)


@strawberry.type(description="Referrals of the same matter.")
class ReferralDuplicateConnection(Connection):
    edges: list[ReferralDuplicateEdge] = strawberry.field(description="The referrals of this page.")


@strawberry.type(description="A case that was opened from a referral.")
class ReferralCaseEdge:
    node: Case = strawberry.field(description="The case.")
    cursor: str = strawberry.field(description=_PLACE)


@strawberry.type(description="Cases that were opened from a referral.")
class ReferralCaseConnection(Connection):
    edges: list[ReferralCaseEdge] = strawberry.field(description="The cases of this page.")


@strawberry.type(description="A referral from which a case was opened.")
class CaseReferralEdge:
    node: Referral = strawberry.field(description="The referral.")
    cursor: str = strawberry.field(description=_PLACE)


@strawberry.type(description="Referrals from which a case was opened.")
class CaseReferralConnection(Connection):
    edges: list[CaseReferralEdge] = strawberry.field(description="The referrals of this page.")
