"""The words that agreements and markings are written in."""

from enum import StrEnum


class AgencyType(StrEnum):
    """Kinds of partner agency."""

    POLICE = "POLICE"
    BTP = "BTP"
    LOCAL_AUTHORITY = "LOCAL_AUTHORITY"
    HOUSING_PROVIDER = "HOUSING_PROVIDER"
    PROBATION = "PROBATION"
    YOUTH_OFFENDING = "YOUTH_OFFENDING"
    HEALTH_ICB = "HEALTH_ICB"
    MENTAL_HEALTH_TRUST = "MENTAL_HEALTH_TRUST"
    FIRE = "FIRE"
    SCHOOL = "SCHOOL"
    COLLEGE = "COLLEGE"
    HOME_OFFICE_IMMIGRATION = "HOME_OFFICE_IMMIGRATION"
    BID = "BID"
    VOLUNTARY = "VOLUNTARY"
    VICTIM_SUPPORT = "VICTIM_SUPPORT"
    OUTREACH = "OUTREACH"
    COUNCILLOR = "COUNCILLOR"


class Purpose(StrEnum):
    """What a request is for; stated with every request, recorded with every answer."""

    ASB_PREVENTION = "ASB_PREVENTION"
    CRIME_PREVENTION = "CRIME_PREVENTION"
    CHILD_SAFEGUARDING = "CHILD_SAFEGUARDING"
    ADULT_SAFEGUARDING = "ADULT_SAFEGUARDING"
    MARAC_DA = "MARAC_DA"
    SERIOUS_VIOLENCE = "SERIOUS_VIOLENCE"
    HOMELESSNESS_SUPPORT = "HOMELESSNESS_SUPPORT"
    LICENSING_ENFORCEMENT = "LICENSING_ENFORCEMENT"
    STRATEGIC_ANALYSIS = "STRATEGIC_ANALYSIS"
    SUBJECT_RIGHTS = "SUBJECT_RIGHTS"
    AUDIT = "AUDIT"


class LegalGateway(StrEnum):
    """The law that lets the parties share."""

    CDA1998_S115 = "CDA1998_S115"
    CDA1998_S17A = "CDA1998_S17A"
    PCSCA2022_S16 = "PCSCA2022_S16"
    CA2004_S10 = "CA2004_S10"
    CA2004_S11 = "CA2004_S11"
    VPA2024_ENCOMPASS = "VPA2024_ENCOMPASS"
    ASBCPA2014_S104 = "ASBCPA2014_S104"
    COMMON_LAW_POLICING = "COMMON_LAW_POLICING"
    COURT_ORDER = "COURT_ORDER"
    CONSENT = "CONSENT"
    VITAL_INTEREST = "VITAL_INTEREST"


class DataClass(StrEnum):
    """How the law ranks what a field tells."""

    NON_PERSONAL = "NON_PERSONAL"
    PERSONAL = "PERSONAL"
    SPECIAL_CATEGORY = "SPECIAL_CATEGORY"
    CRIMINAL_OFFENCE = "CRIMINAL_OFFENCE"
    INTELLIGENCE = "INTELLIGENCE"


class Sensitivity(StrEnum):
    """The marking of a record, from the lowest to the highest; anything above is refused on entry."""

    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL_SENSITIVE"

    @classmethod
    def highest(cls, *marked: "Sensitivity") -> "Sensitivity":
        """The marking of what tells of several things that are marked so."""
        return max(marked, key=list(cls).index)


class Protection(StrEnum):
    """What protects a person, a place or a record, whoever asks."""

    REFUGE = "refuge"
    ADOPTION = "adoption"
    WITNESS = "witness"
    COVERT = "covert"
    SILENT = "silent"


WHEREABOUTS = frozenset({Protection.REFUGE, Protection.ADOPTION})
"""What protects where somebody is, and not that there is such a person."""


class Tie(StrEnum):
    """How a child is linked to somebody."""

    SIBLING_OF = "SIBLING_OF"
    PARENT_OF = "PARENT_OF"
    ASSOCIATES_WITH = "ASSOCIATES_WITH"
    SAME_HOUSEHOLD = "SAME_HOUSEHOLD"


class Cause(StrEnum):
    """What a change touched beside ties."""

    INVOLVEMENT = "INVOLVEMENT"
    PERSON = "PERSON"


class Origin(StrEnum):
    """How a change was made: by somebody who works in the hub, by an import, by hand of those who run the hub."""

    MUTATION = "mutation"
    IMPORT = "import"
    JUDGEMENT = "judgement"


class ReferralRoute(StrEnum):
    """Where a referral goes after triage."""

    POLICE = "POLICE"
    NEIGHBOURHOOD_COORDINATION_MEETING = "NEIGHBOURHOOD_COORDINATION_MEETING"
    ASB_CASE_MANAGEMENT_MEETING = "ASB_CASE_MANAGEMENT_MEETING"
    SAFEGUARDING_MASH = "SAFEGUARDING_MASH"
    MARAC = "MARAC"
    VICTIM_SUPPORT = "VICTIM_SUPPORT"
    OTHER_SERVICE = "OTHER_SERVICE"
    INTELLIGENCE_ONLY = "INTELLIGENCE_ONLY"
    NO_FURTHER_ACTION = "NO_FURTHER_ACTION"


class RiskBand(StrEnum):
    """How high a risk is, from the lowest to the highest."""

    STANDARD = "STANDARD"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


PUBLIC = "public"
"""The role of whoever refers without signing in: no token can name it, and one agency answers for it."""
HUB = "hub"
"""The owner of what the hub itself states: wards and agencies. Not an agency: nobody signs in as it."""
