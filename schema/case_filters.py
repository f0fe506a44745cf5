"""What the things recorded in cases can be narrowed by."""

from schema.comparisons import (
    ActionStatusFilter,
    AsbHeadingFilter,
    AssertionTypeFilter,
    CodeFilter,
    DateFilter,
    EntryKindFilter,
    MomentFilter,
    NsirQualifierFilter,
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


@which("Which incidents of a case.")
class CaseIncidentFilter:
    heading: AsbHeadingFilter | None = of("By kind of anti-social behaviour.")
    qualifier: NsirQualifierFilter | None = of("By whom they harm.")
    happened_on: DateFilter | None = of("By the day.")
    ward: CodeFilter | None = of("By the code of the ward.")


@which("Which assessments of risk.")
class RiskAssessmentFilter:
    template: CodeFilter | None = of("By the template.")
    band: RiskBandFilter | None = of("By how high the risk is held to be.")
    status: RiskStatusFilter | None = of("By whether they are the latest.")
    assessed_at: MomentFilter | None = of("By the moment.")
