"""Words of the graph and of agreements, as enums of the contract."""

import strawberry

from graph.vocabulary import CaseRole, CaseStatus, Gender, RunState
from policies.vocabulary import AgencyType, DataClass, Purpose

strawberry.enum(CaseRole, description="How a case concerns a person.")
strawberry.enum(CaseStatus, description="Whether work on a case goes on.")
strawberry.enum(Gender, description="Gender as an agency recorded it.")
strawberry.enum(RunState, description="How an import run stands.")
strawberry.enum(AgencyType, description="Kinds of partner agency.")
strawberry.enum(DataClass, description="How the law ranks what a field tells.")
strawberry.enum(Purpose, description="What a request is for.")

__all__ = ["AgencyType", "CaseRole", "CaseStatus", "DataClass", "Gender", "Purpose", "RunState"]
