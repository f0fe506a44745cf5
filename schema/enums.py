"""Words of the graph and of agreements, as enums of the contract."""

import strawberry

from graph.vocabulary import CaseRole as _CaseRole
from graph.vocabulary import CaseStatus as _CaseStatus
from graph.vocabulary import Gender as _Gender
from graph.vocabulary import RunState as _RunState
from policies.vocabulary import AgencyType as _AgencyType
from policies.vocabulary import DataClass as _DataClass
from policies.vocabulary import Purpose as _Purpose

CaseRole = strawberry.enum(_CaseRole, description="How a case concerns a person.")
CaseStatus = strawberry.enum(_CaseStatus, description="Whether work on a case goes on.")
Gender = strawberry.enum(_Gender, description="Gender as an agency recorded it.")
RunState = strawberry.enum(_RunState, description="How an import run stands.")
AgencyType = strawberry.enum(_AgencyType, description="Kinds of partner agency.")
DataClass = strawberry.enum(_DataClass, description="How the law ranks what a field tells.")
Purpose = strawberry.enum(_Purpose, description="What a request is for.")
