"""Who is on a case hears of each change as far as they may see it, and who leaves it hears nothing more."""

from dataclasses import replace
from typing import Any

from graph.store import Connection
from hub.graphql import GraphQLAnswerer
from tests.resolvers.acting.casework import changed, opened
from tests.resolvers.acting.taskwork import done, sent
from tests.resolvers.live.listening import CASE, feeding, listening
from tests.resolvers.stage import tell
from tests.support.hub import TestHub

BARE = "subscription($id: ID!) { told: caseUpdates(id: $id) { kind case { caseType } } }"
MISSING = "case_missing"


def kinds(told: dict[str, Any]) -> list[str]:
    return [edge["node"]["kind"] for edge in told["case"]["entries"]["edges"]]


def test_everybody_on_the_case_sees_each_change(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case = (await opened(hub))["id"]
        await changed(hub, "asb-officer", "inviteToCase", id=case, agency="police")
        async with (
            feeding(hub) as streams,
            listening(streams, "asb-officer", CASE, id=case) as officer,
            listening(streams, "police-officer", CASE, id=case) as police,
        ):
            for ear in (officer, police):
                assert kinds(await ear.hear()) == ["OPENED", "INVITED"]
            await changed(hub, "police-officer", "addNote", id=case, text="Music at 3", assertionType="FACT")
            for ear in (officer, police):
                told = await ear.hear()
                assert (told["kind"], kinds(told)[-1]) == ("CHANGED", "NOTED")
            await changed(hub, "asb-officer", "closeCase", id=case, version=2, reason="Moved away")
            assert (await police.hear())["case"]["status"] == "CLOSED"

    tell(engine_connection, story=story)


def test_what_is_done_with_a_task_of_the_case_is_heard_on_the_case(engine_connection: Connection) -> None:
    query = """subscription($id: ID!) { told: caseUpdates(id: $id) { kind
      case { tasks(first: 5) { edges { node { status version } } } } } }"""

    async def story(hub: TestHub) -> None:
        case = (await opened(hub))["id"]
        task = await sent(hub, case=case)
        elsewhere = await sent(hub)
        async with feeding(hub) as streams, listening(streams, "asb-officer", query, id=case) as ear:
            for act, given, status in (
                (None, {}, "SENT"),
                ("acceptTask", {}, "ACCEPTED"),
                ("answerTask", {"text": "Seen"}, "ANSWERED"),
                ("answerTask", {"text": "Seen again"}, "ANSWERED"),
            ):
                if act is not None:
                    task = await done(hub, "housing-officer", act, id=task["id"], version=task["version"], **given)
                    await done(hub, "housing-officer", act, id=elsewhere["id"], version=task["version"] - 1, **given)
                told = (await ear.hear())["case"]["tasks"]["edges"]
                assert [edge["node"] for edge in told] == [{"status": status, "version": task["version"]}]

    tell(engine_connection, story=story)


def test_who_leaves_is_told_that_it_is_withdrawn_and_nothing_after(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case = (await opened(hub))["id"]
        await changed(hub, "asb-officer", "inviteToCase", id=case, agency="housing")
        async with feeding(hub) as streams, listening(streams, "housing-officer", CASE, id=case) as ear:
            assert (await ear.hear())["kind"] == "CHANGED"
            told_before = len(hub.ledger.entries)
            await changed(hub, "housing-officer", "leaveCase", id=case)
            told = await ear.hear()
            assert (told["kind"], told["case"]) == ("WITHDRAWN", None)
            await changed(hub, "asb-officer", "addNote", id=case, text="Alone now", assertionType="FACT")
            assert await ear.ends()
            after = [one for one in hub.ledger.entries[told_before:] if one.agency == "housing" and not one.changes]
            assert [one.disclosures for one in after] == [()]

    tell(engine_connection, story=story)


def test_a_hidden_case_and_none_are_the_same(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case = (await opened(hub))["id"]
        async with (
            feeding(hub) as streams,
            listening(streams, "housing-officer", BARE, id=case) as hidden,
            listening(streams, "housing-officer", BARE, id=MISSING) as missing,
        ):
            assert await hidden.hear() == await missing.hear() == {"kind": "WITHDRAWN", "case": None}
            assert await hidden.ends()
            assert await missing.ends()

    tell(engine_connection, story=story)


def test_a_change_of_what_was_not_selected_is_no_event(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case = (await opened(hub))["id"]
        async with feeding(hub) as streams, listening(streams, "asb-officer", BARE, id=case) as ear:
            assert (await ear.hear())["case"] == {"caseType": "NOISE"}
            await changed(hub, "asb-officer", "addNote", id=case, text="Quiet", assertionType="FACT")
            await changed(hub, "asb-officer", "changeCase", id=case, version=1, caseType="VEHICLE_NUISANCE")
            assert (await ear.hear())["case"] == {"caseType": "VEHICLE_NUISANCE"}

    tell(engine_connection, story=story)


def test_who_comes_back_with_a_cursor_hears_what_changed_meanwhile_and_only_that(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case = (await opened(hub))["id"]
        async with feeding(hub) as streams:
            async with listening(streams, "asb-officer", CASE, id=case) as ear:
                first = (await ear.hear())["cursor"]
            await changed(hub, "asb-officer", "addNote", id=case, text="Missed", assertionType="FACT")
            async with listening(streams, "asb-officer", CASE, id=case, after=first) as ear:
                told = await ear.hear()
                assert kinds(told) == ["OPENED", "NOTED"]
            async with listening(streams, "asb-officer", CASE, id=case, after=told["cursor"]) as ear:
                await changed(hub, "asb-officer", "addNote", id=case, text="Heard", assertionType="FACT")
                assert kinds(await ear.hear()) == ["OPENED", "NOTED", "NOTED"]
            async with listening(streams, "police-officer", CASE, id=case, after=first) as ear:
                assert (await ear.refusal())["extensions"]["code"] == "CURSOR_INVALID"

    tell(engine_connection, story=story)


def test_what_may_not_be_followed_is_refused_before_anything_is_read(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case = (await opened(hub))["id"]
        async with feeding(hub) as streams:
            async with listening(streams, "asb-officer", CASE, purpose=None, id=case) as ear:
                assert (await ear.refusal())["extensions"]["code"] == "PURPOSE_REQUIRED"
            blind = "subscription($id: ID!) { caseUpdates(id: $id) { cursor } }"
            async with listening(streams, "asb-officer", blind, id=case) as ear:
                assert "select `case`" in (await ear.refusal())["message"]
        assert await hub.code("asb-officer", "ASB_PREVENTION", CASE, {"id": case}) == "BAD_REQUEST"

    tell(engine_connection, story=story)


def test_events_are_the_same_where_the_library_completes_them(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case = (await opened(hub))["id"]
        means = replace(hub.answerer.means, fast_way=False)
        plain = replace(hub, answerer=GraphQLAnswerer(means=means))
        async with feeding(hub) as streams, feeding(plain) as others:
            async with listening(streams, "asb-officer", CASE, id=case) as ear:
                fast = await ear.hear()
            async with listening(others, "asb-officer", CASE, id=case) as ear:
                assert await ear.hear() == fast
        assert plain.answerer.walked_total > hub.answerer.walked_total

    tell(engine_connection, story=story)
