"""What the things recorded in cases can be narrowed by."""

from schema.comparisons import (
    ActionStatusFilter,
    AssertionTypeFilter,
    CodeFilter,
    DateFilter,
    EntryKindFilter,
    MomentFilter,
    RiskBandFilter,
    RiskStatusFilter,
    of,
)
from schema.joining import which


@which("Which entries of a case.")
class CaseEntryFilter:
    kind: EntryKindFilter | None = of("By what was done.")
    made_at: MomentFilter | None = of("By the moment.")
    assertion_type: AssertionTypeFilter | None = of("By what it claims to be.")


@which("Which actions of a case.")
class ActionFilter:
    status: ActionStatusFilter | None = of("By whether they are still to be taken.")
    agency: CodeFilter | None = of("By the code of the agency that is to take them.")
    target_on: DateFilter | None = of("By the day by which they are to be taken.")


@which("Which assessments of risk.")
class RiskAssessmentFilter:
    template: CodeFilter | None = of("By the template.")
    band: RiskBandFilter | None = of("By how high the risk is held to be.")
    status: RiskStatusFilter | None = of("By whether they are the latest.")
    assessed_at: MomentFilter | None = of("By the moment.")
