"""What lists and connections can be narrowed by: one comparison a field, joined by `and`, `or` and `not`."""

from schema.comparisons import (
    AgencyTypeFilter,
    AgreementStatusFilter,
    AgreementTierFilter,
    AlertStatusFilter,
    AsbHeadingsFilter,
    CaseRoleFilter,
    CaseStatusFilter,
    CodeFilter,
    ConsentStatusFilter,
    DateFilter,
    GenderFilter,
    IntFilter,
    MomentFilter,
    MonthFilter,
    PurposesFilter,
    ReferralRouteFilter,
    ReferralSourceFilter,
    ReferralStateFilter,
    ReferralStepFilter,
    RunStateFilter,
    StepKindFilter,
    TaskStatusFilter,
    TextFilter,
    TieFilter,
    WordsFilter,
    of,
)
from schema.joining import which as _which

_WARD = "By the code of the ward."
_POSTCODE = "By postcode."
_NAME = "By name."
_CODE = "By code."
_SINCE = "By the first day."


@_which("Which people: one visible record must satisfy all of it.")
class PersonFilter:
    given_name: TextFilter | None = of("By given name.")
    family_name: TextFilter | None = of("By family name.")
    aliases: WordsFilter | None = of("By other names in use.")
    date_of_birth: DateFilter | None = of("By date of birth.")
    gender: GenderFilter | None = of("By gender.")
    address: TextFilter | None = of("By address.")
    postcode: TextFilter | None = of(_POSTCODE)
    ward: CodeFilter | None = of(_WARD)
    phone: CodeFilter | None = of("By telephone number.")
    email: CodeFilter | None = of("By e-mail address.")
    warning_markers: WordsFilter | None = of("By warnings for officers.")
    nhs_number: CodeFilter | None = of("By NHS number.")
    national_insurance_number: CodeFilter | None = of("By National Insurance number.")
    known_to: CodeFilter | None = of("By the code of the agency whose record it is.")


@_which("Which premises.")
class PremisesFilter:
    name: TextFilter | None = of(_NAME)
    address: TextFilter | None = of("By address.")
    postcode: TextFilter | None = of(_POSTCODE)
    ward: CodeFilter | None = of(_WARD)
    uprn: CodeFilter | None = of("By unique property reference number.")


@_which("Which establishments.")
class EstablishmentFilter:
    name: TextFilter | None = of("By trading name.")
    business_type: TextFilter | None = of("By kind of business.")
    address: TextFilter | None = of("By business address.")
    postcode: TextFilter | None = of(_POSTCODE)
    ward: CodeFilter | None = of(_WARD)
    rating_value: CodeFilter | None = of("By food hygiene rating.")
    rating_date: DateFilter | None = of("By the day of rating.")
    hygiene_score: IntFilter | None = of("By demerits for hygiene.")
    structural_score: IntFilter | None = of("By demerits for the structure.")
    confidence_score: IntFilter | None = of("By demerits for confidence in management.")


@_which("Which agencies.")
class AgencyFilter:
    code: CodeFilter | None = of(_CODE)
    name: TextFilter | None = of(_NAME)
    agency_type: AgencyTypeFilter | None = of("By kind.")
    urn: CodeFilter | None = of("By a school's unique reference number.")


@_which("Which teams.")
class TeamFilter:
    name: TextFilter | None = of(_NAME)


@_which("Which cases.")
class CaseFilter:
    reference: TextFilter | None = of("By reference.")
    case_type: TextFilter | None = of("By what the case is about.")
    status: CaseStatusFilter | None = of("By status.")
    opened_on: DateFilter | None = of("By the day of opening.")
    closed_on: DateFilter | None = of("By the day of closing.")
    lead_agency: CodeFilter | None = of("By the code of the agency that leads it.")
    consent_status: ConsentStatusFilter | None = of("By whether whom it concerns agrees.")
    footprint_wards: WordsFilter | None = of("By the code of a ward that the footprint lies in.")
    agencies: AgencyFilter | None = of("By an agency that takes part.")
    premises: PremisesFilter | None = of("By premises that it concerns: by their ward, for example.")
    establishments: EstablishmentFilter | None = of("By an establishment that it concerns.")


@_which("Which alerts.")
class AlertFilter:
    rule: CodeFilter | None = of("By the rule by which it was raised.")
    tie: TieFilter | None = of("By how the child is linked to the person of concern.")
    lead_agency: CodeFilter | None = of("By the code of the agency to ask.")
    status: AlertStatusFilter | None = of("By whether somebody has taken notice.")
    raised_at: MomentFilter | None = of("By the moment.")
    acknowledged_at: MomentFilter | None = of("By when somebody took notice.")
    acknowledged_by: CodeFilter | None = of("By who did.")


@_which("Which tasks.")
class TaskFilter:
    status: TaskStatusFilter | None = of("By how far they have come.")
    agency: CodeFilter | None = of("By the code of the agency that they are with.")
    team: CodeFilter | None = of("By the code of the team that they are with.")
    person: CodeFilter | None = of("By whom they are with.")
    sender: CodeFilter | None = of("By who sent them.")
    sender_agency: CodeFilter | None = of("By the code of the sender's agency.")
    target_on: DateFilter | None = of("By the day by which an answer is asked for.")
    sent_at: MomentFilter | None = of("By when they were sent.")
    received_at: MomentFilter | None = of("By when they came to whom they are with.")
    answered_at: MomentFilter | None = of("By when they were first answered.")
    finished_at: MomentFilter | None = of("By when they were over.")
    cases: CaseFilter | None = of("By a case in which they came up.")


@_which("What was done with a task.")
class TaskEntryFilter:
    kind: StepKindFilter | None = of("By what was done.")
    made_at: MomentFilter | None = of("By the moment.")


@_which("Which absences.")
class AbsenceFilter:
    person: CodeFilter | None = of("By who is away.")
    from_day: DateFilter | None = of("By the first day.")
    until_day: DateFilter | None = of("By the last day.")


@_which("Which referrals.")
class ReferralFilter:
    reference: CodeFilter | None = of("By reference.")
    state: ReferralStateFilter | None = of("By how far it has come.")
    source: ReferralSourceFilter | None = of("By for whom it was made.")
    referrer: CodeFilter | None = of("By who made it.")
    received_at: MomentFilter | None = of("By the moment.")
    headings: AsbHeadingsFilter | None = of("By a kind of anti-social behaviour.")
    ward: CodeFilter | None = of(_WARD)
    due_at: MomentFilter | None = of("By the moment by which it is to be triaged.")
    triaged_at: MomentFilter | None = of("By when it was first triaged.")
    returned_at: MomentFilter | None = of("By when its referrer was first asked for more.")
    closed_at: MomentFilter | None = of("By when it was closed or withdrawn.")
    route: ReferralRouteFilter | None = of("By where it went.")
    services: WordsFilter | None = of("By the code of an agency to which it went.")
    officer: TextFilter | None = of("By who has taken it up.")


@_which("What was done with a referral.")
class ReferralEntryFilter:
    kind: ReferralStepFilter | None = of("By what was done.")
    made_at: MomentFilter | None = of("By the moment.")


@_which("Which schools.")
class SchoolFilter:
    urn: CodeFilter | None = of("By unique reference number.")
    name: TextFilter | None = of(_NAME)
    phase: TextFilter | None = of("By phase of education.")
    school_type: TextFilter | None = of("By type of establishment.")
    status: TextFilter | None = of("By status.")
    opened_on: DateFilter | None = of("By the day of opening.")
    closed_on: DateFilter | None = of("By the day of closing.")
    lowest_age: IntFilter | None = of("By the age of the youngest pupils.")
    highest_age: IntFilter | None = of("By the age of the oldest pupils.")
    capacity: IntFilter | None = of("By how many pupils it has room for.")
    address: TextFilter | None = of("By address.")
    postcode: TextFilter | None = of(_POSTCODE)
    ward: CodeFilter | None = of(_WARD)
    lsoa: CodeFilter | None = of("By the code of the output area.")
    uprn: CodeFilter | None = of("By unique property reference number.")


@_which("Which incidents.")
class IncidentFilter:
    crime_id: CodeFilter | None = of("By the published identifier.")
    month: MonthFilter | None = of("By month.")
    category: TextFilter | None = of("By kind of crime.")
    outcome: TextFilter | None = of("By outcome.")
    street: TextFilter | None = of("By street, as published.")
    reported_by: TextFilter | None = of("By reporting force.")
    falls_within: TextFilter | None = of("By the force whose figures it is counted in.")
    ward: CodeFilter | None = of(_WARD)
    lsoa: CodeFilter | None = of("By the code of the output area.")


@_which("Which groups.")
class GroupFilter:
    name: TextFilter | None = of(_NAME)
    group_type: TextFilter | None = of("By kind of group.")


@_which("Which output areas.")
class LsoaFilter:
    code: CodeFilter | None = of(_CODE)
    name: TextFilter | None = of(_NAME)
    vintage: IntFilter | None = of("By the year of the boundaries.")
    local_authority: CodeFilter | None = of("By the code of the local authority.")


@_which("Which wards.")
class WardFilter:
    code: CodeFilter | None = of(_CODE)
    name: TextFilter | None = of(_NAME)
    vintage: IntFilter | None = of("By the year of the boundaries.")
    local_authority: CodeFilter | None = of("By the code of the local authority.")


@_which("Which agreements.")
class AgreementFilter:
    title: TextFilter | None = of("By title.")
    tier: AgreementTierFilter | None = of("By kind of document.")
    status: AgreementStatusFilter | None = of("By where it stands.")
    purposes: PurposesFilter | None = of("By the purposes that it permits.")
    signed_by: WordsFilter | None = of("By the code of a party that signed it.")
    valid_from: DateFilter | None = of("By the first day on which it applies.")
    valid_until: DateFilter | None = of("By the last day on which it applies.")
    review_by: DateFilter | None = of("By the day by which it should be reviewed.")


@_which("Which import runs.")
class ImportRunFilter:
    connector: CodeFilter | None = of("By connector.")
    file: TextFilter | None = of("By the file's name.")
    dataset: CodeFilter | None = of("By dataset.")
    state: RunStateFilter | None = of("By state.")
    started_at: MomentFilter | None = of("By when it began.")
    finished_at: MomentFilter | None = of("By when it ended.")


@_which("Which links between a case and a person: some agency's must satisfy all of it.")
class InvolvementFilter:
    role: CaseRoleFilter | None = of("By the person's role.")


@_which("Which links that last for a time: some agency's must satisfy all of it.")
class SpanFilter:
    since: DateFilter | None = of(_SINCE)
    until: DateFilter | None = of("By the last day.")
    current: bool | None = of("Whether it lasts: it has no last day, or one that is not past.")


@_which("Which supervisions: some agency's link must satisfy all of it.")
class SupervisionFilter:
    since: DateFilter | None = of(_SINCE)
    until: DateFilter | None = of("By the last day.")
    current: bool | None = of("Whether it lasts: it has no last day, or one that is not past.")
    order: TextFilter | None = of("By the order or licence.")


@_which("Which links that began on a day: some agency's must satisfy all of it.")
class BeginningFilter:
    since: DateFilter | None = of(_SINCE)


@_which("Which successions of schools.")
class SuccessionFilter:
    on: DateFilter | None = of("By the day on which one took the other's place.")
    kind: TextFilter | None = of("By how it did, as registered.")
