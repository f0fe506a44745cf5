"""Words of the graph and of agreements, as enums of the contract."""

from enum import StrEnum

import strawberry

from graph.vocabulary import (
    AlertPart,
    AlertStatus,
    AssertionType,
    CaseRole,
    CaseStatus,
    EntryKind,
    Gender,
    RunState,
    StepKind,
    TaskStatus,
)
from policies.vocabulary import AgencyType, DataClass, Purpose, Sensitivity, Tie

strawberry.enum(CaseRole, description="How a case concerns a person.")
strawberry.enum(CaseStatus, description="Whether work on a case goes on.")
strawberry.enum(EntryKind, description="What somebody did in a case.")
strawberry.enum(AssertionType, description="What a statement claims to be.")
strawberry.enum(AlertStatus, description="Whether somebody has taken notice of an alert.")
strawberry.enum(AlertPart, description="Which part a person plays in what an alert tells of.")
strawberry.enum(TaskStatus, description="How far a task has come.")
strawberry.enum(StepKind, description="What became of a task.")
strawberry.enum(Tie, description="How a child is linked to somebody.")
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


__all__ = [
    "AgencyType",
    "AgreementStatus",
    "AgreementTier",
    "AlertPart",
    "AlertStatus",
    "AssertionType",
    "CaseRole",
    "CaseStatus",
    "DataClass",
    "EntryKind",
    "Gender",
    "Purpose",
    "RunState",
    "Sensitivity",
    "StepKind",
    "TaskStatus",
    "Tie",
]
