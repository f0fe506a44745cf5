"""With what each page asks: by who looks, what stands in its address, and what is asked for behind it or by a form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.referral_words import ReferralState
from hub.work.lookups import named, referred_to, there
from policies.viewer import Principal

PAGE_SIZE = 25
OPEN, CLOSED = "OPEN", "CLOSED"
STATES = tuple(ReferralState)
OTHERS, ALL, MINE, TAKEN = "others", "all", "mine", "taken"
PERSON, AGENCY, TEAM = LOADS = ("PERSON", "AGENCY", "TEAM")
"""Whose tasks are counted together."""

Variables = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who looks at a page, what stands in its address, and what is asked for behind it or by a form."""

    principal: Principal
    path: Mapping[str, str]
    query: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.query.get(name, "").strip()


def who(visit: Visit) -> Variables:
    return {"agency": visit.principal.agency, "subject": visit.principal.subject}


def one(visit: Visit) -> Variables:
    return {"id": visit.path["id"]}


def some(visit: Visit) -> Variables:
    return {"first": PAGE_SIZE, "after": visit.query.get("after")}


def tasks(visit: Visit) -> Variables:
    return {**who(visit), **some(visit)}


def cases(visit: Visit) -> Variables:
    """Filter as is chosen; all of them also has those of which it is withheld how they stand, or who takes part."""
    whose, status = visit.query.get("whose"), visit.query.get("status")
    ours = {"agencies": {"code": {"eq": visit.principal.agency}}}
    which = {"not": ours} if whose == OTHERS else ours
    chosen = {} if whose == ALL else {"status": {"eq": CLOSED if status == CLOSED else OPEN}, **which}
    return {**some(visit), "filter": chosen}


def referrals(visit: Visit) -> Variables:
    """What is to be triaged first stands first; of what one made oneself and of all, what came last."""
    whose, state, me = visit.query.get("whose"), visit.query.get("state"), visit.principal.subject
    if whose == MINE:
        return {**some(visit), "order": "RECEIVED_AT_DESC", "filter": {"referrer": {"eq": me}}}
    if whose == ALL:
        return {**some(visit), "order": "RECEIVED_AT_DESC", "filter": {}}
    if whose == TAKEN:
        return {**some(visit), "order": "DUE_AT", "filter": {"officer": {"eq": me}}}
    return {**some(visit), "order": "DUE_AT", "filter": {"state": {"eq": state if state in STATES else STATES[0]}}}


def people(visit: Visit) -> Variables:
    """Look for people by their name, once one is given: nobody browses a borough."""
    name = visit.text("name")
    return {**one(visit), "isAsked": bool(name), "named": named(name)}


def places(visit: Visit) -> Variables:
    place = visit.text("place")
    return {**one(visit), "isAsked": bool(place), "there": there(place)}


def referring(visit: Visit) -> Variables:
    """Look for people and for places, and at those that were chosen, while a referral is written."""
    name, place, taken = visit.text("name"), visit.text("place"), visit.text("taken")
    return {
        "chosen": marked(visit.query, "people."),
        "places": marked(visit.query, "premises."),
        "isNamed": bool(name),
        "named": named(name),
        "isPlaced": bool(place),
        "there": there(place),
        "isTaken": bool(taken),
        "taken": taken,
    }


def found(visit: Visit) -> Variables:
    """Look for people by name, for cases by the beginning of their reference, and for referrals by the whole of it."""
    text = visit.text("text")
    return {
        "isAsked": bool(text),
        "named": named(text),
        "cases": referred_to(text),
        "referrals": {"reference": {"eq": text.upper()}},
    }


def loads(visit: Visit) -> Variables:
    by = visit.query.get("by")
    return {"by": by if by in LOADS else PERSON}


def marked(form: Iterable[str], prefix: str) -> list[str]:
    """What was ticked of several boxes that are named alike."""
    return [name.removeprefix(prefix) for name in form if name.startswith(prefix)]
