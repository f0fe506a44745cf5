"""What can be chosen in a form: each as it is sent, and as it reads."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.casework import DATASET
from hub.work.words import day, words

Option = tuple[str, str]
CONCERNED = frozenset({"PERSON_CONCERNED", "PREMISES_CONCERNED"})
"""The events that tell which agency stated whom or what a case concerns."""


def pair(agency: Mapping[str, Any]) -> Option:
    """Give the code of an agency, and what people call it."""
    return agency["code"], agency["name"] or agency["code"]


def planned(action: Mapping[str, Any]) -> Option:
    """Give the id of something to be done in a case, and what it is."""
    return action["id"], action["text"] or "something that is not told"


def titled(referral: Mapping[str, Any]) -> Option:
    """Give the id of a referral, and what people call it."""
    return referral["id"], referral["reference"] or "a referral whose reference is not told"


def options(values: Iterable[str]) -> list[Option]:
    """Give words of the contract, each as it is and as it reads."""
    return [(str(value), words(value)) for value in values]


def routed(routes: Sequence[Mapping[str, Any]], agencies: Mapping[str, Any]) -> list[Option]:
    """Give each route of triage, and whom it tells."""
    names = dict(pair(edge["node"]) for edge in agencies["edges"])
    told = [" and ".join(names.get(code, code) for code in one["services"]) for one in routes]
    whom = ["whom you tick" if one["needsServices"] else who for one, who in zip(routes, told, strict=True)]
    return [
        (one["route"], words(one["route"]) + (who and f": tells {who}")) for one, who in zip(routes, whom, strict=True)
    ]


def telling(routes: Iterable[Mapping[str, Any]], code: str) -> list[str]:
    """Give the routes of triage that tell an agency in any case."""
    return [one["route"] for one in routes if code in one["services"]]


def named(person: Mapping[str, Any]) -> str:
    """What somebody is called, as far as it is told, where no mark can say that it is not all."""
    return " ".join(filter(None, (person["givenName"], person["familyName"]))) or "somebody whose name is not told"


def somebody(person: Mapping[str, Any]) -> Option:
    """Give the id of a person, and who that is."""
    born = f", born {day(person['dateOfBirth'])}" if person["dateOfBirth"] else ""
    return person["id"], f"{named(person)}{born}"


def addressed(place: Mapping[str, Any]) -> str:
    """Write where a place is, in one line."""
    address, postcode = place["address"] or "", place["postcode"] or ""
    return address if postcode in address else f"{address}, {postcode}"


def involvements(case: Mapping[str, Any], agency: str | None = None) -> list[Option]:
    """Give whom and what a case concerns, people in each of their roles: of what, its id and role, and what it is.

    Of an agency that is named, what the case's timeline says that it stated in the hub, and so may end there.
    """
    stated = None if agency is None else _stated(case, agency)
    people, places = (
        [edge for edge in case[name]["edges"] if stated is None or edge["node"]["id"] in stated]
        for name in ("people", "premises")
    )
    return [
        *(
            (f"person {edge['node']['id']}{role and f' {role}'}", f"{named(edge['node'])}{role and f', {words(role)}'}")
            for edge in people
            for role in edge["roles"] or [""]
        ),
        *((f"premises {edge['node']['id']}", addressed(edge["node"])) for edge in places),
    ]


def _stated(case: Mapping[str, Any], agency: str) -> set[str]:
    events = [edge["node"] for edge in case["timeline"]["edges"] if edge["node"]["kind"] in CONCERNED]
    return {
        event["subject"]["id"]
        for event in events
        if event["subject"] and event["dataset"] == DATASET and event["agency"] and event["agency"]["code"] == agency
    }


def ties(kin: Iterable[tuple[str, str, Mapping[str, Any]]]) -> list[Option]:
    """Give each tie of somebody, of which one's agency may hold some: what it is, and to whom."""
    return [
        (f"{key} {edge['node']['id']}", f"{what}: {named(edge['node'])}")
        for key, what, list_ in kin
        for edge in list_["edges"]
    ]
