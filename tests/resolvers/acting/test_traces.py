"""Every change leaves a trace where people look for it: in a timeline, in entries, or on the thing itself."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.store import Connection
from resolvers.acting.planning import DEEDS
from tests.resolvers.acting import test_risk
from tests.resolvers.acting.stagecraft import do
from tests.resolvers.acting.test_alerts import BOY, BROTHER, FACTS, GANG, HOME, SAFETY, relayed
from tests.resolvers.acting.test_cases import ANN, ID_OF_PREMISES, person_id
from tests.resolvers.acting.test_footprints import IN_ONE, WARDS
from tests.resolvers.acting.triagework import CALM, answers
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import concerns, person, sibling

BEN = person("council/ben", givenName="Ben", familyName="Ash", dateOfBirth="1985-03-12", ward="E05013808")
EVENTS = "timeline(first: 99) { edges { node { kind subject { ... on CaseEntry { did: kind } } } } }"
ENTRIES = "entries(first: 99) { edges { node { kind } } }"
LOOKED_FOR = {
    "CaseChanged": ("case", EVENTS),
    "PeopleLinked": ("person", EVENTS),
    "TaskChanged": ("task", ENTRIES),
    "ReferralChanged": ("referral", f"{ENTRIES} people(first: 9) {{ edges {{ author }} }}"),
    "ReferralSubmitted": ("referral", "state"),
    "AlertsAcknowledged": ("alert", "status"),
    "AbsenceStated": ("absence", "person"),
}
"""Of what a change answers with: which thing that is, and what is read of it to find the trace."""
TRACES = {
    "openCase": "OPENED",
    "changeCase": "CHANGED",
    "joinCase": "JOINED",
    "leaveCase": "LEFT",
    "inviteToCase": "INVITED",
    "involvePerson": "PERSON_CONCERNED",
    "involvePremises": "PREMISES_CONCERNED",
    "endInvolvement": "INVOLVEMENT_ENDED",
    "addNote": "NOTED",
    "addAction": "ACTION_ADDED",
    "finishAction": "ACTION_FINISHED",
    "addIncident": "INCIDENT_ADDED",
    "assessRisk": "RISK_ASSESSED",
    "setFootprint": "FOOTPRINT_SET",
    "transferLead": "TRANSFERRED",
    "confirmConsent": "CONSENT_ASKED",
    "closeCase": "CLOSED",
    "reopenCase": "REOPENED",
    "linkPeople": "TIE_STATED",
    "endLink": "TIE_ENDED",
    "sendTask": "SENT",
    "acceptTask": "ACCEPTED",
    "answerTask": "ANSWERED",
    "handOnTask": "HANDED_ON",
    "finishTask": "FINISHED",
    "setAbsence": "asb-officer",
    "submitReferral": "RECEIVED",
    "takeReferral": "TAKEN",
    "handBackReferral": "HANDED_BACK",
    "confirmLikeness": "asb-officer",
    "withdrawLikeness": "LIKENESS_WITHDRAWN",
    "triageReferral": "TRIAGED",
    "closeReferral": "CLOSED",
    "withdrawReferral": "WITHDRAWN",
    "returnReferral": "RETURNED",
    "answerReferral": "ANSWERED",
    "markDuplicate": "DUPLICATE",
    "reopenReferral": "REOPENED",
    "acknowledgeAlerts": "ACKNOWLEDGED",
}


def words(told: Any) -> Iterator[str]:  # noqa: ANN401 - an answer
    """Every text in an answer."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for part in told.values() if isinstance(told, dict) else told:
            yield from words(part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Makes changes and looks for the trace of each."""

    hub: TestHub
    made: set[str] = field(default_factory=set)

    async def do(
        self,
        who: str,
        name: str,
        ident: str | None = None,
        *,
        reader: str = "asb-officer",
        purpose: str = ASB,
        **given: Any,  # noqa: ANN401 - any input
    ) -> str:
        """Make a change of a thing, or of a new one, whose trace its reader finds once more than before."""
        deed = DEEDS[name]
        thing, _ = LOOKED_FOR[deed.done]
        before = await self._found(deed.done, ident, reader, purpose)
        several = {"alert": "alerts"}.get(thing, thing)
        told = f"... on {deed.done} {{ {several} {{ id }} }}"
        done = (await do(self.hub, who, name, told, purpose=purpose, **given))[several]
        made = str((done[0] if isinstance(done, list) else done)["id"])
        await self.hub.watch.refresh(self.hub.store)
        after = await self._found(deed.done, made, reader, purpose)
        assert after[TRACES[name]] == before[TRACES[name]] + 1, (name, after - before)
        self.made.add(name)
        return made

    async def _found(self, done: str, ident: str | None, who: str, purpose: str) -> Counter[str]:
        if ident is None:
            return Counter()
        thing, what = LOOKED_FOR[done]
        query = f"query($id: ID!) {{ {thing}(id: $id) {{ {what} }} }}"
        return Counter(words(await self.hub.data(who, purpose, query, {"id": ident})))


def test_whatever_can_be_changed_leaves_a_trace(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        following = Following(hub=hub)
        for act in (_of_cases, _of_people, _of_tasks, _of_referrals, _of_alerts):
            await act(hub, following)
        assert following.made == set(DEEDS)

    facts = (*FACTS, *WARDS, HOME, ANN, BEN, GANG, concerns(GANG, BROTHER, "PERPETRATOR"), sibling(BOY, BROTHER))
    tell(engine_connection, *facts, story=story)


async def _of_cases(hub: TestHub, following: Following) -> None:
    matter = await following.do("asb-officer", "openCase", caseType="NOISE")

    async def act(name: str, who: str = "asb-officer", **given: Any) -> None:  # noqa: ANN401 - any input
        await following.do(who, name, matter, id=matter, **given)

    ann, place = await person_id(hub, "Ann"), await hub.store.read(ID_OF_PREMISES)
    await act("involvePremises", premises=place)
    await act("involvePerson", person=ann, role="VICTIM")
    await act("joinCase", "police-officer")
    await act("leaveCase", "police-officer")
    await act("inviteToCase", agency="police")
    await act("addNote", text="Again", assertionType="FACT")
    await act("addAction", text="Go there", targetOn="2026-12-24")
    action = await hub.store.read("MATCH (n:Action) RETURN head(collect(n.actionId))")
    await act("finishAction", action=action, outcome="Been there")
    incident = {"heading": "NOISE", "qualifier": "NUISANCE", "happenedOn": "2026-11-20"}
    await act("addIncident", text="Drums", **incident)
    await act("assessRisk", person=ann, template="asb-victim", answers=test_risk.answers())
    await act("endInvolvement", person=ann)
    await act("setFootprint", version=4, footprint=IN_ONE)
    await act("changeCase", version=5, summary="Drums")
    await act("closeCase", version=6, reason="Over")
    await act("reopenCase", version=7, reason="Not over")
    await act("transferLead", version=8, agency="police", reason="A matter for them")
    await act("confirmConsent", "police-officer", version=9, isGiven=True, text="She agrees")


async def _of_people(hub: TestHub, following: Following) -> None:
    ann, ben = await person_id(hub, "Ann"), await person_id(hub, "Ben")
    tie: dict[str, Any] = {"person": ann, "other": ben, "tie": "SIBLING_OF"}
    await following.do("asb-officer", "linkPeople", ann, **tie, assertionType="FACT")
    await following.do("asb-officer", "endLink", ann, **tie, reason="Another Ben")


async def _of_tasks(_hub: TestHub, following: Following) -> None:
    asked: dict[str, Any] = {"title": "Whose flat?", "text": "Whose?", "targetOn": "2026-12-01"}
    task = await following.do("asb-officer", "sendTask", agency="council", **asked)
    await following.do("asb-officer", "acceptTask", task, id=task, version=1)
    await following.do("asb-officer", "handOnTask", task, id=task, version=2, agency="housing", reason="Theirs")
    await following.do("housing-officer", "answerTask", task, id=task, version=3, text="His")
    await following.do("asb-officer", "finishTask", task, id=task, version=4)
    await following.do("asb-officer", "setAbsence", fromDay="2026-12-01", untilDay="2026-12-03", standIn="colleague")


async def _of_referrals(hub: TestHub, following: Following) -> None:
    noise: dict[str, Any] = {
        "concerns": [{"heading": "NOISE", "qualifier": "NUISANCE"}],
        "narrative": "Drums",
        "hasConsent": True,
    }
    first = await following.do("housing-officer", "submitReferral", **noise)
    other = await following.do("housing-officer", "submitReferral", **noise)
    await following.do("asb-officer", "returnReferral", first, id=first, version=1, question="When?")
    await following.do("housing-officer", "answerReferral", first, id=first, version=2, text="At four")
    judged: dict[str, Any] = {"criteria": "asb-triage", "answers": answers(CALM), "route": "NO_FURTHER_ACTION"}
    await following.do("asb-officer", "triageReferral", first, id=first, version=3, **judged)
    await following.do("asb-officer", "reopenReferral", first, id=first, version=4, reason="A mistake")
    await following.do("asb-officer", "markDuplicate", first, id=first, version=5, of=other, reason="The same")
    await following.do("housing-officer", "withdrawReferral", other, id=other, version=1, reason="Over")
    ann = {"givenName": "Ann", "familyName": "Ash", "dateOfBirth": "1987-03-12", "role": "VICTIM"}
    last = await following.do("housing-officer", "submitReferral", **noise, describedPeople=[ann])
    likened: Any = {"id": last, "person": await person_id(hub, "Ann"), "reason": "Her birthday"}
    await following.do("asb-officer", "confirmLikeness", last, **likened)
    await following.do("asb-officer", "withdrawLikeness", last, **likened, version=1)
    await following.do("asb-officer", "takeReferral", last, id=last, version=1)
    await following.do("asb-officer", "handBackReferral", last, id=last, version=2)
    await following.do(
        "asb-officer", "triageReferral", last, id=last, version=3, **{**judged, "route": "POLICE", "reason": "x"}
    )
    await following.do("asb-officer", "closeReferral", last, id=last, version=4, reason="Done")


async def _of_alerts(hub: TestHub, following: Following) -> None:
    await relayed(hub)
    alert = str(await hub.store.read("MATCH (n:Alert) RETURN head(collect(n.alertId))"))
    lead: Any = {"reader": "safeguarding-lead", "purpose": SAFETY}
    await following.do("safeguarding-lead", "acknowledgeAlerts", alert, ids=[alert], **lead)
