"""What forms give to choose from, by the contract's words."""

from graph.referral_words import AsbHeading, NsirQualifier, ReferralSource
from graph.vocabulary import CaseRole
from graph.work_vocabulary import AssertionType, PersonTie, RiskReason
from hub.work.questions import LOADS, STATES
from policies.vocabulary import RiskBand

CASE_TYPES = (*AsbHeading, "GANG", "COUNTY_LINES", "SERIOUS_VIOLENCE", "EXPLOITATION", "DOMESTIC_ABUSE")
"""What cases are usually about; the contract takes any text, but rules of alerts look for these."""
CHILD_OF = "CHILD_OF"
"""How people say it from the child's side; the contract has the parent's alone."""
CHOICES = {
    "assertions": tuple(AssertionType),
    "bands": tuple(RiskBand),
    "case_types": CASE_TYPES,
    "headings": tuple(AsbHeading),
    "loads": LOADS,
    "qualifiers": tuple(NsirQualifier),
    "risk_reasons": tuple(RiskReason),
    "roles": tuple(CaseRole),
    "sources": tuple(source for source in ReferralSource if source is not ReferralSource.PUBLIC),
    "states": STATES,
    "ties": (PersonTie.SIBLING_OF, PersonTie.PARENT_OF, CHILD_OF, PersonTie.ASSOCIATES_WITH),
}
"""By the names that templates know them by; who signs in does not refer as the public does."""
