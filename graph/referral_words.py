"""The words of referrals: what they are about, for whom they are made, and what becomes of them."""

from enum import StrEnum


class AsbHeading(StrEnum):
    """Kinds of anti-social behaviour, as the police of England and Wales record it."""

    VEHICLE_ABANDONED = "VEHICLE_ABANDONED"
    VEHICLE_NUISANCE = "VEHICLE_NUISANCE"
    ROWDY_INCONSIDERATE = "ROWDY_INCONSIDERATE"
    ROWDY_NUISANCE_NEIGHBOURS = "ROWDY_NUISANCE_NEIGHBOURS"
    LITTERING_DRUG_PARAPHERNALIA = "LITTERING_DRUG_PARAPHERNALIA"
    ANIMAL_PROBLEMS = "ANIMAL_PROBLEMS"
    TRESPASS = "TRESPASS"
    MALICIOUS_COMMUNICATIONS = "MALICIOUS_COMMUNICATIONS"
    STREET_DRINKING = "STREET_DRINKING"
    PROSTITUTION_RELATED = "PROSTITUTION_RELATED"
    NOISE = "NOISE"
    BEGGING_VAGRANCY = "BEGGING_VAGRANCY"
    FIREWORKS = "FIREWORKS"


class NsirQualifier(StrEnum):
    """Whom an incident harms, assessed for each and not derived from its heading."""

    PERSONAL = "PERSONAL"
    NUISANCE = "NUISANCE"
    ENVIRONMENTAL = "ENVIRONMENTAL"


class ReferralState(StrEnum):
    """How far a referral has come."""

    RECEIVED = "RECEIVED"
    IN_TRIAGE = "IN_TRIAGE"
    MORE_INFO = "MORE_INFO"
    ACCEPTED = "ACCEPTED"
    ROUTED = "ROUTED"
    REJECTED = "REJECTED"
    DUPLICATE = "DUPLICATE"
    CLOSED = "CLOSED"


class ReferralSource(StrEnum):
    """For whom somebody refers."""

    PARTNER = "PARTNER"
    COUNCILLOR_FOR_CONSTITUENT = "COUNCILLOR_FOR_CONSTITUENT"
    UNNAMED_PROFESSIONAL = "UNNAMED_PROFESSIONAL"
    PUBLIC = "PUBLIC"


class ReferralStep(StrEnum):
    """What somebody did with a referral."""

    TAKEN = "TAKEN"
    HANDED_BACK = "HANDED_BACK"
    TRIAGED = "TRIAGED"
    RETURNED = "RETURNED"
    ANSWERED = "ANSWERED"
    DUPLICATE = "DUPLICATE"
    ACCEPTED = "ACCEPTED"
    REOPENED = "REOPENED"
    LIKENESS_WITHDRAWN = "LIKENESS_WITHDRAWN"
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"
