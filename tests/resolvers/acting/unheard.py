"""What people do who are spared from limits, of which nobody else is to hear."""

from collections.abc import Iterator

from tests.resolvers.acting.script import NOISE, Move, Script, described
from tests.resolvers.acting.test_referrals import pin
from tests.resolvers.acting.test_risk import answers

CONSTABLE, CASEWORKER = "police-officer", "victim-support"
REACHED = {"submitReferral", "sendTask", "addNote", "assessRisk", "linkPeople", "involvePerson"}
_TASK = {"title": "Watch them", "text": "Who comes?", "agency": "police", "targetOn": "2026-12-01"}


def unheard(at: int, script: Script, twin: str, covert: str) -> Iterator[Move]:
    """One of six things in turn: of whom and where everybody works, of a covert `twin` or in a `covert` case."""
    people, places = script.people, [ident for _, ident in script.places]
    told = {**NOISE, "isIntelligence": True}
    match at % 6:
        case 0:
            known = [people["bob"], people["cal"]]
            yield CONSTABLE, "submitReferral", {**told, "people": known, "premises": places[:2], "pin": pin()}
        case 1:
            whom = [described("Ann", "Ash", "1990")]
            yield CONSTABLE, "submitReferral", {**told, "people": [people["ann"]], "describedPeople": whom}
        case 2:
            yield CONSTABLE, "sendTask", _TASK
        case 3:
            yield CONSTABLE, "addNote", {"id": covert, "text": "Seen again", "assertionType": "FACT"}
            yield CONSTABLE, "sendTask", {**_TASK, "case": covert}
        case 4:
            risk = {"person": people["ann"], "template": "asb-victim", "answers": answers()}
            for ident in script.cases:
                yield CASEWORKER, "assessRisk", {"id": ident, **risk}
        case _:
            tie = {"tie": "SIBLING_OF", "assertionType": "FACT"}
            yield CONSTABLE, "linkPeople", {"person": twin, "other": people["bob"], **tie}
            for ident in script.cases:
                yield CONSTABLE, "involvePerson", {"id": ident, "person": twin, "role": "PERPETRATOR"}
