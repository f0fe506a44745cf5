"""The orders in which lists and connections can be read; ties stand in the order of ids."""

from enum import Enum
from typing import Any

import strawberry

_ID = "By id: stable, and without a meaning."


def _up(name: str, what: str) -> Any:  # noqa: ANN401 - strawberry's own type for values of enums
    return strawberry.enum_value(name, description=f"By {what}; what is withheld or absent stands last.")


def _down(name: str, what: str) -> Any:  # noqa: ANN401 - as above
    text = f"By {what}, from the other end; what is withheld or absent stands last."
    return strawberry.enum_value(f"{name}_DESC", description=text)


@strawberry.enum(description="Orders of people.")
class PersonOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    GIVEN_NAME = _up("GIVEN_NAME", "given name")
    GIVEN_NAME_DESC = _down("GIVEN_NAME", "given name")
    FAMILY_NAME = _up("FAMILY_NAME", "family name")
    FAMILY_NAME_DESC = _down("FAMILY_NAME", "family name")
    DATE_OF_BIRTH = _up("DATE_OF_BIRTH", "date of birth")
    DATE_OF_BIRTH_DESC = _down("DATE_OF_BIRTH", "date of birth")
    POSTCODE = _up("POSTCODE", "postcode")
    POSTCODE_DESC = _down("POSTCODE", "postcode")
    WARD = _up("WARD", "the code of the ward")
    WARD_DESC = _down("WARD", "the code of the ward")


@strawberry.enum(description="Orders of premises.")
class PremisesOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NAME = _up("NAME", "name")
    NAME_DESC = _down("NAME", "name")
    ADDRESS = _up("ADDRESS", "address")
    ADDRESS_DESC = _down("ADDRESS", "address")
    POSTCODE = _up("POSTCODE", "postcode")
    POSTCODE_DESC = _down("POSTCODE", "postcode")
    WARD = _up("WARD", "the code of the ward")
    WARD_DESC = _down("WARD", "the code of the ward")


@strawberry.enum(description="Orders of establishments.")
class EstablishmentOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NAME = _up("NAME", "trading name")
    NAME_DESC = _down("NAME", "trading name")
    BUSINESS_TYPE = _up("BUSINESS_TYPE", "kind of business")
    BUSINESS_TYPE_DESC = _down("BUSINESS_TYPE", "kind of business")
    POSTCODE = _up("POSTCODE", "postcode")
    POSTCODE_DESC = _down("POSTCODE", "postcode")
    WARD = _up("WARD", "the code of the ward")
    WARD_DESC = _down("WARD", "the code of the ward")
    RATING_VALUE = _up("RATING_VALUE", "food hygiene rating")
    RATING_VALUE_DESC = _down("RATING_VALUE", "food hygiene rating")
    RATING_DATE = _up("RATING_DATE", "the day of rating")
    RATING_DATE_DESC = _down("RATING_DATE", "the day of rating")


@strawberry.enum(description="Orders of cases.")
class CaseOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    REFERENCE = _up("REFERENCE", "reference")
    REFERENCE_DESC = _down("REFERENCE", "reference")
    CASE_TYPE = _up("CASE_TYPE", "what the case is about")
    CASE_TYPE_DESC = _down("CASE_TYPE", "what the case is about")
    STATUS = _up("STATUS", "status")
    STATUS_DESC = _down("STATUS", "status")
    OPENED_ON = _up("OPENED_ON", "the day of opening")
    OPENED_ON_DESC = _down("OPENED_ON", "the day of opening")
    CLOSED_ON = _up("CLOSED_ON", "the day of closing")
    CLOSED_ON_DESC = _down("CLOSED_ON", "the day of closing")
    LEAD_AGENCY = _up("LEAD_AGENCY", "the code of the agency that leads it")
    LEAD_AGENCY_DESC = _down("LEAD_AGENCY", "the code of the agency that leads it")


@strawberry.enum(description="Orders of alerts.")
class AlertOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    RAISED_AT = _up("RAISED_AT", "the moment")
    RAISED_AT_DESC = _down("RAISED_AT", "the moment")
    ACKNOWLEDGED_AT = _up("ACKNOWLEDGED_AT", "the moment when somebody took notice")
    ACKNOWLEDGED_AT_DESC = _down("ACKNOWLEDGED_AT", "the moment when somebody took notice")
    STATUS = _up("STATUS", "whether somebody has taken notice")
    STATUS_DESC = _down("STATUS", "whether somebody has taken notice")
    LEAD_AGENCY = _up("LEAD_AGENCY", "the code of the agency to ask")
    LEAD_AGENCY_DESC = _down("LEAD_AGENCY", "the code of the agency to ask")


@strawberry.enum(description="Orders of tasks.")
class TaskOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    TARGET_ON = _up("TARGET_ON", "the target day")
    TARGET_ON_DESC = _down("TARGET_ON", "the target day")
    SENT_AT = _up("SENT_AT", "the moment of sending")
    SENT_AT_DESC = _down("SENT_AT", "the moment of sending")
    RECEIVED_AT = _up("RECEIVED_AT", "the moment when it came to whom it is with")
    RECEIVED_AT_DESC = _down("RECEIVED_AT", "the moment when it came to whom it is with")
    ANSWERED_AT = _up("ANSWERED_AT", "the moment of the first answer")
    ANSWERED_AT_DESC = _down("ANSWERED_AT", "the moment of the first answer")
    FINISHED_AT = _up("FINISHED_AT", "the moment when it was over")
    FINISHED_AT_DESC = _down("FINISHED_AT", "the moment when it was over")
    STATUS = _up("STATUS", "how far it has come")
    STATUS_DESC = _down("STATUS", "how far it has come")


@strawberry.enum(description="Orders of what was done with a task.")
class TaskEntryOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NUMBER = _up("NUMBER", "the order in which it was done")
    NUMBER_DESC = _down("NUMBER", "the order in which it was done")


@strawberry.enum(description="Orders of absences.")
class AbsenceOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    FROM_DAY = _up("FROM_DAY", "the first day")
    FROM_DAY_DESC = _down("FROM_DAY", "the first day")


@strawberry.enum(description="Orders of referrals.")
class ReferralOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    RECEIVED_AT = _up("RECEIVED_AT", "the moment")
    RECEIVED_AT_DESC = _down("RECEIVED_AT", "the moment")
    DUE_AT = _up("DUE_AT", "the moment by which it is to be triaged")
    DUE_AT_DESC = _down("DUE_AT", "the moment by which it is to be triaged")
    TRIAGED_AT = _up("TRIAGED_AT", "the moment of triage")
    TRIAGED_AT_DESC = _down("TRIAGED_AT", "the moment of triage")
    RETURNED_AT = _up("RETURNED_AT", "the moment when more was asked for")
    RETURNED_AT_DESC = _down("RETURNED_AT", "the moment when more was asked for")
    CLOSED_AT = _up("CLOSED_AT", "the moment of closing")
    CLOSED_AT_DESC = _down("CLOSED_AT", "the moment of closing")
    REFERENCE = _up("REFERENCE", "reference")
    REFERENCE_DESC = _down("REFERENCE", "reference")
    STATE = _up("STATE", "how far it has come")
    STATE_DESC = _down("STATE", "how far it has come")
    WARD = _up("WARD", "the code of the ward")
    WARD_DESC = _down("WARD", "the code of the ward")


@strawberry.enum(description="Orders of what was done with a referral.")
class ReferralEntryOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NUMBER = _up("NUMBER", "the order in which it was done")
    NUMBER_DESC = _down("NUMBER", "the order in which it was done")
    MADE_AT = _up("MADE_AT", "the moment")
    MADE_AT_DESC = _down("MADE_AT", "the moment")


@strawberry.enum(description="Orders of the entries of a case.")
class CaseEntryOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    MADE_AT = _up("MADE_AT", "the moment")
    MADE_AT_DESC = _down("MADE_AT", "the moment")


@strawberry.enum(description="Orders of the actions of a case.")
class ActionOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    TARGET_ON = _up("TARGET_ON", "the target day")
    TARGET_ON_DESC = _down("TARGET_ON", "the target day")


@strawberry.enum(description="Orders of the incidents of a case.")
class CaseIncidentOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    HAPPENED_ON = _up("HAPPENED_ON", "the day")
    HAPPENED_ON_DESC = _down("HAPPENED_ON", "the day")


@strawberry.enum(description="Orders of assessments of risk.")
class RiskAssessmentOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    ASSESSED_AT = _up("ASSESSED_AT", "the moment")
    ASSESSED_AT_DESC = _down("ASSESSED_AT", "the moment")


@strawberry.enum(description="Orders of schools.")
class SchoolOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NAME = _up("NAME", "name")
    NAME_DESC = _down("NAME", "name")
    URN = _up("URN", "unique reference number")
    URN_DESC = _down("URN", "unique reference number")
    PHASE = _up("PHASE", "phase of education")
    PHASE_DESC = _down("PHASE", "phase of education")
    POSTCODE = _up("POSTCODE", "postcode")
    POSTCODE_DESC = _down("POSTCODE", "postcode")
    WARD = _up("WARD", "the code of the ward")
    WARD_DESC = _down("WARD", "the code of the ward")
    CAPACITY = _up("CAPACITY", "how many pupils it has room for")
    CAPACITY_DESC = _down("CAPACITY", "how many pupils it has room for")
    OPENED_ON = _up("OPENED_ON", "the day of opening")
    OPENED_ON_DESC = _down("OPENED_ON", "the day of opening")
    CLOSED_ON = _up("CLOSED_ON", "the day of closing")
    CLOSED_ON_DESC = _down("CLOSED_ON", "the day of closing")


@strawberry.enum(description="Orders of incidents.")
class IncidentOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    MONTH = _up("MONTH", "month")
    MONTH_DESC = _down("MONTH", "month")
    CATEGORY = _up("CATEGORY", "kind of crime")
    CATEGORY_DESC = _down("CATEGORY", "kind of crime")
    STREET = _up("STREET", "street")
    STREET_DESC = _down("STREET", "street")
    WARD = _up("WARD", "the code of the ward")
    WARD_DESC = _down("WARD", "the code of the ward")


@strawberry.enum(description="Orders of groups.")
class GroupOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NAME = _up("NAME", "name")
    NAME_DESC = _down("NAME", "name")
    GROUP_TYPE = _up("GROUP_TYPE", "kind of group")
    GROUP_TYPE_DESC = _down("GROUP_TYPE", "kind of group")


@strawberry.enum(description="Orders of agencies.")
class AgencyOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    CODE = _up("CODE", "code")
    CODE_DESC = _down("CODE", "code")
    NAME = _up("NAME", "name")
    NAME_DESC = _down("NAME", "name")
    AGENCY_TYPE = _up("AGENCY_TYPE", "kind")
    AGENCY_TYPE_DESC = _down("AGENCY_TYPE", "kind")


@strawberry.enum(description="Orders of teams.")
class TeamOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NAME = _up("NAME", "name")
    NAME_DESC = _down("NAME", "name")


@strawberry.enum(description="Orders of wards.")
class WardOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    CODE = _up("CODE", "code")
    CODE_DESC = _down("CODE", "code")
    NAME = _up("NAME", "name")
    NAME_DESC = _down("NAME", "name")
    VINTAGE = _up("VINTAGE", "the year of the boundaries")
    VINTAGE_DESC = _down("VINTAGE", "the year of the boundaries")


@strawberry.enum(description="Orders of output areas.")
class LsoaOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    CODE = _up("CODE", "code")
    CODE_DESC = _down("CODE", "code")
    NAME = _up("NAME", "name")
    NAME_DESC = _down("NAME", "name")
    VINTAGE = _up("VINTAGE", "the year of the boundaries")
    VINTAGE_DESC = _down("VINTAGE", "the year of the boundaries")


@strawberry.enum(description="Orders of agreements.")
class AgreementOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    TITLE = _up("TITLE", "title")
    TITLE_DESC = _down("TITLE", "title")
    TIER = _up("TIER", "kind of document")
    TIER_DESC = _down("TIER", "kind of document")
    STATUS = _up("STATUS", "where it stands")
    STATUS_DESC = _down("STATUS", "where it stands")
    VALID_FROM = _up("VALID_FROM", "the first day on which it applies")
    VALID_FROM_DESC = _down("VALID_FROM", "the first day on which it applies")
    VALID_UNTIL = _up("VALID_UNTIL", "the last day on which it applies")
    VALID_UNTIL_DESC = _down("VALID_UNTIL", "the last day on which it applies")
    REVIEW_BY = _up("REVIEW_BY", "the day by which it should be reviewed")
    REVIEW_BY_DESC = _down("REVIEW_BY", "the day by which it should be reviewed")


@strawberry.enum(description="Orders of import runs.")
class ImportRunOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    CONNECTOR = _up("CONNECTOR", "connector")
    CONNECTOR_DESC = _down("CONNECTOR", "connector")
    DATASET = _up("DATASET", "dataset")
    DATASET_DESC = _down("DATASET", "dataset")
    STARTED_AT = _up("STARTED_AT", "start")
    STARTED_AT_DESC = _down("STARTED_AT", "start")
    FINISHED_AT = _up("FINISHED_AT", "end")
    FINISHED_AT_DESC = _down("FINISHED_AT", "end")
