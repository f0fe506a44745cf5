"""What lists can be narrowed by: one comparison object a field, joined by `and`, `or` and `not`."""

from typing import Any

import strawberry

from schema.enums import AgencyType, CaseStatus, Gender, RunState
from schema.scalars import PartialDate

_EQ = "Equals."
_IN = "Is one of these, 1,000 at the most."


def _of(description: str, name: str | None = None) -> Any:  # noqa: ANN401 - strawberry's own field function has no better type
    """Declare an optional comparison: absent, it says nothing."""
    return strawberry.field(description=description, default=None, name=name)


@strawberry.input(description="Compares a text, to the letter.")
class TextFilter:
    eq: str | None = _of(_EQ)
    in_: list[str] | None = _of(_IN, "in")
    starts_with: str | None = _of("Begins with.")


@strawberry.input(description="Compares a code or an identifier.")
class CodeFilter:
    eq: str | None = _of(_EQ)
    in_: list[str] | None = _of(_IN, "in")


@strawberry.input(description="Compares a date. `eq` may be partial: `1987` asks for the year alone.")
class DateFilter:
    eq: PartialDate | None = _of("Is this date, or lies in this year or decade.")
    gte: PartialDate | None = _of("Is this full date or later.")
    lte: PartialDate | None = _of("Is this full date or earlier.")


@strawberry.input(description="Compares a number.")
class IntFilter:
    eq: int | None = _of(_EQ)
    gte: int | None = _of("At least.")
    lte: int | None = _of("At most.")


@strawberry.input(description="Compares a gender.")
class GenderFilter:
    eq: Gender | None = _of(_EQ)


@strawberry.input(description="Compares the status of a case.")
class CaseStatusFilter:
    eq: CaseStatus | None = _of(_EQ)


@strawberry.input(description="Compares a kind of agency.")
class AgencyTypeFilter:
    eq: AgencyType | None = _of(_EQ)
    in_: list[AgencyType] | None = _of(_IN, "in")


@strawberry.input(description="Compares the state of an import run.")
class RunStateFilter:
    eq: RunState | None = _of(_EQ)


_AND = "All of these hold."
_OR = "One of these holds."
_NOT = "This does not hold. What is withheld or absent never matches, under `not` neither."


@strawberry.input(description="Which people: one visible record must satisfy all of it.")
class PersonFilter:
    given_name: TextFilter | None = _of("By given name.")
    family_name: TextFilter | None = _of("By family name.")
    date_of_birth: DateFilter | None = _of("By date of birth.")
    gender: GenderFilter | None = _of("By gender.")
    postcode: TextFilter | None = _of("By postcode.")
    ward: CodeFilter | None = _of("By the code of the ward.")
    phone: CodeFilter | None = _of("By telephone number.")
    email: CodeFilter | None = _of("By e-mail address.")
    nhs_number: CodeFilter | None = _of("By NHS number.")
    national_insurance_number: CodeFilter | None = _of("By National Insurance number.")
    and_: list["PersonFilter"] | None = _of(_AND, "and")
    or_: list["PersonFilter"] | None = _of(_OR, "or")
    not_: "PersonFilter | None" = _of(_NOT, "not")


@strawberry.input(description="Which premises.")
class PremisesFilter:
    postcode: TextFilter | None = _of("By postcode.")
    ward: CodeFilter | None = _of("By the code of the ward.")
    uprn: CodeFilter | None = _of("By unique property reference number.")
    and_: list["PremisesFilter"] | None = _of(_AND, "and")
    or_: list["PremisesFilter"] | None = _of(_OR, "or")
    not_: "PremisesFilter | None" = _of(_NOT, "not")


@strawberry.input(description="Which establishments.")
class EstablishmentFilter:
    name: TextFilter | None = _of("By trading name.")
    business_type: TextFilter | None = _of("By kind of business.")
    postcode: TextFilter | None = _of("By postcode.")
    ward: CodeFilter | None = _of("By the code of the ward.")
    rating_value: CodeFilter | None = _of("By food hygiene rating.")
    and_: list["EstablishmentFilter"] | None = _of(_AND, "and")
    or_: list["EstablishmentFilter"] | None = _of(_OR, "or")
    not_: "EstablishmentFilter | None" = _of(_NOT, "not")


@strawberry.input(description="Which cases.")
class CaseFilter:
    reference: TextFilter | None = _of("By reference.")
    case_type: TextFilter | None = _of("By what the case is about.")
    status: CaseStatusFilter | None = _of("By status.")
    opened_on: DateFilter | None = _of("By the day of opening.")
    and_: list["CaseFilter"] | None = _of(_AND, "and")
    or_: list["CaseFilter"] | None = _of(_OR, "or")
    not_: "CaseFilter | None" = _of(_NOT, "not")


@strawberry.input(description="Which agencies.")
class AgencyFilter:
    code: CodeFilter | None = _of("By code.")
    name: TextFilter | None = _of("By name.")
    agency_type: AgencyTypeFilter | None = _of("By kind.")
    and_: list["AgencyFilter"] | None = _of(_AND, "and")
    or_: list["AgencyFilter"] | None = _of(_OR, "or")
    not_: "AgencyFilter | None" = _of(_NOT, "not")


@strawberry.input(description="Which schools.")
class SchoolFilter:
    urn: CodeFilter | None = _of("By unique reference number.")
    name: TextFilter | None = _of("By name.")
    phase: TextFilter | None = _of("By phase of education.")
    school_type: TextFilter | None = _of("By type of establishment.")
    status: TextFilter | None = _of("By status.")
    postcode: TextFilter | None = _of("By postcode.")
    ward: CodeFilter | None = _of("By the code of the ward.")
    and_: list["SchoolFilter"] | None = _of(_AND, "and")
    or_: list["SchoolFilter"] | None = _of(_OR, "or")
    not_: "SchoolFilter | None" = _of(_NOT, "not")


@strawberry.input(description="Which incidents.")
class IncidentFilter:
    crime_id: CodeFilter | None = _of("By the published identifier.")
    month: CodeFilter | None = _of("By month, `2024-01`.")
    category: TextFilter | None = _of("By kind of crime.")
    outcome: TextFilter | None = _of("By outcome.")
    reported_by: TextFilter | None = _of("By reporting force.")
    ward: CodeFilter | None = _of("By the code of the ward.")
    lsoa: CodeFilter | None = _of("By the code of the output area.")
    and_: list["IncidentFilter"] | None = _of(_AND, "and")
    or_: list["IncidentFilter"] | None = _of(_OR, "or")
    not_: "IncidentFilter | None" = _of(_NOT, "not")


@strawberry.input(description="Which groups.")
class GroupFilter:
    name: TextFilter | None = _of("By name.")
    group_type: TextFilter | None = _of("By kind of group.")
    and_: list["GroupFilter"] | None = _of(_AND, "and")
    or_: list["GroupFilter"] | None = _of(_OR, "or")
    not_: "GroupFilter | None" = _of(_NOT, "not")


@strawberry.input(description="Which output areas.")
class LsoaFilter:
    code: CodeFilter | None = _of("By code.")
    name: TextFilter | None = _of("By name.")
    vintage: IntFilter | None = _of("By the year of the boundaries.")
    and_: list["LsoaFilter"] | None = _of(_AND, "and")
    or_: list["LsoaFilter"] | None = _of(_OR, "or")
    not_: "LsoaFilter | None" = _of(_NOT, "not")


@strawberry.input(description="Which wards.")
class WardFilter:
    code: CodeFilter | None = _of("By code.")
    name: TextFilter | None = _of("By name.")
    vintage: IntFilter | None = _of("By the year of the boundaries.")
    and_: list["WardFilter"] | None = _of(_AND, "and")
    or_: list["WardFilter"] | None = _of(_OR, "or")
    not_: "WardFilter | None" = _of(_NOT, "not")


@strawberry.input(description="Which import runs.")
class ImportRunFilter:
    connector: CodeFilter | None = _of("By connector.")
    dataset: CodeFilter | None = _of("By dataset.")
    state: RunStateFilter | None = _of("By state.")
    and_: list["ImportRunFilter"] | None = _of(_AND, "and")
    or_: list["ImportRunFilter"] | None = _of(_OR, "or")
    not_: "ImportRunFilter | None" = _of(_NOT, "not")
