"""Words of the graph and of agreements, as enums of the contract."""

from enum import StrEnum

import strawberry

from graph.referral_words import AsbHeading, NsirQualifier, ReferralSource, ReferralState, ReferralStep
from graph.vocabulary import AlertPart, AlertStatus, CaseRole, CaseStatus, Gender, RunState, StepKind, TaskStatus
from graph.work_vocabulary import (
    ActionStatus,
    AssertionType,
    ConsentStatus,
    EntryKind,
    PersonTie,
    RiskReason,
    RiskStatus,
)
from policies.vocabulary import AgencyType, DataClass, Purpose, ReferralRoute, RiskBand, Sensitivity, Tie

strawberry.enum(CaseRole, description="How a case concerns a person.")
strawberry.enum(CaseStatus, description="Whether work on a case goes on.")
strawberry.enum(ActionStatus, description="Whether an action of a case is still to be taken.")
strawberry.enum(ConsentStatus, description="Whether whom a case concerns agrees to its being worked on.")
strawberry.enum(EntryKind, description="What somebody did in a case.")
strawberry.enum(AssertionType, description="What a statement claims to be.")
strawberry.enum(PersonTie, description="How people may be said to be tied to one another.")
strawberry.enum(RiskBand, description="How high a risk is.")
strawberry.enum(RiskReason, description="Why a risk is held to be as high as it is.")
strawberry.enum(RiskStatus, description="Whether an assessment is the latest of its kind.")
strawberry.enum(AlertStatus, description="Whether somebody has taken notice of an alert.")
strawberry.enum(AlertPart, description="Which part a person plays in what an alert tells of.")
strawberry.enum(TaskStatus, description="How far a task has come.")
strawberry.enum(StepKind, description="What became of a task.")
strawberry.enum(Tie, description="How a child is linked to somebody.")
strawberry.enum(AsbHeading, description="Kinds of anti-social behaviour.")
strawberry.enum(NsirQualifier, description="Whom an incident harms, assessed for each.")
strawberry.enum(ReferralState, description="How far a referral has come.")
strawberry.enum(ReferralStep, description="What somebody did with a referral.")
strawberry.enum(ReferralRoute, description="Where a referral goes after triage.")
strawberry.enum(ReferralSource, description="For whom somebody refers.")
strawberry.enum(Gender, description="Gender as an agency recorded it.")
strawberry.enum(RunState, description="How an import run stands.")
strawberry.enum(AgencyType, description="Kinds of partner agency.")
strawberry.enum(DataClass, description="How the law ranks what a field tells.")
strawberry.enum(Purpose, description="What a request is for.")
strawberry.enum(Sensitivity, description="The marking of a record.")


@strawberry.enum(description="What kind of document an agreement is.")
class AgreementTier(StrEnum):
    ACCORD = "ACCORD"
    ISP = "ISP"
    DDA = "DDA"
    JCA = "JCA"


@strawberry.enum(description="Where an agreement stands.")
class AgreementStatus(StrEnum):
    DRAFT = "DRAFT"
    IN_FORCE = "IN_FORCE"
    SUSPENDED = "SUSPENDED"
    ENDED = "ENDED"


@strawberry.enum(description="What an event of a subscription says.")
class UpdateKind(StrEnum):
    CHANGED = "CHANGED"
    WITHDRAWN = "WITHDRAWN"


__all__ = [
    "ActionStatus",
    "AgencyType",
    "AgreementStatus",
    "AgreementTier",
    "AlertPart",
    "AlertStatus",
    "AsbHeading",
    "AssertionType",
    "CaseRole",
    "CaseStatus",
    "ConsentStatus",
    "DataClass",
    "EntryKind",
    "Gender",
    "NsirQualifier",
    "PersonTie",
    "Purpose",
    "ReferralRoute",
    "ReferralSource",
    "ReferralState",
    "ReferralStep",
    "RiskBand",
    "RiskReason",
    "RiskStatus",
    "RunState",
    "Sensitivity",
    "StepKind",
    "TaskStatus",
    "Tie",
    "UpdateKind",
]
