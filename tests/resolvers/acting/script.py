"""What people do next, drawn by chance: from what they were answered so far, and from nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.resolvers.acting import casework, taskwork, test_ties, triagework
from tests.resolvers.acting.test_referrals import pin
from tests.resolvers.acting.test_risk import answers
from tests.resolvers.acting.triagework import judged

Given = dict[str, Any]
Move = tuple[str, str, Given]
"""Who does what, with what is given besides the key."""

OFFICER = "asb-officer"
ACTORS = {OFFICER: 7, "police-officer": 2, "housing-officer": 1}
_SUBMITTED = """... on ReferralSubmitted { referral { id reference state version
  people(first: 9) { totalCount } premises(first: 9) { totalCount edges { node { id address } } }
  likenesses(first: 9) { totalCount } resembles(first: 9) { totalCount } } }
  ... on NotPermitted { message } ... on NotFound { message path } ... on InvalidInput { fields { path message } }"""
NOISE = {
    "concerns": [{"heading": "NOISE", "qualifier": "NUISANCE"}],
    "narrative": "They drum all night",
    "hasConsent": True,
}
_DESCRIBED = (("Ann", "Ash", "1990-01-01"), ("Kim", "Kay", "2014-01-01"), ("Bob", "Bee", "1980"))


def described(given_name: str, family_name: str, born: str) -> Given:
    return {"givenName": given_name, "familyName": family_name, "dateOfBirth": born, "role": "VICTIM"}


def text(name: str) -> str:
    """The mutation of a name, with much of what it answers."""
    if name == "submitReferral":
        return f"mutation($input: SubmitReferralInput!) {{ done: {name}(input: $input) {{ __typename {_SUBMITTED} }} }}"
    if name == "sendTask":
        return taskwork.mutation(name)
    if name in test_ties.MUTATIONS:
        return test_ties.MUTATIONS[name]
    if name in casework.INPUTS:
        return casework.mutation(name)
    return triagework.mutation(name)


@dataclass(slots=True, kw_only=True)
class Script:
    """Draws for whoever is not spared, who know people by their keys, places with their owners, and cases."""

    chance: Random
    people: Mapping[str, str]
    places: Sequence[tuple[str, str]]
    cases: list[str]
    spared: frozenset[str]
    opened: list[str] = field(default_factory=list)
    referrals: list[str] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)

    def learn(self, done: Mapping[str, Any]) -> None:
        """Keep what an answer tells of a case or a referral, for what is done next."""
        for name, known in (("case", self.cases), ("referral", self.referrals)):
            found = done.get(name)
            if found and found["id"] not in known:
                known.append(found["id"])
                if name == "case":
                    self.opened.append(found["id"])
            if found and found["version"] is not None:
                self.versions[found["id"]] = found["version"]

    def moves(self, count: int) -> Iterator[Move]:
        """Begin with what must be reached, and go on with as many as are asked for by chance."""
        yield from self._beginning()
        for _ in range(count):
            yield self._next()

    def _beginning(self) -> Iterator[Move]:
        """Bring her, the child and somebody else into cases with every place that the council knows, and refer her."""
        places = [ident for owner, ident in self.places if owner == "council"]
        for who, kind, role in (("ann", "GANG", "ASSOCIATE"), ("kim", "NOISE", "VICTIM"), ("bob", "NOISE", "WITNESS")):
            yield OFFICER, "openCase", {"caseType": kind, "summary": "Drums at night"}
            matter = {"id": self.opened[-1]}
            yield OFFICER, "inviteToCase", {**matter, "agency": "police"}
            yield OFFICER, "involvePerson", {**matter, "person": self.people[who], "role": role}
            for place in places:
                yield OFFICER, "involvePremises", {**matter, "premises": place}
        yield OFFICER, "inviteToCase", {**matter, "agency": "housing"}
        yield OFFICER, "submitReferral", {**NOISE, "describedPeople": [described(*_DESCRIBED[0])], "premises": places}
        referred = self.referrals[-1]
        yield OFFICER, "confirmLikeness", {"id": referred, "person": self.people["ann"], "reason": "Her mother rang"}
        yield OFFICER, "triageReferral", self.triage_referral()

    def _next(self) -> Move:
        (name,) = self.chance.choices([*_WEIGHTS], [*_WEIGHTS.values()])
        actors = {who: weight for who, weight in ACTORS.items() if who not in self.spared}
        (who,) = self.chance.choices([*actors], [*actors.values()])
        return OFFICER if name in _AT_THE_DESK else who, name, _DRAWS[name](self)

    def _often(self, share: float) -> bool:
        return self.chance.random() < share

    def _person(self) -> str:
        """Somebody, and most often who is protected."""
        return self.people[self.chance.choice([*self.people, "ann", "ann", "ann", "kim", "kim"])]

    def _place(self) -> str:
        return self.chance.choice(self.places)[1]

    def _case(self) -> str:
        return self.chance.choice(self.opened if self._often(0.7) else self.cases)

    def _referral(self) -> str:
        return self.chance.choice(self.referrals)

    def _likely(self) -> str:
        """Somebody of those whom referrals describe."""
        return self.people[self.chance.choice(["ann", "ann", "kim", "bob"])]

    def open_case(self) -> Given:
        origin = {"referral": self._referral()} if self._often(0.4) else {}
        return {"caseType": self.chance.choice(["NOISE", "GANG"]), "summary": "Drums", **origin}

    def join_case(self) -> Given:
        return {"id": self._case()}

    def invite_to_case(self) -> Given:
        agency = self.chance.choice(["police", "housing", "council", "larkhall", "victim_support"])
        return {"id": self._case(), "agency": agency}

    def involve_person(self) -> Given:
        role = self.chance.choice(["VICTIM", "PERPETRATOR", "ASSOCIATE", "PROFESSIONAL"])
        return {"id": self._case(), "person": self._person(), "role": role}

    def involve_premises(self) -> Given:
        return {"id": self._case(), "premises": self._place()}

    def end_involvement(self) -> Given:
        what = {"person": self._person()} if self._often(0.5) else {"premises": self._place()}
        return {"id": self._case(), **what, "reason": "A mistake"}

    def add_note(self) -> Given:
        return {"id": self._case(), "text": "They rang again", "assertionType": "FACT"}

    def assess_risk(self) -> Given:
        return {"id": self._case(), "person": self._person(), "template": "asb-victim", "answers": answers()}

    def close_case(self) -> Given:
        ident = self._case()
        return {"id": ident, "version": self.versions.get(ident, 1), "reason": "It is quiet"}

    def submit_referral(self) -> Given:
        """Refer some whom one knows, somebody described, some places, or a point on the map."""
        chance = self.chance
        people = chance.sample(sorted(self.people.values()), chance.randint(0, 2))
        places = [ident for _, ident in chance.sample(self.places, chance.randint(0, 4))]
        by_name = {"describedPeople": [described(*chance.choice(_DESCRIBED))]} if self._often(0.8) else {}
        return {
            **NOISE,
            "people": people,
            "premises": places,
            **by_name,
            **({"pin": pin()} if self._often(0.3) else {}),
        }

    def confirm_likeness(self) -> Given:
        return {"id": self._referral(), "person": self._likely(), "reason": "It is them"}

    def withdraw_likeness(self) -> Given:
        return {**self._versioned(), "person": self._likely(), "reason": "It was a cousin"}

    def triage_referral(self) -> Given:
        return {**self._versioned(), **judged(route="POLICE", services=["housing"], reason="They are afraid")}

    def mark_duplicate(self) -> Given:
        return {**self._versioned(), "of": self._referral(), "reason": "The same drums"}

    def link_people(self) -> Given:
        tie = self.chance.choice(["SIBLING_OF", "ASSOCIATES_WITH"])
        return {"person": self._person(), "other": self._person(), "tie": tie, "assertionType": "FACT"}

    def end_link(self) -> Given:
        return {"person": self._person(), "other": self._person(), "tie": "SIBLING_OF", "reason": "Not related"}

    def send_task(self) -> Given:
        matter = {"case": self._case()} if self._often(0.6) else {}
        agency = self.chance.choice(["police", "housing", "council", "larkhall"])
        return {"title": "Whose flat?", "text": "Who drums?", "agency": agency, "targetOn": "2026-12-01", **matter}

    def _versioned(self) -> Given:
        ident = self._referral()
        return {"id": ident, "version": self.versions.get(ident, 1)}


_AT_THE_DESK = {"confirmLikeness", "withdrawLikeness"}
_WEIGHTS = {"involvePerson": 3, "involvePremises": 3, "submitReferral": 2, "confirmLikeness": 3} | dict.fromkeys(
    (
        *("openCase", "joinCase", "inviteToCase", "endInvolvement", "addNote", "assessRisk", "closeCase"),
        *("withdrawLikeness", "triageReferral", "markDuplicate", "linkPeople", "endLink", "sendTask"),
    ),
    1,
)
_DRAWS: Mapping[str, Callable[[Script], Given]] = {
    "openCase": Script.open_case,
    "joinCase": Script.join_case,
    "inviteToCase": Script.invite_to_case,
    "involvePerson": Script.involve_person,
    "involvePremises": Script.involve_premises,
    "endInvolvement": Script.end_involvement,
    "addNote": Script.add_note,
    "assessRisk": Script.assess_risk,
    "closeCase": Script.close_case,
    "submitReferral": Script.submit_referral,
    "confirmLikeness": Script.confirm_likeness,
    "withdrawLikeness": Script.withdraw_likeness,
    "triageReferral": Script.triage_referral,
    "markDuplicate": Script.mark_duplicate,
    "linkPeople": Script.link_people,
    "endLink": Script.end_link,
    "sendTask": Script.send_task,
}
