"""The pages: where each stands, which operation it asks, with what, and what it hears of while it is open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hub.work import questions
from hub.work.questions import Variables, Visit
from hub.work.session import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`name` is its template's and its document's; without its `thing` there is nothing to show.

    `hears` names the subscriptions of `work.js` after which it is fetched anew; one that shows what none of them tells
    of is fetched `again` when somebody comes back to its window. One that `looks` takes a form by which something is
    looked for, since names that are looked for stand in no address, which others keep.
    """

    name: str
    path: str
    variables: Callable[[Visit], Variables]
    thing: str | None = None
    hears: tuple[str, ...] = ()
    again: bool = False
    looks: bool = False

    def address(self, path: Mapping[str, str]) -> str:
        """Where it stands for that thing."""
        return ROOT + self.path.format(**path)


OVERVIEW = Page(name="overview", path="", variables=questions.who, hears=("alerts", "tasks", "referrals"), again=True)
ALERTS = Page(name="alerts", path="/alerts", variables=questions.some, hears=("alerts",))
TASKS = Page(name="tasks", path="/tasks", variables=questions.tasks, hears=("tasks",))
TASK = Page(name="task", path="/tasks/{id}", variables=questions.one, thing="task", hears=("tasks",))
REFER = Page(name="refer", path="/refer", variables=questions.referring, looks=True)
REFERRALS = Page(name="referrals", path="/referrals", variables=questions.referrals, hears=("referrals",))
REFERRAL = Page(
    name="referral", path="/referrals/{id}", variables=questions.one, thing="referral", hears=("referrals",)
)
CASES = Page(name="cases", path="/cases", variables=questions.cases, again=True)
CASE = Page(name="case", path="/cases/{id}", variables=questions.one, thing="case", hears=("case",))
INVOLVE = Page(name="involve", path="/cases/{id}/people", variables=questions.people, thing="case", looks=True)
PLACES = Page(name="places", path="/cases/{id}/places", variables=questions.places, thing="case", looks=True)
GROUND = Page(name="ground", path="/cases/{id}/ground", variables=questions.one, thing="case", looks=True)
RISK = Page(name="risk", path="/cases/{id}/risk", variables=questions.one, thing="case")
PERSON = Page(name="person", path="/people/{id}", variables=questions.people, thing="person", looks=True)
TEAM = Page(name="team", path="/team", variables=questions.loads, hears=("tasks",))
SEARCH = Page(name="search", path="/search", variables=questions.found, looks=True)
OF_CASES = (CASES, CASE, INVOLVE, PLACES, GROUND, RISK)
PAGES = (OVERVIEW, ALERTS, TASKS, TASK, REFER, REFERRALS, REFERRAL, *OF_CASES, PERSON, TEAM, SEARCH)
