"""Risk: the templates by which it is assessed, and how high it is held to be of people in cases."""

import strawberry

from schema import filters, orders
from schema.arguments import After, By, First, Which
from schema.classified import classified
from schema.enums import DataClass, RiskBand, RiskReason, RiskStatus
from schema.paging import Access, Connection, Node, unbound
from schema.people import Person
from schema.scalars import DateTime


@strawberry.type(description="An answer that there is to a question.")
class RiskChoice:
    key: str = strawberry.field(description="What it is called in an assessment.")
    text: str = strawberry.field(description="What it says.")
    points: int = strawberry.field(description="How many points it has.")


@strawberry.type(description="A question of a template.")
class RiskQuestion:
    key: str = strawberry.field(description="What it is called in an assessment.")
    text: str = strawberry.field(description="What it asks.")
    answers: list[RiskChoice] = strawberry.field(description="Every answer that there is to it.")


@strawberry.type(description="The points that a band begins and ends with.")
class RiskLevel:
    band: RiskBand = strawberry.field(description="The band.")
    least: int = strawberry.field(description="The fewest points that it holds.")
    most: int = strawberry.field(description="The most points that it holds.")


@strawberry.type(description="The version of a template that is in force today.")
class RiskTemplate:
    id: strawberry.ID = strawberry.field(description="What it is called in an assessment.")
    version: int = strawberry.field(description="Which version of it.")
    title: str = strawberry.field(description="What it assesses.")
    questions: list[RiskQuestion] = strawberry.field(description="What it asks, each of which is answered.")
    bands: list[RiskLevel] = strawberry.field(description="What the points come to.")


@strawberry.type(description="How high an agency holds a risk to be to, or from, somebody in a case.")
class RiskAssessment(Node):
    template: str | None = classified(DataClass.PERSONAL, "By which template.")
    template_version: int | None = classified(DataClass.PERSONAL, "By which version of it.")
    answers: list[str] | None = classified(
        DataClass.CRIMINAL_OFFENCE, "What was answered: `harm=afraid`, the keys of a question and of an answer."
    )
    points: int | None = classified(DataClass.CRIMINAL_OFFENCE, "What the answers come to.")
    scored: RiskBand | None = classified(DataClass.CRIMINAL_OFFENCE, "The band of those points.")
    band: RiskBand | None = classified(DataClass.CRIMINAL_OFFENCE, "How high the risk is held to be.")
    reason: RiskReason | None = classified(DataClass.CRIMINAL_OFFENCE, "Why it is held to be so high.")
    why: str | None = classified(DataClass.CRIMINAL_OFFENCE, "The same in words.")
    status: RiskStatus | None = classified(DataClass.PERSONAL, "Whether it is the latest.")
    assessed_at: DateTime | None = classified(DataClass.PERSONAL, "When.")
    assessed_by: str | None = classified(DataClass.PERSONAL, "Who assessed it, as their agency names them.")
    superseded_at: DateTime | None = classified(DataClass.PERSONAL, "When another took its place.")
    access: Access = strawberry.field(description="What this viewer may see of it.")

    @strawberry.field(description="Whom it assesses.")
    def people(
        self,
        first: First,
        which: Which[filters.PersonFilter] = None,
        order_by: By[orders.PersonOrder] = orders.PersonOrder.ID,
        after: After = None,
    ) -> "AssessedPersonConnection":
        return unbound()


@strawberry.type(description="Somebody who is assessed.")
class AssessedPersonEdge:
    node: Person = strawberry.field(description="The person.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="People who are assessed.")
class AssessedPersonConnection(Connection):
    edges: list[AssessedPersonEdge] = strawberry.field(description="The people of this page.")


@strawberry.type(description="An assessment in a case.")
class CaseRiskAssessmentEdge:
    node: RiskAssessment = strawberry.field(description="The assessment.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Assessments in a case.")
class CaseRiskAssessmentConnection(Connection):
    edges: list[CaseRiskAssessmentEdge] = strawberry.field(description="The assessments of this page.")


@strawberry.input(description="An answer to a question of a template.")
class RiskAnswerInput:
    question: str = strawberry.field(description="The key of the question.")
    answer: str = strawberry.field(description="The key of the answer.")


@strawberry.input(description="How high a risk is, to or from somebody whom a case concerns.")
class AssessRiskInput:
    idempotency_key: str = strawberry.field(
        description="A text of the client's own, 8 to 200 characters, by which it may ask again."
    )
    id: strawberry.ID = strawberry.field(description="The case's id.")
    person: strawberry.ID = strawberry.field(description="The person's id.")
    template: strawberry.ID = strawberry.field(description="The id of a template that is in force.")
    answers: list[RiskAnswerInput] = strawberry.field(description="An answer to every question.")
    band: RiskBand | None = strawberry.field(
        description="How high it is held to be instead of what the points come to; takes another reason than `SCORE`.",
        default=None,
    )
    reason: RiskReason = strawberry.field(description="Why it is held to be so high.", default=RiskReason.SCORE)
    why: str | None = strawberry.field(
        description="The same in words, 4,000 characters at the most; needed where it is not the score.", default=None
    )
