"""The pages: where each stands, which operation it asks, with what, and what it hears of while it is open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.referral_words import AsbHeading, ReferralState
from hub.work.session import ROOT
from policies.viewer import Principal

PAGE_SIZE = 25
OPEN, CLOSED = "OPEN", "CLOSED"
STATES = tuple(ReferralState)
CASE_TYPES = (*AsbHeading, "GANG", "COUNTY_LINES", "SERIOUS_VIOLENCE", "EXPLOITATION", "DOMESTIC_ABUSE")
"""What cases are usually about; the contract takes any text, but rules of alerts look for these."""

Variables = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who looks at a page, what stands in its address, and what is asked for behind it or by a form."""

    principal: Principal
    path: Mapping[str, str]
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`name` is its template's and its document's; without its `thing` there is nothing to show.

    `hears` names the subscriptions of `work.js` after which it is fetched anew.
    """

    name: str
    path: str
    variables: Callable[[Visit], Variables]
    thing: str | None = None
    hears: tuple[str, ...] = ()

    def address(self, path: Mapping[str, str]) -> str:
        """Where it stands for that thing."""
        return ROOT + self.path.format(**path)


def _who(visit: Visit) -> Variables:
    return {"agency": visit.principal.agency, "subject": visit.principal.subject}


def _one(visit: Visit) -> Variables:
    return {"id": visit.path["id"]}


def _some(visit: Visit) -> Variables:
    return {"first": PAGE_SIZE, "after": visit.query.get("after")}


def _tasks(visit: Visit) -> Variables:
    return {**_who(visit), **_some(visit)}


def _cases(visit: Visit) -> Variables:
    """Filter as is chosen; all of them also has those of which it is withheld how they stand, or who takes part."""
    whose, status = visit.query.get("whose"), visit.query.get("status")
    ours = {"agencies": {"code": {"eq": visit.principal.agency}}}
    which = {"not": ours} if whose == "others" else ours
    chosen = {} if whose == "all" else {"status": {"eq": CLOSED if status == CLOSED else OPEN}, **which}
    return {**_some(visit), "filter": chosen}


def _named(visit: Visit) -> Variables:
    """Look for people by their family name, once one is given: nobody browses a borough."""
    name = visit.query.get("name", "").strip()
    return {**_one(visit), "name": name, "isAsked": bool(name)}


def _referrals(visit: Visit) -> Variables:
    state = visit.query.get("state")
    return {**_some(visit), "state": state if state in STATES else STATES[0]}


OVERVIEW = Page(name="overview", path="", variables=_who, hears=("alerts", "tasks"))
ALERTS = Page(name="alerts", path="/alerts", variables=_some, hears=("alerts",))
TASKS = Page(name="tasks", path="/tasks", variables=_tasks, hears=("tasks",))
TASK = Page(name="task", path="/tasks/{id}", variables=_one, thing="task", hears=("tasks",))
REFERRALS = Page(name="referrals", path="/referrals", variables=_referrals)
REFERRAL = Page(name="referral", path="/referrals/{id}", variables=_one, thing="referral")
CASES = Page(name="cases", path="/cases", variables=_cases)
CASE = Page(name="case", path="/cases/{id}", variables=_one, thing="case", hears=("case",))
INVOLVE = Page(name="involve", path="/cases/{id}/people", variables=_named, thing="case")
PAGES = (OVERVIEW, ALERTS, TASKS, TASK, REFERRALS, REFERRAL, CASES, CASE, INVOLVE)
