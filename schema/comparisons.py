"""How one field is compared: one input a kind of value."""

from typing import Any

import strawberry

from policies.vocabulary import AgencyType, Purpose
from schema.enums import (
    ActionStatus,
    AgreementStatus,
    AgreementTier,
    AlertStatus,
    AsbHeading,
    AssertionType,
    CaseRole,
    CaseStatus,
    ConsentStatus,
    EntryKind,
    Gender,
    NsirQualifier,
    ReferralRoute,
    ReferralSource,
    ReferralState,
    ReferralStep,
    RiskBand,
    RiskStatus,
    RunState,
    StepKind,
    TaskStatus,
    Tie,
)
from schema.scalars import DateTime, PartialDate

_EQ = "Equals."
_IN = "Is one of these, 1,000 at the most."
_GTE = "At least."
_LTE = "At most."
_HAS = "This is among them."


def of(description: str, name: str | None = None) -> Any:  # noqa: ANN401 - strawberry's own field function has no better type
    """Declare an optional comparison: absent, it says nothing."""
    return strawberry.field(description=description, default=None, name=name)


@strawberry.input(description="Compares a text, to the letter.")
class TextFilter:
    eq: str | None = of(_EQ)
    in_: list[str] | None = of(_IN, "in")
    starts_with: str | None = of("Begins with.")


@strawberry.input(description="Compares a code or an identifier.")
class CodeFilter:
    eq: str | None = of(_EQ)
    in_: list[str] | None = of(_IN, "in")


@strawberry.input(description="Compares a list of words.")
class WordsFilter:
    has: str | None = of(_HAS)


@strawberry.input(description="Compares a date. `eq` may be partial: `1987` asks for the year alone.")
class DateFilter:
    eq: PartialDate | None = of("Is this date, or lies in this year or decade.")
    gte: PartialDate | None = of("Is this full date or later.")
    lte: PartialDate | None = of("Is this full date or earlier.")


@strawberry.input(description="Compares a month, `2024-01`.")
class MonthFilter:
    eq: str | None = of(_EQ)
    in_: list[str] | None = of(_IN, "in")
    gte: str | None = of("Is this month or later.")
    lte: str | None = of("Is this month or earlier.")


@strawberry.input(description="Compares a moment.")
class MomentFilter:
    gte: DateTime | None = of("Is this moment or later.")
    lte: DateTime | None = of("Is this moment or earlier.")


@strawberry.input(description="Compares a number.")
class IntFilter:
    eq: int | None = of(_EQ)
    gte: int | None = of(_GTE)
    lte: int | None = of(_LTE)


@strawberry.input(description="Compares a gender.")
class GenderFilter:
    eq: Gender | None = of(_EQ)


@strawberry.input(description="Compares the status of a case.")
class CaseStatusFilter:
    eq: CaseStatus | None = of(_EQ)


@strawberry.input(description="Compares whether whom a case concerns agrees.")
class ConsentStatusFilter:
    eq: ConsentStatus | None = of(_EQ)
    in_: list[ConsentStatus] | None = of(_IN, "in")


@strawberry.input(description="Compares how a child is linked to somebody.")
class TieFilter:
    eq: Tie | None = of(_EQ)
    in_: list[Tie] | None = of(_IN, "in")


@strawberry.input(description="Compares for whom a referral was made.")
class ReferralSourceFilter:
    eq: ReferralSource | None = of(_EQ)
    in_: list[ReferralSource] | None = of(_IN, "in")


@strawberry.input(description="Compares whether somebody has taken notice of an alert.")
class AlertStatusFilter:
    eq: AlertStatus | None = of(_EQ)


@strawberry.input(description="Compares whether an action is still to be taken.")
class ActionStatusFilter:
    eq: ActionStatus | None = of(_EQ)
    in_: list[ActionStatus] | None = of(_IN, "in")


@strawberry.input(description="Compares a kind of anti-social behaviour.")
class AsbHeadingFilter:
    eq: AsbHeading | None = of(_EQ)
    in_: list[AsbHeading] | None = of(_IN, "in")


@strawberry.input(description="Compares whom something harms.")
class NsirQualifierFilter:
    eq: NsirQualifier | None = of(_EQ)
    in_: list[NsirQualifier] | None = of(_IN, "in")


@strawberry.input(description="Compares how high a risk is held to be.")
class RiskBandFilter:
    eq: RiskBand | None = of(_EQ)
    in_: list[RiskBand] | None = of(_IN, "in")


@strawberry.input(description="Compares whether an assessment is the latest.")
class RiskStatusFilter:
    eq: RiskStatus | None = of(_EQ)
    in_: list[RiskStatus] | None = of(_IN, "in")


@strawberry.input(description="Compares how far a task has come.")
class TaskStatusFilter:
    eq: TaskStatus | None = of(_EQ)
    in_: list[TaskStatus] | None = of(_IN, "in")


@strawberry.input(description="Compares what became of a task.")
class StepKindFilter:
    eq: StepKind | None = of(_EQ)
    in_: list[StepKind] | None = of(_IN, "in")


@strawberry.input(description="Compares how far a referral has come.")
class ReferralStateFilter:
    eq: ReferralState | None = of(_EQ)
    in_: list[ReferralState] | None = of(_IN, "in")


@strawberry.input(description="Compares where a referral went.")
class ReferralRouteFilter:
    eq: ReferralRoute | None = of(_EQ)
    in_: list[ReferralRoute] | None = of(_IN, "in")


@strawberry.input(description="Compares what somebody did with a referral.")
class ReferralStepFilter:
    eq: ReferralStep | None = of(_EQ)
    in_: list[ReferralStep] | None = of(_IN, "in")


@strawberry.input(description="Compares kinds of anti-social behaviour.")
class AsbHeadingsFilter:
    has: AsbHeading | None = of(_HAS)


@strawberry.input(description="Compares what somebody did in a case.")
class EntryKindFilter:
    eq: EntryKind | None = of(_EQ)
    in_: list[EntryKind] | None = of(_IN, "in")


@strawberry.input(description="Compares what a statement claims to be.")
class AssertionTypeFilter:
    eq: AssertionType | None = of(_EQ)
    in_: list[AssertionType] | None = of(_IN, "in")


@strawberry.input(description="Compares the role in which a case concerns a person.")
class CaseRoleFilter:
    eq: CaseRole | None = of(_EQ)
    in_: list[CaseRole] | None = of(_IN, "in")


@strawberry.input(description="Compares a kind of agency.")
class AgencyTypeFilter:
    eq: AgencyType | None = of(_EQ)
    in_: list[AgencyType] | None = of(_IN, "in")


@strawberry.input(description="Compares the kind of document that an agreement is.")
class AgreementTierFilter:
    eq: AgreementTier | None = of(_EQ)
    in_: list[AgreementTier] | None = of(_IN, "in")


@strawberry.input(description="Compares where an agreement stands.")
class AgreementStatusFilter:
    eq: AgreementStatus | None = of(_EQ)
    in_: list[AgreementStatus] | None = of(_IN, "in")


@strawberry.input(description="Compares the purposes that an agreement permits.")
class PurposesFilter:
    has: Purpose | None = of(_HAS)


@strawberry.input(description="Compares the state of an import run.")
class RunStateFilter:
    eq: RunState | None = of(_EQ)
