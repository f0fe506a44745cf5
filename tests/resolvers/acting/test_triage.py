"""A referral is triaged: by recorded criteria, to whom it should go, and seen by each as far as its agreement says."""

import asyncio
from random import Random
from typing import Any

import pytest

from graph.doctor import recompute
from graph.store import Connection
from hub.policies import read_policies
from tests.resolvers.acting.test_referrals import FACTS, PLANTED, WARD, pin, submitted
from tests.resolvers.acting.test_referrals import read as listed
from tests.resolvers.acting.triagework import (
    AFRAID,
    CALM,
    answers,
    attempt,
    done,
    entries,
    judged,
    kinds,
    mutation,
    read,
)
from tests.resolvers.stage import staged, tell
from tests.support.hub import ASB, DAY, TestHub
from tests.support.scenes import write

CRIME = "CRIME_PREVENTION"
CRITERIA = """{ triageCriteria { id version title validUntil targetHours
  questions { key text answers { key text points } } bands { band least most route reason }
  routes { route services needsServices } } }"""
DUE = "query($f: ReferralFilter) { referrals(first: 20, filter: $f, orderBy: DUE_AT) { edges { node { id } } } }"


async def received(hub: TestHub, who: str = "housing-officer", **given: Any) -> str:  # noqa: ANN401 - any input
    """Refer noise near somebody who can be reached, and return the referral's id."""
    told = {"toldPeople": ["Joe, 020 7946 0000"], "address": "1 Dean Street", "pin": pin(), **given}
    return str((await submitted(hub, who, **told))["referral"]["id"])


async def healthy(hub: TestHub) -> None:
    assert [difference async for difference in recompute(hub.store)] == []


def test_the_criteria_propose_and_the_officer_decides(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        told = await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **judged())
        assert (told["state"], told["route"], told["version"]) == ("ROUTED", "ASB_CASE_MANAGEMENT_MEETING", 2)
        assert told["triagedAt"] is not None
        (entry,) = entries(told)
        assert entry == {
            "number": 1,
            "kind": "TRIAGED",
            "author": "asb-officer",
            "authorAgency": "council",
            "question": None,
            "reason": None,
            "criteria": "asb-triage",
            "criteriaVersion": 2,
            "questions": list(AFRAID),
            "answers": list(AFRAID.values()),
            "points": 10,
            "band": "PERSISTENT",
            "proposedRoute": "ASB_CASE_MANAGEMENT_MEETING",
            "proposedReason": entry["proposedReason"],
            "route": "ASB_CASE_MANAGEMENT_MEETING",
            "isOverride": False,
            "services": [],
        }
        assert entry["proposedReason"].startswith("It persists")
        assert await read(hub, "asb-officer", ident) == told
        (made,) = [change for one in hub.ledger.entries for change in one.changes if change.act == "triage"]
        assert (made.subject, made.agreements) == (ident, ("referral-desk",))
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_another_route_than_the_proposed_one_takes_a_reason_and_is_recorded(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        over = judged(CALM, route="POLICE")
        refused = await attempt(hub, "asb-officer", "triageReferral", id=ident, version=1, **over)
        assert [field["path"] for field in refused["fields"]] == [["input", "reason"]]
        told = await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **over, reason="He has a knife")
        (entry,) = entries(told)
        assert (entry["proposedRoute"], entry["route"], entry["isOverride"]) == ("NO_FURTHER_ACTION", "POLICE", True)
        assert entry["reason"] == "He has a knife"

    tell(engine_connection, *FACTS, story=story)


def test_no_further_action_rejects_and_is_final(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        nothing = judged(CALM, route="NO_FURTHER_ACTION")
        told = await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **nothing)
        assert told["state"] == "REJECTED"
        for name, given in (
            ("triageReferral", judged()),
            ("returnReferral", {"question": "Where?"}),
            ("markDuplicate", {"of": ident, "reason": "The same"}),
        ):
            refused = await attempt(hub, "asb-officer", name, id=ident, version=2, **given)
            assert (refused["__typename"], refused["currentVersion"]) == ("Conflict", 2), name

    tell(engine_connection, *FACTS, story=story)


def test_each_service_sees_what_its_agreement_allows_and_others_nothing(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        for who in ("victim-support", "police-officer"):
            assert await read(hub, who, ident) is None
        sent = judged(services=["victim_support", "housing"], reason="She is afraid of Joe")
        told = await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **sent)
        assert told["services"] == ["victim_support"]
        seen = await read(hub, "victim-support", ident)
        assert (seen["headings"], seen["toldPeople"], seen["route"]) == (
            ["NOISE"],
            ["Joe, 020 7946 0000"],
            "ASB_CASE_MANAGEMENT_MEETING",
        )
        assert (seen["narrative"], seen["address"], seen["services"], seen["version"]) == (None, None, None, None)
        (entry,) = entries(seen)
        assert {name for name, value in entry.items() if value is not None} == {"kind", "authorAgency", "route"}
        assert await read(hub, "police-officer", ident) is None
        assert await read(hub, "councillor", ident) is None
        again = judged(services=["police"])
        told = await done(hub, "asb-officer", "triageReferral", id=ident, version=2, **again)
        assert told["services"] == ["police", "victim_support"]
        seen = await read(hub, "police-officer", ident)
        assert (seen["address"], seen["narrative"], len(entries(seen))) == ("1 Dean Street", None, 1)
        assert kinds(await read(hub, "victim-support", ident)) == ["TRIAGED", "TRIAGED"]
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_a_route_reaches_its_agencies_whether_or_not_they_are_named(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        told = await done(
            hub, "asb-officer", "triageReferral", id=ident, version=1, **judged(route="POLICE", reason="x")
        )
        assert (told["services"], entries(told)[0]["services"]) == (["police"], ["police"])
        assert (await read(hub, "police-officer", ident))["route"] == "POLICE"
        assert await read(hub, "victim-support", ident) is None
        also = judged(route="VICTIM_SUPPORT", reason="x", services=["health"])
        told = await done(hub, "asb-officer", "triageReferral", id=ident, version=2, **also)
        assert entries(told)[1]["services"] == ["health", "victim_support"]
        assert (await read(hub, "victim-support", ident))["route"] == "VICTIM_SUPPORT"
        own = await received(hub, "victim-support")
        told = await done(hub, "asb-officer", "triageReferral", id=own, version=1, **also | {"services": []})
        assert told["services"] == [], "who made it is no service beside itself"
        assert (await read(hub, "victim-support", own))["route"] == "VICTIM_SUPPORT"
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_a_route_that_reaches_nobody_is_refused_and_changes_nothing(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        before = await read(hub, "asb-officer", ident)
        for services in ([], ["housing"]):
            lost = judged(route="OTHER_SERVICE", reason="They ask for it", services=services)
            refused = await attempt(hub, "asb-officer", "triageReferral", id=ident, version=1, **lost)
            assert [field["path"] for field in refused["fields"]] == [["input", "services"]]
            assert await read(hub, "asb-officer", ident) == before
        found = judged(route="OTHER_SERVICE", reason="They ask for it", services=["health"])
        told = await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **found)
        assert (told["state"], told["services"]) == ("ROUTED", ["health"])

    tell(engine_connection, *FACTS, story=story)


def test_who_made_it_is_asked_for_more_and_answers(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        assert (await read(hub, "housing-officer", ident))["dueAt"] is not None
        asked = await done(hub, "asb-officer", "returnReferral", id=ident, version=1, question="Since when?")
        assert (asked["state"], asked["dueAt"]) == ("MORE_INFO", None)
        (entry,) = entries(await read(hub, "housing-officer", ident))
        assert (entry["question"], entry["author"], entry["authorAgency"]) == ("Since when?", None, "council")
        told = await done(hub, "housing-officer", "answerReferral", id=ident, version=2, text="Since May")
        assert (told["state"], told["version"], told["dueAt"] is None) == ("RECEIVED", 3, False)
        assert told["narrative"] == f"{PLANTED}\n\nSince May"
        assert (await read(hub, "asb-officer", ident))["narrative"] == f"{PLANTED}\n\nSince May"
        everything = str(await hub.store.read("MATCH (n) RETURN collect(properties(n))"))
        assert "Since May" not in everything + repr(hub.ledger.entries)
        refused = await attempt(hub, "housing-officer", "answerReferral", id=ident, version=3, text="And more")
        assert (refused["__typename"], refused["message"]) == ("Conflict", "Nobody has asked for more.")
        await done(hub, "asb-officer", "triageReferral", id=ident, version=3, **judged())
        done_so_far = [(one["number"], one["kind"]) for one in entries(await read(hub, "asb-officer", ident))]
        assert done_so_far == [(1, "RETURNED"), (2, "ANSWERED"), (3, "TRIAGED")]
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_a_professional_who_stays_unnamed_answers_unnamed(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub, "victim-support", source="UNNAMED_PROFESSIONAL")
        await done(hub, "asb-officer", "returnReferral", id=ident, version=1, question="Is she safe?")
        await done(hub, "victim-support", "answerReferral", id=ident, version=2, text="For now")
        _, answered = entries(await read(hub, "asb-officer", ident))
        assert (answered["kind"], answered["author"], answered["authorAgency"]) == ("ANSWERED", None, "victim_support")
        stored = str(await hub.store.read("MATCH (n:ReferralEntry) RETURN collect(properties(n))"))
        assert "'author': 'victim-support'" not in stored

    tell(engine_connection, *FACTS, story=story)


def test_what_is_asked_and_answered_is_not_for_the_services(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        await done(hub, "asb-officer", "returnReferral", id=ident, version=1, question="Since when?")
        await done(hub, "housing-officer", "answerReferral", id=ident, version=2, text="Since May")
        await done(hub, "asb-officer", "triageReferral", id=ident, version=3, **judged(services=["victim_support"]))
        assert kinds(await read(hub, "victim-support", ident)) == ["TRIAGED"]
        assert kinds(await read(hub, "housing-officer", ident)) == ["ANSWERED", "RETURNED", "TRIAGED"]

    tell(engine_connection, *FACTS, story=story)


def test_another_referral_is_followed_instead_by_somebodys_judgement(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        first, second, third = [await received(hub) for _ in range(3)]
        same = {"id": second, "version": 1, "of": first, "reason": "One party"}
        told = await done(hub, "asb-officer", "markDuplicate", **same)
        (edge,) = told["duplicateOf"]["edges"]
        assert (told["state"], edge["node"]["id"], edge["author"]) == ("DUPLICATE", first, "asb-officer")
        assert edge["madeAt"] is not None
        followed = await read(hub, "asb-officer", first)
        assert [one["node"]["id"] for one in followed["duplicates"]["edges"]] == [second]
        assert (followed["state"], followed["version"]) == ("RECEIVED", 1)
        assert (await read(hub, "housing-officer", second))["duplicateOf"]["edges"] == []
        for of in (third, second):
            refused = await attempt(hub, "asb-officer", "markDuplicate", id=third, version=1, of=of, reason="x")
            assert [field["path"] for field in refused["fields"]] == [["input", "of"]]
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_a_mistaken_judgement_is_withdrawn_and_made_again(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        first, second = [await received(hub) for _ in range(2)]
        await done(hub, "asb-officer", "markDuplicate", id=second, version=1, of=first, reason="One party")
        told = await done(hub, "asb-officer", "reopenReferral", id=second, version=2, reason="Two parties")
        (edge,) = told["duplicateOf"]["edges"]
        assert (told["state"], told["dueAt"] is None, edge["withdrawnBy"]) == ("RECEIVED", False, "asb-officer")
        assert (edge["author"], edge["withdrawnAt"] is None) == ("asb-officer", False)
        reasons = [(entry["kind"], entry["reason"]) for entry in entries(told)]
        assert reasons == [("DUPLICATE", "One party"), ("REOPENED", "Two parties")]
        again = await done(hub, "asb-officer", "markDuplicate", id=second, version=3, of=first, reason="One after all")
        (edge,) = again["duplicateOf"]["edges"]
        assert (again["state"], edge["withdrawnBy"]) == ("DUPLICATE", None)
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_a_mistaken_rejection_is_not_the_end(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        again = {"id": ident, "reason": "She called"}
        refused = await attempt(hub, "asb-officer", "reopenReferral", version=1, **again)
        assert (refused["__typename"], refused["currentVersion"]) == ("Conflict", 1)
        nothing = judged(CALM, route="NO_FURTHER_ACTION")
        await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **nothing)
        refused = await attempt(hub, "housing-officer", "reopenReferral", version=2, **again)
        assert refused["__typename"] == "NotPermitted"
        told = await done(hub, "asb-officer", "reopenReferral", version=2, **again)
        assert (told["state"], told["route"], told["version"]) == ("RECEIVED", None, 3)
        assert (await done(hub, "asb-officer", "triageReferral", id=ident, version=3, **judged()))["state"] == "ROUTED"

    tell(engine_connection, *FACTS, story=story)


def test_two_officers_who_triage_at_once_make_one_conflict(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        sent = [judged(services=[code]) for code in ("victim_support", "police")]
        came = await asyncio.gather(
            *(attempt(hub, "asb-officer", "triageReferral", id=ident, version=1, **one) for one in sent)
        )
        assert sorted(one["__typename"] for one in came) == ["Conflict", "ReferralChanged"]
        told = await read(hub, "asb-officer", ident)
        assert (told["version"], len(told["services"]), len(entries(told))) == (2, 1, 1)

    tell(engine_connection, *FACTS, story=story)


def test_whatever_is_done_with_referrals_all_of_it_is_told_and_none_is_lost(engine_connection: Connection) -> None:
    chance = Random(6)  # noqa: S311 - a walk that can be repeated

    async def wander(hub: TestHub, idents: list[str]) -> None:
        """Do something with a referral, whether or not it can be done in its state."""
        ident = chance.choice(idents)
        before = await read(hub, "asb-officer", ident)
        who, name, given = chance.choice(
            (
                ("asb-officer", "triageReferral", judged(services=[chance.choice(("police", "victim_support"))])),
                ("asb-officer", "triageReferral", judged(CALM, route="NO_FURTHER_ACTION")),
                ("asb-officer", "returnReferral", {"question": "Since when?"}),
                ("housing-officer", "answerReferral", {"text": "Since May"}),
                ("asb-officer", "markDuplicate", {"of": chance.choice(idents), "reason": "One party"}),
                ("asb-officer", "reopenReferral", {"reason": "A mistake"}),
            )
        )
        came = await attempt(hub, who, name, id=ident, version=before["version"], **given)
        after = await read(hub, "asb-officer", ident)
        is_done = came["__typename"] == "ReferralChanged"
        assert is_done or after == before
        assert after["version"] == before["version"] + is_done
        assert entries(after)[: len(entries(before))] == entries(before)

    async def story(hub: TestHub) -> None:
        idents = [await received(hub) for _ in range(4)]
        for _ in range(60):
            await wander(hub, idents)
        for ident in idents:
            told = await read(hub, "asb-officer", ident)
            assert [entry["number"] for entry in entries(told)] == list(range(1, told["version"]))
            assert told["dueAt"] is None or told["state"] not in {"MORE_INFO", "DUPLICATE"}
            assert told["dueAt"] is not None or told["state"] != "RECEIVED"
            for who, code in (("police-officer", "police"), ("victim-support", "victim_support")):
                assert (await read(hub, who, ident) is not None) == (code in (told["services"] or []))
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_a_duplicate_of_what_is_hidden_is_one_of_what_there_is_not(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        await submitted(hub, "housing-officer", isIntelligence=True, pin=pin())
        (hidden,) = [node["id"] for node in await listed(hub, "police-officer", CRIME)]
        same = {"idempotencyKey": "same-key-1", "id": ident, "version": 1, "reason": "One party"}
        told, missing = [
            await hub.body("asb-officer", ASB, mutation("markDuplicate"), {"input": {**same, "of": of}})
            for of in (hidden, "ref_none")
        ]
        assert told == missing
        assert b'"path":["input","of"]' in told
        assert await hub.store.read("MATCH ()-[e:DUPLICATE_OF]->() RETURN count(e)") == 0

    tell(engine_connection, *FACTS, story=story)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("triageReferral", judged()),
        ("returnReferral", {"question": "Where?"}),
        ("answerReferral", {"text": "There"}),
        ("markDuplicate", {"of": "ref_none", "reason": "The same"}),
        ("reopenReferral", {"reason": "A mistake"}),
    ],
)
def test_a_hidden_referral_and_a_missing_one_are_answered_with_the_same_bytes(
    engine_connection: Connection, name: str, given: dict[str, Any]
) -> None:
    async def story(hub: TestHub) -> None:
        await submitted(hub, "housing-officer", isIntelligence=True, pin=pin())
        (intelligence,) = [node["id"] for node in await listed(hub, "police-officer", CRIME)]
        ordinary = await received(hub)
        whole = {"idempotencyKey": "same-key-1", "version": 1, **given}
        for who, ident in (
            ("asb-officer", intelligence),
            ("housing-officer", intelligence),
            ("police-officer", ordinary),
        ):
            hidden, missing = [
                await hub.body(who, ASB, mutation(name), {"input": {**whole, "id": one}}) for one in (ident, "ref_none")
            ]
            assert hidden == missing
            assert b'"__typename":"NotFound"' in hidden

    tell(engine_connection, *FACTS, story=story)


def test_who_may_not_triage_is_refused(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        for name, given in (("triageReferral", judged()), ("returnReferral", {"question": "Where?"})):
            refused = await attempt(hub, "housing-officer", name, id=ident, version=1, **given)
            assert refused["__typename"] == "NotPermitted"
        refused = await attempt(hub, "asb-officer", "answerReferral", id=ident, version=1, text="I know")
        assert refused["__typename"] == "NotPermitted"
        await submitted(hub, "police-officer", isIntelligence=True)
        (raw,) = await listed(hub, "police-officer", CRIME)
        refused = await attempt(
            hub, "police-officer", "triageReferral", purpose=CRIME, id=raw["id"], version=1, **judged()
        )
        assert refused["__typename"] == "NotPermitted"

    tell(engine_connection, *FACTS, story=story)


def test_a_stale_version_is_a_conflict_and_the_same_key_does_the_same_once(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        given = {"idempotencyKey": "triage-once", "id": ident, "version": 1, **judged()}
        told = await done(hub, "asb-officer", "triageReferral", **given)
        assert await done(hub, "asb-officer", "triageReferral", **given) == told
        refused = await attempt(hub, "asb-officer", "triageReferral", id=ident, version=1, **judged())
        assert (refused["__typename"], refused["currentVersion"]) == ("Conflict", 2)

    tell(engine_connection, *FACTS, story=story)


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        ({"criteria": "no-such-criteria"}, [["input", "criteria"]]),
        ({"answers": answers({**AFRAID, "mood": "bad"})}, [["input", "answers", "6", "question"]]),
        ({"answers": answers({**AFRAID, "harm": "much"})}, [["input", "answers", "0", "answer"]]),
        ({"answers": answers(AFRAID)[1:]}, [["input", "answers"]]),
        ({"answers": []}, [["input", "answers"]] * 6),
        ({"answers": [*answers(AFRAID), *answers(AFRAID)[:1]]}, [["input", "answers", "6", "question"]]),
        ({"answers": answers(AFRAID) * 21}, [["input", "answers"]]),
        ({"services": ["no_agency"]}, [["input", "services", "0"]]),
        ({"services": ["police"] * 21}, [["input", "services"]]),
        ({"reason": "x" * 4_001}, [["input", "reason"]]),
        ({"reason": " "}, [["input", "reason"]]),
    ],
)
def test_a_judgement_that_cannot_be_is_refused_by_name(
    engine_connection: Connection, given: dict[str, Any], paths: list[list[str]]
) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        refused = await attempt(hub, "asb-officer", "triageReferral", id=ident, version=1, **judged(**given))
        assert [field["path"] for field in refused["fields"]] == paths
        assert (await read(hub, "asb-officer", ident))["version"] == 1

    tell(engine_connection, WARD, story=story)


def test_a_route_that_there_is_not_and_a_narrative_of_ten_megabytes_are_refused(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        given = {"idempotencyKey": "k" * 9, "id": ident, "version": 1, **judged(route="DRONES")}
        assert await hub.code("asb-officer", ASB, mutation("triageReferral"), {"input": given}) == "BAD_USER_INPUT"
        huge = await submitted(hub, "housing-officer", narrative="x" * 10_000_000)
        assert [field["path"] for field in huge["fields"]] == [["input", "narrative"]]
        await done(hub, "asb-officer", "returnReferral", id=ident, version=1, question="Since when?")
        huge = await attempt(hub, "housing-officer", "answerReferral", id=ident, version=2, text="x" * 10_000_000)
        assert [field["path"] for field in huge["fields"]] == [["input", "text"]]

    tell(engine_connection, WARD, story=story)


def test_it_is_not_sent_to_a_service_that_could_not_see_it(engine_connection: Connection) -> None:
    texts, services = read_policies(None), "agreements/referral-services.yaml"
    only = "id: referral\n    type: Referral\n    when: {dataset: referrals, "
    texts |= {services: texts[services].replace(only, f"{only}owner: health, ")}
    del texts["scenarios/referral-services.yaml"]

    async def whole() -> None:
        async with staged(engine_connection, texts) as hub:
            await write(hub.store, *FACTS)
            await hub.watch.refresh(hub.store)
            ident = await received(hub)
            for sent, typename in (
                (judged(services=["victim_support"]), "NotPermitted"),
                (judged(route="VICTIM_SUPPORT", reason="x"), "NotPermitted"),
                (judged(services=["police"]), "ReferralChanged"),
            ):
                came = await attempt(hub, "asb-officer", "triageReferral", id=ident, version=1, **sent)
                assert came["__typename"] == typename

    asyncio.run(whole())


def test_what_waits_is_found_by_when_it_is_due(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        first, second = [await received(hub) for _ in range(2)]
        due = (await read(hub, "asb-officer", first))["dueAt"]
        engine = hub.watch.current.engine
        received_at = "MATCH (f:Referral {referralId: $id}) RETURN f.receivedAt"
        assert due == engine.triage_due(str(await hub.store.read(received_at, {"id": first})), DAY)
        waiting = {"state": {"in": ["RECEIVED", "IN_TRIAGE"]}, "dueAt": {"lte": "2028-12-31T00:00:00Z"}}
        found = await hub.data("asb-officer", ASB, DUE, {"f": waiting})
        assert {edge["node"]["id"] for edge in found["referrals"]["edges"]} == {first, second}
        await done(hub, "asb-officer", "returnReferral", id=first, version=1, question="Since when?")
        found = await hub.data("asb-officer", ASB, DUE, {"f": waiting})
        assert [edge["node"]["id"] for edge in found["referrals"]["edges"]] == [second]

    tell(engine_connection, *FACTS, story=story)


def test_the_criteria_are_told_to_those_who_triage_by_them(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        (told,) = (await hub.data("asb-officer", ASB, CRITERIA))["triageCriteria"]
        assert (told["id"], told["version"], told["targetHours"]) == ("asb-triage", 2, 24)
        assert told["questions"][0]["answers"][2] == {"key": "fear", "text": "They are afraid", "points": 4}
        assert [(band["least"], band["most"]) for band in told["bands"]] == [
            (0, 1),
            (2, 5),
            (6, 11),
            (12, 22),
            (23, 45),
        ]
        routes = {one["route"]: (one["services"], one["needsServices"]) for one in told["routes"]}
        assert (len(routes), routes["POLICE"], routes["OTHER_SERVICE"]) == (9, (["police"], False), ([], True))
        assert routes["ASB_CASE_MANAGEMENT_MEETING"] == ([], False)
        for who in ("housing-officer", "councillor", "police-officer", "victim-support"):
            assert (await hub.data(who, ASB, CRITERIA))["triageCriteria"] == []
        assert (await hub.data("asb-officer", CRIME, CRITERIA))["triageCriteria"] == []
        assert await hub.code("asb-officer", None, CRITERIA) == "PURPOSE_REQUIRED"

    tell(engine_connection, story=story)
