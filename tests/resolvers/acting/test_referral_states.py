"""A referral is taken up, handed back, closed and withdrawn; and in which state nothing of that can be done."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from graph.doctor import recompute
from graph.store import Connection
from tests.resolvers.acting import casework
from tests.resolvers.acting.test_referrals import FACTS, pin, submitted
from tests.resolvers.acting.triagework import CALM, attempt, done, entries, judged, kinds, read
from tests.resolvers.stage import tell
from tests.support.hub import ASB, PEOPLE, TestHub

OFFICER = PEOPLE["asb-officer"]
COLLEAGUE = replace(OFFICER, subject="asb-colleague")
COUNTED = '{ baselines(from: "2026-01-01", to: "2027-12-31") { received triaged returned medianHoursToTriage } }'
MINE = '{ referrals(filter: {officer: {eq: "asb-officer"}}, first: 9) { edges { node { id } } } }'
GIVEN: dict[str, dict[str, Any]] = {
    "takeReferral": {},
    "handBackReferral": {},
    "triageReferral": judged(),
    "returnReferral": {"question": "Since when?"},
    "closeReferral": {"reason": "All is quiet"},
    "withdrawReferral": {"reason": "They moved out"},
    "reopenReferral": {"reason": "It began again"},
}
BY_REFERRER = {"withdrawReferral"}
ALLOWED = {
    "RECEIVED": {"takeReferral", "triageReferral", "returnReferral", "withdrawReferral"},
    "IN_TRIAGE": {"handBackReferral", "triageReferral", "returnReferral", "withdrawReferral"},
    "MORE_INFO": {"triageReferral", "returnReferral", "withdrawReferral"},
    "ROUTED": {"triageReferral", "closeReferral", "withdrawReferral"},
    "ACCEPTED": {"closeReferral"},
    "REJECTED": {"reopenReferral"},
    "DUPLICATE": {"reopenReferral"},
    "CLOSED": {"reopenReferral"},
}
Bring = Callable[[TestHub, str], Awaitable[object]]


async def received(hub: TestHub) -> str:
    return str((await submitted(hub, "housing-officer", pin=pin()))["referral"]["id"])


async def _close(hub: TestHub, ident: str) -> None:
    await done(hub, OFFICER, "triageReferral", id=ident, version=1, **judged())
    await done(hub, OFFICER, "closeReferral", id=ident, version=2, reason="All is quiet")


async def _mark(hub: TestHub, ident: str) -> None:
    await done(hub, OFFICER, "markDuplicate", id=ident, version=1, of=await received(hub), reason="One party")


BRING: dict[str, Bring] = {
    "RECEIVED": lambda hub, ident: read(hub, "asb-officer", ident),
    "IN_TRIAGE": lambda hub, ident: done(hub, OFFICER, "takeReferral", id=ident, version=1),
    "MORE_INFO": lambda hub, ident: done(hub, OFFICER, "returnReferral", id=ident, version=1, question="Where?"),
    "ROUTED": lambda hub, ident: done(hub, OFFICER, "triageReferral", id=ident, version=1, **judged()),
    "ACCEPTED": lambda hub, ident: casework.opened(hub, referral=ident),
    "REJECTED": lambda hub, ident: done(
        hub, OFFICER, "triageReferral", id=ident, version=1, **judged(CALM, route="NO_FURTHER_ACTION")
    ),
    "DUPLICATE": _mark,
    "CLOSED": _close,
}


@pytest.mark.parametrize("state", BRING)
def test_in_each_state_that_alone_is_done_which_leads_on_from_it(engine_connection: Connection, state: str) -> None:
    async def story(hub: TestHub) -> None:
        for name, given in GIVEN.items():
            ident = await received(hub)
            await BRING[state](hub, ident)
            before = await read(hub, "asb-officer", ident)
            assert before["state"] == state
            who = "housing-officer" if name in BY_REFERRER else "asb-officer"
            came = await attempt(hub, who, name, id=ident, version=before["version"], **given)
            if name in ALLOWED[state]:
                assert came["__typename"] == "ReferralChanged", name
            else:
                assert (came["__typename"], came["currentVersion"]) == ("Conflict", before["version"]), name
                assert await read(hub, "asb-officer", ident) == before, name
        assert [difference async for difference in recompute(hub.store)] == []

    tell(engine_connection, *FACTS, story=story)


def test_the_second_officer_is_told_who_has_taken_it_up(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident, other = await received(hub), await received(hub)
        told = await done(hub, OFFICER, "takeReferral", id=ident, version=1)
        assert (told["state"], told["officer"], told["dueAt"] is None) == ("IN_TRIAGE", "asb-officer", False)
        found = await hub.data("asb-officer", ASB, MINE)
        assert [edge["node"]["id"] for edge in found["referrals"]["edges"]] == [ident]
        for name, given in {
            "takeReferral": {},
            "triageReferral": judged(),
            "returnReferral": {"question": "Where?"},
            "markDuplicate": {"of": other, "reason": "One party"},
        }.items():
            refused = await attempt(hub, COLLEAGUE, name, id=ident, version=2, **given)
            assert refused == {
                "__typename": "Conflict",
                "message": "asb-officer has taken the referral up.",
                "currentVersion": 2,
            }, name
        refused = await hub.data(
            COLLEAGUE,
            ASB,
            casework.mutation("openCase"),
            {"input": {"idempotencyKey": "open-from-1", "caseType": "NOISE", "referral": ident}},
        )
        assert refused["done"]["__typename"] == "Conflict"
        told = await done(hub, OFFICER, "triageReferral", id=ident, version=2, **judged())
        assert (told["state"], told["officer"]) == ("ROUTED", None)

    tell(engine_connection, *FACTS, story=story)


def test_two_who_take_it_up_at_once_do_not_both_have_it(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        first = await attempt(hub, OFFICER, "takeReferral", id=ident, version=1)
        second = await attempt(hub, COLLEAGUE, "takeReferral", id=ident, version=1)
        assert (first["__typename"], second["__typename"]) == ("ReferralChanged", "Conflict")
        assert kinds(await read(hub, "asb-officer", ident)) == ["TAKEN"]

    tell(engine_connection, *FACTS, story=story)


def test_what_was_taken_up_is_handed_back_and_for_others_with_a_reason(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        due = (await read(hub, "asb-officer", ident))["dueAt"]
        await done(hub, OFFICER, "takeReferral", id=ident, version=1)
        told = await done(hub, OFFICER, "handBackReferral", id=ident, version=2)
        assert (told["state"], told["officer"], told["dueAt"]) == ("RECEIVED", None, due)
        await done(hub, OFFICER, "takeReferral", id=ident, version=3)
        refused = await attempt(hub, COLLEAGUE, "handBackReferral", id=ident, version=4)
        assert [field["path"] for field in refused["fields"]] == [["input", "reason"]]
        await done(hub, COLLEAGUE, "handBackReferral", id=ident, version=4, reason="She is on leave")
        told = await done(hub, COLLEAGUE, "takeReferral", id=ident, version=5)
        assert told["officer"] == "asb-colleague"
        said = [(entry["kind"], entry["author"], entry["reason"]) for entry in entries(told)]
        assert said[-2:] == [("HANDED_BACK", "asb-colleague", "She is on leave"), ("TAKEN", "asb-colleague", None)]

    tell(engine_connection, *FACTS, story=story)


def test_who_has_it_is_not_told_to_the_referrer(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        await done(hub, OFFICER, "takeReferral", id=ident, version=1)
        seen = await read(hub, "housing-officer", ident)
        assert (seen["state"], seen["officer"], kinds(seen)) == ("IN_TRIAGE", None, [])
        refused = await attempt(hub, "housing-officer", "takeReferral", id=ident, version=2)
        assert refused["__typename"] == "NotPermitted"

    tell(engine_connection, *FACTS, story=story)


def test_a_referral_is_closed_for_all_to_whom_it_went(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        await done(hub, OFFICER, "triageReferral", id=ident, version=1, **judged(services=["victim_support"]))
        told = await done(hub, OFFICER, "closeReferral", id=ident, version=2, reason="She is safe now")
        assert (told["state"], told["dueAt"], told["closedAt"] is None) == ("CLOSED", None, False)
        assert entries(told)[-1]["reason"] == "She is safe now"
        for who in ("housing-officer", "victim-support"):
            seen = await read(hub, who, ident)
            assert (seen["state"], kinds(seen)) == ("CLOSED", ["CLOSED", "TRIAGED"]), who
            assert all(entry["reason"] is None for entry in entries(seen)), who
            refused = await attempt(hub, who, "closeReferral", id=ident, version=3, reason="Me too")
            assert refused["__typename"] == "NotPermitted"
        again = await done(hub, OFFICER, "reopenReferral", id=ident, version=3, reason="It began again")
        assert (again["state"], again["closedAt"], again["dueAt"] is None) == ("RECEIVED", None, False)

    tell(engine_connection, *FACTS, story=story)


def test_its_referrer_withdraws_it_and_nobody_else_does(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident, quiet = await received(hub), (await submitted(hub, "victim-support", source="UNNAMED_PROFESSIONAL"))
        refused = await attempt(hub, OFFICER, "withdrawReferral", id=ident, version=1, reason="Not for us")
        assert refused["__typename"] == "NotPermitted"
        await done(hub, OFFICER, "takeReferral", id=ident, version=1)
        told = await done(hub, "housing-officer", "withdrawReferral", id=ident, version=2, reason="They moved out")
        assert (told["state"], told["dueAt"]) == ("CLOSED", None)
        last = entries(await read(hub, "asb-officer", ident))[-1]
        assert (last["kind"], last["author"], last["reason"]) == ("WITHDRAWN", "housing-officer", "They moved out")
        unnamed = quiet["referral"]["id"]
        await done(hub, "victim-support", "withdrawReferral", id=unnamed, version=1, reason="She asked me to")
        assert entries(await read(hub, "asb-officer", unnamed))[-1]["author"] is None

    tell(engine_connection, *FACTS, story=story)


def test_what_is_withdrawn_before_triage_counts_as_received_and_not_as_triaged(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        triaged, withdrawn = await received(hub), await received(hub)
        await done(hub, OFFICER, "takeReferral", id=triaged, version=1)
        before = (await hub.data("asb-officer", ASB, COUNTED))["baselines"]
        assert (before["received"], before["triaged"]) == (2, 0)
        await done(hub, OFFICER, "triageReferral", id=triaged, version=2, **judged())
        await done(hub, OFFICER, "closeReferral", id=triaged, version=3, reason="All is quiet")
        await done(hub, "housing-officer", "withdrawReferral", id=withdrawn, version=1, reason="A mistake")
        after = (await hub.data("asb-officer", ASB, COUNTED))["baselines"]
        assert (after["received"], after["triaged"], after["returned"]) == (2, 1, 0)

    tell(engine_connection, *FACTS, story=story)
