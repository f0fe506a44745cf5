"""What people ask of one another: sent, taken, handed on, answered; seen while it waits, lost in no inbox."""

import asyncio
from random import Random
from typing import Any

import pytest

from graph.change import Stamp
from graph.doctor import recompute
from graph.store import Connection
from graph.vocabulary import Node
from hub import stamps
from policies.vocabulary import Protection
from resolvers.alerting import Relay
from tests.resolvers.acting.casework import opened
from tests.resolvers.acting.stagecraft import on
from tests.resolvers.acting.taskwork import (
    HOUSING_COLLEAGUE,
    TASK,
    WORKLOAD,
    attempt,
    away,
    done,
    inbox,
    mutation,
    sent,
    steps,
)
from tests.resolvers.acting.test_attacks import marked
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import case, person, thing

ONE = f"query($id: ID!) {{ task(id: $id) {{ {TASK} }} }}"
POSTED = "MATCH (o:OutboxRecord {act: 'send'}) RETURN count(o)"
STRANGERS = ("police-officer", "victim-support", "councillor", "safeguarding-lead")


async def healthy(hub: TestHub) -> None:
    assert [difference async for difference in recompute(hub.store)] == []


async def read(hub: TestHub, who: str, ident: str) -> Any:  # noqa: ANN401 - a task, or null
    return (await hub.data(who, ASB, ONE, {"id": ident}))["task"]


async def loads(hub: TestHub, who: str, by: str) -> Any:  # noqa: ANN401 - lines of both lists
    return await hub.data(who, ASB, WORKLOAD, {"by": by})


def test_a_task_is_sent_taken_answered_and_finished(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        task = await sent(hub, team="neighbourhoods")
        assert (task["status"], task["version"], task["agency"], task["person"]) == ("SENT", 1, "housing", None)
        (waiting,) = await inbox(hub, "housing-officer", agency={"eq": "housing"}, status={"in": ["SENT"]})
        assert waiting["title"] == "Whose flat?"
        ident = task["id"]
        task = await done(hub, "housing-officer", "acceptTask", id=ident, version=1)
        assert (task["status"], task["person"], task["team"]) == ("ACCEPTED", "housing-officer", "neighbourhoods")
        task = await done(hub, "housing-officer", "answerTask", id=ident, version=2, text="Mr Ash 🏠")
        assert (task["status"], task["answeredAt"] is None) == ("ANSWERED", False)
        task = await done(hub, "asb-officer", "finishTask", id=ident, version=3, text="Thank you")
        assert (task["status"], task["version"], task["finishedAt"] is None) == ("FINISHED", 4, False)
        assert steps(task) == [
            ("SENT", "asb-officer", None),
            ("ACCEPTED", "housing-officer", None),
            ("ANSWERED", "housing-officer", None),
            ("FINISHED", "asb-officer", None),
        ]
        texts = [edge["node"]["text"] for edge in task["entries"]["edges"]]
        assert texts == [None, None, "Mr Ash 🏠", "Thank you"]
        assert await read(hub, "housing-officer", ident) == task
        made = [(change.act, change.agreements) for entry in hub.ledger.entries for change in entry.changes]
        assert made == [(act, ("tasks",)) for act in ("send", "accept", "answer", "finish")]
        await healthy(hub)

    tell(engine_connection, story=story)


def test_nobody_sees_a_task_but_who_sent_it_and_whom_it_was_with(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await sent(hub, person="housing-officer"))["id"]
        for who in STRANGERS:
            assert await read(hub, who, ident) is None
            assert await inbox(hub, who) == []
            assert await loads(hub, who, "AGENCY") == {"workload": [], "blockages": []}
            for name, given in (
                ("acceptTask", {}),
                ("answerTask", {"text": "x"}),
                ("finishTask", {}),
                ("handOnTask", {"agency": "police", "reason": "x"}),
            ):
                asked = {"idempotencyKey": "k" * 9, "version": 1, **given}
                hidden, missing = [
                    await hub.body(who, ASB, mutation(name), {"input": {**asked, "id": one}})
                    for one in (ident, "task_none")
                ]
                assert hidden == missing
        before = await read(hub, "asb-officer", ident)
        task = await done(
            hub, "housing-officer", "handOnTask", id=ident, version=1, agency="police", reason="They were called"
        )
        assert (task["agency"], task["person"], task["status"]) == ("police", None, "SENT")
        assert await read(hub, "police-officer", ident) == await read(hub, "asb-officer", ident) == task
        assert task["entries"]["edges"][:1] == before["entries"]["edges"]
        assert await read(hub, "victim-support", ident) is None
        await healthy(hub)

    tell(engine_connection, story=story)


def test_a_task_is_hidden_with_the_case_in_which_it_came_up_from_whom_that_is_not_for(
    engine_connection: Connection,
) -> None:
    gang = case("police/crimes/1", "police", "housing", caseType="GANG")

    async def told(hub: TestHub, ident: str) -> list[Any]:
        (step, *_) = await hub.store.read("MATCH (n:TaskEntry) RETURN collect(n.stepId)")
        query = "query($t: ID!, $s: ID!) { a: node(id: $t) { id } b: node(id: $s) { id } }"
        found = await hub.data("housing-officer", ASB, query, {"t": ident, "s": step})
        return [
            found["a"],
            found["b"],
            await inbox(hub, "housing-officer"),
            await loads(hub, "housing-officer", "AGENCY"),
        ]

    async def story(hub: TestHub) -> None:
        matter = await hub.store.read("MATCH (c:Case) RETURN c.caseId")
        ident = (await sent(hub, "police-officer", case=matter, person="housing-officer"))["id"]
        seen = await told(hub, ident)
        assert all(seen)
        await marked(hub, gang, Protection.COVERT)
        nothing: Any = {"workload": [], "blockages": []}
        assert await told(hub, ident) == [None, None, [], nothing]
        for name, given in (("acceptTask", {}), ("answerTask", {"text": "x"})):
            asked = {"idempotencyKey": "k" * 9, "version": 1, **given}
            hidden, missing = [
                await hub.body("housing-officer", ASB, mutation(name), {"input": {**asked, "id": one}})
                for one in (ident, "task_none")
            ]
            assert hidden == missing
        assert (await read(hub, "police-officer", ident))["status"] == "SENT"
        (waits,) = (await loads(hub, "police-officer", "AGENCY"))["blockages"]
        assert (waits["agency"], waits["unanswered"]) == ("housing", 1)
        await marked(hub, gang)
        assert await told(hub, ident) == seen
        await marked(hub, gang, Protection.COVERT)
        await done(hub, "police-officer", "finishTask", id=ident, version=1)
        await healthy(hub)

    tell(engine_connection, gang, story=story)


def test_what_is_asked_in_a_case_of_somebody_in_a_refuge_reaches_those_who_may_read_it_and_no_others(
    engine_connection: Connection,
) -> None:
    matter = case("council/council-asb-cases/1", "council", "housing", "victim_support", caseType="NOISE")

    async def story(hub: TestHub) -> None:
        ident = await hub.store.read("MATCH (c:Case) RETURN c.caseId")
        before = (await sent(hub, case=ident))["id"]
        await marked(hub, matter, Protection.REFUGE)
        assert (await read(hub, "housing-officer", before))["text"] is None
        asked = {"title": "Where?", "text": "Is she safe?", "targetOn": "2026-12-01", "case": ident}
        refused = await attempt(hub, "asb-officer", "sendTask", agency="housing", **asked)
        assert refused["__typename"] == "NotPermitted"
        task = await sent(hub, agency="victim_support", case=ident)
        assert (await read(hub, "victim-support", task["id"]))["text"] == "Who lives at 1 Dean Street?"
        await healthy(hub)

    tell(engine_connection, matter, story=story)


def test_only_whom_it_is_with_works_on_it(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await sent(hub))["id"]
        for name, given in (("acceptTask", {}), ("answerTask", {"text": "x"})):
            refused = await attempt(hub, "asb-officer", name, id=ident, version=1, **given)
            assert (refused["__typename"], refused["currentVersion"]) == ("Conflict", 1)
        await done(hub, "housing-officer", "handOnTask", id=ident, version=1, agency="police", reason="Not ours")
        refused = await attempt(hub, "housing-officer", "finishTask", id=ident, version=2)
        assert refused["__typename"] == "Conflict"
        await done(hub, "police-officer", "answerTask", id=ident, version=2, text="Nobody")
        refused = await attempt(hub, "police-officer", "handOnTask", id=ident, version=3, agency="council", reason="x")
        assert refused["message"] == "The task has been answered."
        await done(hub, "police-officer", "finishTask", id=ident, version=3)
        for who, name, given in (
            ("police-officer", "answerTask", {"text": "x"}),
            ("asb-officer", "finishTask", {}),
        ):
            refused = await attempt(hub, who, name, id=ident, version=4, **given)
            assert refused["message"] == "The task is over."

    tell(engine_connection, story=story)


def test_two_officers_who_take_it_at_once_make_one_conflict(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await sent(hub))["id"]
        both = await asyncio.gather(
            *(attempt(hub, who, "acceptTask", id=ident, version=1) for who in ("housing-officer", HOUSING_COLLEAGUE))
        )
        assert sorted(one["__typename"] for one in both) == ["Conflict", "TaskChanged"]
        key = {
            "idempotencyKey": "the-same-key",
            "agency": "housing",
            "title": "a",
            "text": "b",
            "targetOn": "2026-12-01",
        }
        first, again = [await attempt(hub, "asb-officer", "sendTask", **key) for _ in range(2)]
        assert first == again
        assert len(await inbox(hub, "housing-officer")) == 2

    tell(engine_connection, story=story)


def test_who_is_away_has_it_handed_on_to_whoever_stands_in(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await away(hub, "housing-officer", "housing-colleague")
        await away(hub, "housing-colleague", "housing-chief")
        task = await sent(hub, person="housing-officer")
        assert task["person"] == "housing-chief"
        assert steps(task) == [
            ("SENT", "asb-officer", "housing-officer"),
            ("STOOD_IN", "housing-officer", "housing-colleague"),
            ("STOOD_IN", "housing-colleague", "housing-chief"),
        ]
        assert [edge["node"]["authorAgency"] for edge in task["entries"]["edges"]] == ["council", "housing", "housing"]
        other = await sent(hub, "police-officer", agency="council", person="asb-officer")
        assert other["person"] == "asb-officer"
        moved = {"agency": "housing", "person": "housing-colleague", "reason": "Your tenant"}
        other = await done(hub, "asb-officer", "handOnTask", id=other["id"], version=1, **moved)
        assert (other["person"], steps(other)[-1]) == (
            "housing-chief",
            ("STOOD_IN", "housing-colleague", "housing-chief"),
        )
        await healthy(hub)

    tell(engine_connection, story=story)


def test_a_circle_of_stand_ins_ends_at_the_team(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await away(hub, "housing-officer", "housing-colleague")
        await away(hub, "housing-colleague", "housing-officer")
        for team in ("neighbourhoods", None):
            task = await sent(hub, person="housing-officer", team=team)
            assert (task["agency"], task["team"], task["person"]) == ("housing", team, None)
            assert steps(task)[-1] == ("RETURNED", "housing-colleague", None)
        assert len(await inbox(hub, "housing-officer", agency={"eq": "housing"})) == 2
        await healthy(hub)

    tell(engine_connection, story=story)


def test_what_somebody_said_last_of_being_away_counts(engine_connection: Connection) -> None:
    absences = "{ absences(first: 9, orderBy: FROM_DAY) { edges { node { person untilDay standIn } } } }"

    async def story(hub: TestHub) -> None:
        await away(hub, "housing-officer", "housing-colleague")
        await away(hub, "housing-officer", "housing-colleague", until="2026-11-23")
        assert (await sent(hub, person="housing-officer"))["person"] == "housing-officer"
        own = await hub.data("housing-officer", ASB, absences)
        assert len(own["absences"]["edges"]) == 2
        for who in ("asb-officer", *STRANGERS):
            assert (await hub.data(who, ASB, absences))["absences"]["edges"] == []
        wrong = await attempt(
            hub, "housing-officer", "setAbsence", fromDay="2026-12-02", untilDay="2026-12-01", standIn="x"
        )
        assert [field["path"] for field in wrong["fields"]] == [["input", "untilDay"]]
        own_self = {"fromDay": "2026-12-01", "untilDay": "2026-12-01", "standIn": "housing-officer"}
        wrong = await attempt(hub, "housing-officer", "setAbsence", **own_self)
        assert [field["path"] for field in wrong["fields"]] == [["input", "standIn"]]
        refused = await attempt(hub, "councillor", "setAbsence", **own_self)
        assert refused["__typename"] == "NotPermitted"

    tell(engine_connection, story=story)


def test_a_task_does_not_tell_the_case_to_who_may_not_see_it(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case = await opened(hub, sensitivity="OFFICIAL_SENSITIVE", reference="ASB/1")
        task = await sent(hub, case=case["id"])
        assert [edge["node"]["reference"] for edge in task["cases"]["edges"]] == ["ASB/1"]
        theirs = await read(hub, "housing-officer", task["id"])
        assert theirs["cases"] == {"totalCount": 0, "edges": []}
        assert {**theirs, "cases": None} == {**task, "cases": None}
        of_case = {"cases": {"reference": {"eq": "ASB/1"}}}
        assert len(await inbox(hub, "asb-officer", **of_case)) == 1
        assert await inbox(hub, "housing-officer", **of_case) == []
        below = "query($id: ID!) { case(id: $id) { tasks(first: 9) { totalCount edges { node { title } } } } }"
        found = await hub.data("asb-officer", ASB, below, {"id": case["id"]})
        assert found["case"]["tasks"]["edges"] == [{"node": {"title": "Whose flat?"}}]
        for one in (case["id"], "case_none"):
            given = {"agency": "council", "title": "a", "text": "b", "targetOn": "2026-12-01", "case": one}
            refused = await attempt(hub, "housing-officer", "sendTask", **given)
            assert (refused["__typename"], refused["path"]) == ("NotFound", ["input", "case"])
        await healthy(hub)

    tell(engine_connection, story=story)


def test_what_could_not_be_seen_there_is_not_sent_there(engine_connection: Connection) -> None:
    covert = thing(Node.CASE, "police/casework/1", Protection.COVERT, status="OPEN", participants=["police"], version=1)

    async def story(hub: TestHub) -> None:
        ident = await hub.store.read("MATCH (c:Case) RETURN c.caseId")
        given = {"title": "a", "text": "b", "targetOn": "2026-12-01", "case": ident}
        refused = await attempt(hub, "police-officer", "sendTask", agency="council", **given)
        assert refused["__typename"] == "NotPermitted"
        task = await done(hub, "police-officer", "sendTask", agency="police", **given)
        refused = await attempt(
            hub, "police-officer", "handOnTask", id=task["id"], version=1, agency="council", reason="x"
        )
        assert refused["__typename"] == "NotPermitted"
        assert await read(hub, "asb-officer", task["id"]) is None
        await healthy(hub)

    tell(engine_connection, covert, story=story)


def test_what_waits_is_seen_by_officer_team_and_agency(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        nobody = await sent(hub, person="nobody-of-that-name", targetOn="2026-11-24")
        first = await sent(hub, team="neighbourhoods", person="housing-officer")
        await done(hub, "housing-officer", "answerTask", id=first["id"], version=1, text="Mr Ash")
        await sent(hub, team="neighbourhoods", title="Another")
        found = await loads(hub, "asb-officer", "AGENCY")
        line = {"agency": "housing", "team": None, "person": None, "open": 3, "unanswered": 2, "overdue": 0}
        assert found["workload"] == [{**line, "medianHoursToAnswer": 0.0}]
        assert [{**one, "oldest": None} for one in found["blockages"]] == [
            {**line, "medianHoursToAnswer": 0.0, "oldest": None}
        ]
        assert found == await loads(hub, "housing-officer", "AGENCY")
        by_person = await loads(hub, "housing-officer", "PERSON")
        assert [(one["person"], one["open"], one["unanswered"]) for one in by_person["workload"]] == [
            ("housing-officer", 1, 0),
            ("nobody-of-that-name", 1, 1),
        ]
        assert [one["person"] for one in by_person["blockages"]] == ["nobody-of-that-name"]
        by_team = await loads(hub, "housing-officer", "TEAM")
        assert [(one["team"], one["open"], one["unanswered"]) for one in by_team["workload"]] == [
            ("neighbourhoods", 2, 1)
        ]
        await _let_pass(hub, nobody["id"])
        found = await loads(hub, "asb-officer", "AGENCY")
        assert [(one["unanswered"], one["overdue"]) for one in found["blockages"]] == [(2, 1)]
        assert [task["id"] for task in await inbox(hub, "asb-officer", targetOn={"lte": "2026-11-23"})] == [
            nobody["id"]
        ]
        with_nobody = await inbox(hub, "housing-officer", person={"eq": "nobody-of-that-name"})
        assert [task["id"] for task in with_nobody] == [nobody["id"]]
        taken = await done(hub, "housing-officer", "acceptTask", id=nobody["id"], version=1)
        assert taken["person"] == "housing-officer"

    tell(engine_connection, story=story)


def test_whatever_becomes_of_tasks_each_is_in_one_inbox_and_counted_once(engine_connection: Connection) -> None:
    officers = {"council": "asb-officer", "housing": "housing-officer", "police": "police-officer"}
    chance = Random(6)  # noqa: S311 - a walk that can be repeated

    async def wander(hub: TestHub, ident: str) -> None:
        """Do something with a task, as whoever has it."""
        task = await read(hub, "asb-officer", ident)
        who, to = officers[task["agency"]], chance.choice(sorted(officers))
        given = chance.choice(
            (
                ("acceptTask", {}),
                ("answerTask", {"text": "So it is"}),
                ("handOnTask", {"agency": to, "person": officers[to], "reason": "Theirs"}),
                ("handOnTask", {"agency": to, "reason": "Theirs"}),
            )
        )
        await attempt(hub, who, given[0], id=ident, version=task["version"], **given[1])

    async def story(hub: TestHub) -> None:
        await away(hub, "housing-officer", "housing-colleague")
        await away(hub, "housing-colleague", "housing-officer")
        await away(hub, "police-officer", "nobody-of-that-name")
        idents = [(await sent(hub, person=who))["id"] for who in ("housing-officer", "housing-colleague", "x")]
        for _ in range(6):
            for ident in idents:
                await wander(hub, ident)
        found = {
            agency: [task["id"] for task in await inbox(hub, who, agency={"eq": agency})]
            for agency, who in officers.items()
        }
        assert sorted(ident for inboxes in found.values() for ident in inboxes) == sorted(idents)
        counted = (await loads(hub, "asb-officer", "AGENCY"))["workload"]
        assert {one["agency"]: one["open"] for one in counted} == {
            agency: len(inboxes) for agency, inboxes in found.items() if inboxes
        }
        await healthy(hub)

    tell(engine_connection, story=story)


async def _let_pass(hub: TestHub, ident: str) -> None:
    """Move a task's target day into the past, as time does."""
    move = "MATCH (t:Task {taskId: $id}) SET t.targetOn = '2026-11-20'"
    await hub.store.write(lambda tx: tx.run(move, {"id": ident}))


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"title": " "}, ["input", "title"]),
        ({"title": "x" * 101}, ["input", "title"]),
        ({"text": "x" * 20_001}, ["input", "text"]),
        ({"person": "a\u0000b"}, ["input", "person"]),
        ({"agency": "nobody"}, ["input", "agency"]),
        ({"team": "asb"}, ["input", "team"]),
        ({"targetOn": "2026-11-23"}, ["input", "targetOn"]),
        ({"targetOn": "tomorrow"}, ["input", "targetOn"]),
        ({"targetOn": "20261201"}, ["input", "targetOn"]),
    ],
)
def test_input_that_cannot_be_is_refused_by_name(
    engine_connection: Connection, given: dict[str, Any], path: list[str]
) -> None:
    async def story(hub: TestHub) -> None:
        asked = {"agency": "housing", "title": "a", "text": "b", "targetOn": "2026-12-01", **given}
        refused = await attempt(hub, "asb-officer", "sendTask", **asked)
        assert refused["__typename"] == "InvalidInput"
        assert [field["path"] for field in refused["fields"]] == [path]
        assert await inbox(hub, "asb-officer") == []

    tell(engine_connection, story=story)


def test_who_is_no_party_asks_nothing(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        given = {"agency": "housing", "title": "a", "text": "b", "targetOn": "2026-12-01"}
        refused = await attempt(hub, "councillor", "sendTask", **given)
        assert refused["__typename"] == "NotPermitted"
        task = await sent(hub)
        same = await attempt(
            hub, "housing-officer", "handOnTask", id=task["id"], version=1, agency="housing", reason="x"
        )
        assert same["__typename"] == "InvalidInput"

    tell(engine_connection, person("council/ann", givenName="Ann"), story=story)


def test_a_key_is_kept_for_seven_days_and_then_forgotten_also_where_nothing_else_happens(
    engine_connection: Connection,
) -> None:
    key = {"idempotencyKey": "a-key-of-old"}

    async def story(hub: TestHub) -> None:
        task = (await sent(on(hub, "2026-11-17"), **key))["id"]  # at ten in the morning
        relay = Relay(store=hub.store, engine=hub.watch.current.engine)

        async def goes_round(moment: str) -> None:
            while await relay.run(Stamp(now=moment, chance=stamps.identifier), moment[:10]):
                pass

        for moment in ("2026-11-17T10:30:00.000Z", "2026-11-24T09:59:59.999Z"):
            await goes_round(moment)
            assert (await sent(hub, **key))["id"] == task
            assert await hub.store.read(POSTED) == 1
        await goes_round("2026-11-24T11:00:00.000Z")
        assert await hub.store.read(POSTED) == 0
        assert (await sent(hub, **key))["id"] != task

    tell(engine_connection, story=story)
