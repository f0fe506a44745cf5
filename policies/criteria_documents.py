"""The documents by which referrals are triaged: what is asked, which route that proposes, and whom it reaches."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Tag

from policies import phrases
from policies.questionnaire import Band, Questionnaire, Scored
from policies.vocabulary import ReferralRoute

Reached = Annotated[
    Annotated[Literal["named", "nobody"], Tag("word")] | Annotated[tuple[str, ...], Tag("list")],
    Discriminator(phrases.form),
]
"""Agencies by their codes; `named` are those that whoever triages names, one at least."""


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
    routes: Mapping[ReferralRoute, Reached]

    def told(self, route: ReferralRoute) -> tuple[str, ...]:
        """The codes of the agencies that are told whenever a route is taken."""
        reached = self.routes[route]
        return () if isinstance(reached, str) else reached

    def is_named(self, route: ReferralRoute) -> bool:
        """Whether a route reaches nobody unless whoever triages names somebody."""
        return self.routes[route] == "named"
