"""What is stored, as neomodel classes: the schema's DDL is generated from them.

`__together__` are properties that one index serves: a filter, an order and that of ids, and the class that decides.
"""

from neomodel import ArrayProperty, FloatProperty, IntegerProperty, StringProperty, StructuredNode

from graph.bookkeeping import (
    Assertion,
    FactClass,
    Ground,
    ImportRun,
    Judgement,
    Migration,
    OutboxRecord,
    Quarantine,
    Reading,
    Receipt,
    Turn,
    Undelivered,
)
from graph.stating import Stated
from graph.work_model import (
    Absence,
    Action,
    Alert,
    CaseEntry,
    CaseIncident,
    Referral,
    ReferralEntry,
    RiskAssessment,
    Task,
    TaskEntry,
)


class PersonRecord(Stated):
    """What one agency says of somebody in one dataset; `person_id` is the person whom it is ABOUT.

    The properties `own...` and `same...` are digests of what records of one person have in common; `case_members`
    tells which agencies take part in open cases of the person (graph/memberships.py), as it does of places.
    """

    __together__ = (("ward", "personId", "facts"), ("ward", "familyName", "personId", "facts"))
    record_id = StringProperty(unique_index=True, required=True, db_property="recordId")
    person_id = StringProperty(db_property="personId")
    given_name = StringProperty(db_property="givenName")
    family_name = StringProperty(index=True, db_property="familyName")
    aliases = ArrayProperty(StringProperty())
    date_of_birth = StringProperty(index=True, db_property="dateOfBirth")
    gender = StringProperty()
    address = StringProperty()
    postcode = StringProperty(index=True)
    ward = StringProperty(index=True)
    phone = StringProperty(index=True)
    email = StringProperty(index=True)
    warning_markers = ArrayProperty(StringProperty(), db_property="warningMarkers")
    case_members = StringProperty(db_property="caseMembers")
    nhs_number = StringProperty(index=True, db_property="nhsNumber")
    national_insurance_number = StringProperty(index=True, db_property="nationalInsuranceNumber")
    own_nhs_number = StringProperty(index=True, db_property="ownNhsNumber")
    own_national_insurance_number = StringProperty(index=True, db_property="ownNationalInsuranceNumber")
    same_nhs_number = StringProperty(index=True, db_property="sameNhsNumber")
    same_national_insurance_number = StringProperty(index=True, db_property="sameNationalInsuranceNumber")
    same_phone = StringProperty(index=True, db_property="samePhone")
    same_email = StringProperty(index=True, db_property="sameEmail")


class Person(StructuredNode):
    """An id that records are about, and the facts that follow from them.

    `former_records` are the ids of those that were about a person that is succeeded by another.
    """

    person_id = StringProperty(unique_index=True, required=True, db_property="personId")
    created_at = StringProperty(required=True, db_property="createdAt")
    protections = ArrayProperty(StringProperty(), required=True)
    case_agencies = ArrayProperty(StringProperty(), required=True, db_property="caseAgencies")
    adult_on = StringProperty(db_property="adultOn")
    former_records = ArrayProperty(StringProperty(), db_property="formerRecords")


class Premises(Stated):
    """A place as one dataset states it."""

    __together__ = (("ward", "premisesId", "facts"),)
    premises_id = StringProperty(unique_index=True, required=True, db_property="premisesId")
    name = StringProperty()
    address = StringProperty()
    postcode = StringProperty(index=True)
    ward = StringProperty(index=True)
    uprn = StringProperty(index=True)
    latitude = FloatProperty()
    longitude = FloatProperty()
    case_members = StringProperty(db_property="caseMembers")


class Establishment(Stated):
    """A business that occupies premises."""

    __together__ = (("ward", "establishmentId", "facts"),)
    establishment_id = StringProperty(unique_index=True, required=True, db_property="establishmentId")
    name = StringProperty(index=True)
    business_type = StringProperty(db_property="businessType")
    rating_value = StringProperty(db_property="ratingValue")
    rating_date = StringProperty(db_property="ratingDate")
    hygiene_score = IntegerProperty(db_property="hygieneScore")
    structural_score = IntegerProperty(db_property="structuralScore")
    confidence_score = IntegerProperty(db_property="confidenceScore")
    postcode = StringProperty(index=True)
    ward = StringProperty(index=True)
    case_members = StringProperty(db_property="caseMembers")


class Case(Stated):
    """A matter that one agency leads and others take part in; `footprint` is GeoJSON text, `area` its square metres."""

    case_id = StringProperty(unique_index=True, required=True, db_property="caseId")
    reference = StringProperty(index=True)
    case_type = StringProperty(db_property="caseType")
    status = StringProperty(index=True)
    opened_on = StringProperty(db_property="openedOn")
    closed_on = StringProperty(db_property="closedOn")
    summary = StringProperty()
    closure_reason = StringProperty(db_property="closureReason")
    consent_status = StringProperty(db_property="consentStatus")
    footprint = StringProperty()
    footprint_wards = ArrayProperty(StringProperty(), db_property="footprintWards")
    area = IntegerProperty()
    version = IntegerProperty()
    participants = ArrayProperty(StringProperty())
    wards = ArrayProperty(StringProperty())


class School(Stated):
    """A school as the national register states it, by its unique reference number."""

    __together__ = (("ward", "schoolId", "facts"),)
    school_id = StringProperty(unique_index=True, required=True, db_property="schoolId")
    urn = StringProperty(index=True)
    name = StringProperty(index=True)
    phase = StringProperty()
    school_type = StringProperty(db_property="schoolType")
    status = StringProperty()
    opened_on = StringProperty(db_property="openedOn")
    closed_on = StringProperty(db_property="closedOn")
    lowest_age = IntegerProperty(db_property="lowestAge")
    highest_age = IntegerProperty(db_property="highestAge")
    capacity = IntegerProperty()
    address = StringProperty()
    postcode = StringProperty(index=True)
    ward = StringProperty(index=True)
    lsoa = StringProperty()
    uprn = StringProperty()
    phone = StringProperty()
    website = StringProperty()
    latitude = FloatProperty()
    longitude = FloatProperty()


class Incident(Stated):
    """A crime or anti-social behaviour as the police publish it: a month, a category and a snapped point."""

    __together__ = (("ward", "incidentId", "facts"),)
    incident_id = StringProperty(unique_index=True, required=True, db_property="incidentId")
    crime_id = StringProperty(index=True, db_property="crimeId")
    month = StringProperty(index=True)
    category = StringProperty()
    outcome = StringProperty()
    street = StringProperty()
    reported_by = StringProperty(db_property="reportedBy")
    falls_within = StringProperty(db_property="fallsWithin")
    ward = StringProperty(index=True)
    lsoa = StringProperty(index=True)
    latitude = FloatProperty()
    longitude = FloatProperty()


class Group(Stated):
    """People who act together, as an agency holds it."""

    group_id = StringProperty(unique_index=True, required=True, db_property="groupId")
    name = StringProperty(index=True)
    group_type = StringProperty(db_property="groupType")


class Lsoa(Stated):
    """A lower layer super output area of one vintage; `geometry` is GeoJSON text in WGS84."""

    lsoa_id = StringProperty(unique_index=True, required=True, db_property="lsoaId")
    code = StringProperty(index=True)
    name = StringProperty()
    vintage = IntegerProperty()
    local_authority = StringProperty(db_property="localAuthority")
    geometry = StringProperty()


class Ward(Stated):
    """An electoral ward of one vintage; `geometry` is GeoJSON text in WGS84."""

    ward_id = StringProperty(unique_index=True, required=True, db_property="wardId")
    code = StringProperty(index=True)
    name = StringProperty()
    vintage = IntegerProperty()
    local_authority = StringProperty(db_property="localAuthority")
    geometry = StringProperty()


class Agency(Stated):
    """A partner that signs agreements."""

    agency_id = StringProperty(unique_index=True, required=True, db_property="agencyId")
    code = StringProperty(index=True)
    name = StringProperty()
    agency_type = StringProperty(db_property="agencyType")
    urn = StringProperty()
    contact_name = StringProperty(db_property="contactName")
    contact_email = StringProperty(db_property="contactEmail")
    contact_phone = StringProperty(db_property="contactPhone")


class Team(Stated):
    """A part of an agency that can be asked."""

    team_id = StringProperty(unique_index=True, required=True, db_property="teamId")
    name = StringProperty()
    email = StringProperty()
    phone = StringProperty()


NODES: tuple[type[StructuredNode], ...] = (
    PersonRecord,
    Person,
    Premises,
    Establishment,
    Case,
    CaseEntry,
    Action,
    RiskAssessment,
    CaseIncident,
    Alert,
    Task,
    TaskEntry,
    Absence,
    Referral,
    ReferralEntry,
    School,
    Incident,
    Group,
    Ward,
    Lsoa,
    Agency,
    Team,
    Assertion,
    Judgement,
    FactClass,
    ImportRun,
    Quarantine,
    Turn,
    Migration,
    Receipt,
    OutboxRecord,
    Reading,
    Undelivered,
    Ground,
)
"""Every label, in the order in which its constraints are made."""
