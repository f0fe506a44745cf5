"""The documents by which referrals are triaged: what is asked, and which route that proposes."""

from policies.questionnaire import Band, Questionnaire, Scored
from policies.vocabulary import ReferralRoute


class Proposal(Band):
    """The route that a number of points proposes, and why."""

    route: ReferralRoute
    reason: str


class Triaged(Scored):
    """Some answers, and the route that they are expected to propose."""

    route: ReferralRoute


class Criteria(Questionnaire[Proposal, Triaged]):
    """Criteria for triage; `target_hours` are the working hours in which a referral is to be triaged."""

    target_hours: int
