"""What only adds to a case: decided ahead of its turn, and never otherwise than in it."""

import asyncio

import pytest

from graph.doctor import recompute
from graph.store import Connection
from graph.vocabulary import Node
from hub.answers import GraphQLRequest
from hub.errors import BadRequest
from policies.vocabulary import Protection
from tests.resolvers.acting.casework import attempt, changed, kinds, mutation, opened
from tests.resolvers.stage import tell
from tests.support.hub import ASB, PEOPLE, TestHub
from tests.support.scenes import thing

COVERT = thing(Node.CASE, "police/police-cases/1", Protection.COVERT, status="OPEN", participants=["police"])
NOTES = "MATCH (n:CaseEntry {kind: 'NOTED'}) RETURN collect([n.text, n.caseMembers])"
TURNS = "MATCH (t:Turn) RETURN t.taken"
FACT = {"assertionType": "FACT"}


async def noted(hub: TestHub) -> dict[str, str]:
    found = await hub.store.read(NOTES)
    assert len(found) == len(dict(found))
    assert [difference async for difference in recompute(hub.store)] == []
    return dict(found)


def test_many_who_note_at_once_are_all_heard_and_each_is_recorded(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        cases = [await opened(hub), await opened(hub)]
        texts = [f"note {at}" for at in range(12)]
        recorded, turns = len(hub.ledger.entries), await hub.store.read(TURNS)
        done = await asyncio.gather(
            *(
                changed(hub, "asb-officer", "addNote", id=cases[at % 2]["id"], text=text, **FACT)
                for at, text in enumerate(texts)
            )
        )
        assert (await noted(hub)).keys() == set(texts)
        assert {one["version"] for one in done} == {1}
        assert await hub.store.read(TURNS) == turns + len(texts)
        acts = [change.act for entry in hub.ledger.entries[recorded:] for change in entry.changes]
        assert acts == ["note"] * len(texts)

    tell(engine_connection, story=story)


def test_the_same_note_sent_several_times_at_once_is_made_once(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case_id = (await opened(hub))["id"]
        given = {"idempotencyKey": "pressed-twice", "id": case_id, "text": "Once", **FACT}
        done = await asyncio.gather(*(changed(hub, "asb-officer", "addNote", **given) for _ in range(4)))
        assert list(await noted(hub)) == ["Once"]
        assert {one["id"] for one in done} == {case_id}
        other = await attempt(hub, "asb-officer", "addNote", **{**given, "text": "Twice"})
        assert other["fields"][0]["path"] == ["input", "idempotencyKey"]

    tell(engine_connection, story=story)


def test_notes_amid_other_changes_of_their_case_have_its_facts(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case_id = (await opened(hub))["id"]
        await changed(hub, "asb-officer", "addNote", id=case_id, text="before", **FACT)
        await asyncio.gather(
            changed(hub, "asb-officer", "inviteToCase", id=case_id, agency="police"),
            *(changed(hub, "asb-officer", "addNote", id=case_id, text=f"amid {at}", **FACT) for at in range(5)),
        )
        await changed(hub, "asb-officer", "addNote", id=case_id, text="after", **FACT)
        assert set((await noted(hub)).values()) == {",council,police,"}

    tell(engine_connection, story=story)


def test_who_lost_their_place_in_a_case_notes_nothing_more_in_it(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case_id = (await opened(hub))["id"]
        await changed(hub, "asb-officer", "inviteToCase", id=case_id, agency="police")
        await changed(hub, "police-officer", "addNote", id=case_id, text="while there", **FACT)
        await changed(hub, "police-officer", "leaveCase", id=case_id)
        done = await attempt(hub, "police-officer", "addNote", id=case_id, text="when gone", **FACT)
        assert done["__typename"] in {"NotFound", "NotPermitted"}
        assert list(await noted(hub)) == ["while there"]

    tell(engine_connection, story=story)


def test_the_hidden_and_the_missing_are_refused_alike_however_often(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        hidden = str(await hub.store.read("MATCH (c:Case {owner: 'police'}) RETURN c.caseId"))
        given = {"idempotencyKey": "looking around", "text": "Is there anything?", **FACT}
        bodies = [
            await hub.body("asb-officer", ASB, mutation("addNote"), {"input": {**given, "id": ident}})
            for ident in (hidden, "case_nowhere", hidden, "case_nowhere")
        ]
        assert len(set(bodies)) == 1, bodies

    tell(engine_connection, COVERT, story=story)


def test_a_plan_that_was_made_for_a_change_serves_others_with_what_they_bring(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        first, second = await opened(hub, summary="First"), await opened(hub, summary="Second")
        for one in (first, second):
            case_id = one["id"]
            again = await changed(hub, "asb-officer", "changeCase", id=case_id, version=1, summary=f"{case_id} again")
            assert (again["summary"], again["version"]) == (f"{case_id} again", 2)
            stale = await attempt(hub, "asb-officer", "changeCase", id=case_id, version=1, summary="Stale")
            assert (stale["__typename"], stale["currentVersion"]) == ("Conflict", 2)
        assert kinds(again) == ["OPENED", "CHANGED"]
        wrong = await hub.ask("asb-officer", ASB, mutation("changeCase"), {"input": {"id": "x", "version": 2**31}})
        assert wrong["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"

    tell(engine_connection, story=story)


def test_what_is_read_of_a_change_is_planned_by_its_own_numbers_also_where_classes_are_new(
    engine_connection: Connection,
) -> None:
    query = """mutation($input: AddNoteInput!, $first: Int!, $after: String) { done: addNote(input: $input) {
      ... on CaseChanged { case { entries(first: $first, after: $after, filter: {kind: {eq: NOTED}}) {
        pageInfo { endCursor } edges { node { text } } } } } } }"""

    async def story(hub: TestHub) -> None:
        case_id = (await opened(hub))["id"]

        async def note(text: str, first: int, after: str | None = None) -> tuple[list[str], str]:
            given = {"idempotencyKey": f"key of {text}", "id": case_id, "text": text, **FACT}
            values = {"input": given, "first": first, "after": after}
            found = (await hub.data("asb-officer", ASB, query, values))["done"]["case"]["entries"]
            return [edge["node"]["text"] for edge in found["edges"]], found["pageInfo"]["endCursor"]

        assert (await note("one", 1))[0] == ["one"]
        assert len((await note("two", 2))[0]) == 2
        shown, cursor = await note("three", 1)
        rest, _ = await note("four", 5, cursor)
        assert set(rest).difference({"four"}) == {"one", "two", "three"}.difference(shown)

    tell(engine_connection, story=story)


def test_a_plan_for_a_change_serves_nobody_who_only_reads(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case_id = (await opened(hub))["id"]
        await changed(hub, "asb-officer", "addNote", id=case_id, text="by a POST", **FACT)
        given = {"idempotencyKey": "by a GET", "id": case_id, "text": "by a GET", **FACT}
        request = GraphQLRequest(query=mutation("addNote"), variables={"input": given}, read_only=True)
        with pytest.raises(BadRequest, match="by POST"):
            await hub.answerer(request, PEOPLE["asb-officer"], ASB)
        assert list(await noted(hub)) == ["by a POST"]

    tell(engine_connection, story=story)
