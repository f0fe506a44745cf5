"""The life of a case in the hub: opened, joined, noted in, closed; who may, and who learns nothing."""

import asyncio
from dataclasses import replace
from typing import Any, NoReturn

import pytest

from graph.doctor import recompute
from graph.errors import GraphUnavailable
from graph.store import Connection
from hub.answers import GraphQLRequest
from hub.errors import BadRequest
from policies.vocabulary import Protection
from tests.resolvers.acting.casework import attempt, changed, codes, kinds, mutation, opened
from tests.resolvers.stage import tell
from tests.support.hub import ASB, PEOPLE, TestHub
from tests.support.scenes import case, person, premises, resides

IN = "E05013808"
ANN = person("council/ann", givenName="Ann", familyName="Ash", dateOfBirth="1987-03-12", ward=IN)
GHOST = person("police/ghost", Protection.COVERT, givenName="Gus", familyName="Ghost", ward=IN)
HOME = premises("council/home", address="1 Dean Street", postcode="W1D 3DH", ward=IN)
ELSEWHERE = case("council/council-asb-cases/1", "council", caseType="DOGS")
FACTS = (ANN, GHOST, HOME, ELSEWHERE, resides(ANN, HOME))
ID_OF_PERSON = "MATCH (r:PersonRecord {givenName: $name})-[:ABOUT]->(p:Person) RETURN p.personId"
ID_OF_PREMISES = "MATCH (m:Premises) RETURN m.premisesId"
POSTED = """
MATCH (o:OutboxRecord) WHERE o.act IS NOT NULL RETURN collect([o.act, o.type, o.subject, o.author])"""
CASES = "{ cases(first: 20) { totalCount edges { node { id } } } }"
MEMBER = '{ people(filter: {familyName: {eq: "Ash"}}, first: 1) { edges { node { dateOfBirth } } } }'


class Away:
    """An engine that no reader reaches any more."""

    async def read(self, _statement: str, _parameters: object = None) -> NoReturn:
        raise GraphUnavailable("away")


async def healthy(hub: TestHub) -> None:
    assert [difference async for difference in recompute(hub.store)] == []


async def person_id(hub: TestHub, name: str) -> str:
    return str(await hub.store.read(ID_OF_PERSON, {"name": name}))


def test_a_case_is_opened_worked_on_and_closed(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        case = await opened(hub, reference="ASB/1")
        assert (case["status"], case["version"], codes(case), kinds(case)) == ("OPEN", 1, ["council"], ["OPENED"])
        ident = case["id"]
        place = await hub.store.read(ID_OF_PREMISES)
        assert (
            len((await changed(hub, "asb-officer", "involvePremises", id=ident, premises=place))["premises"]["edges"])
            == 1
        )
        ann = await person_id(hub, "Ann")
        case = await changed(hub, "asb-officer", "involvePerson", id=ident, person=ann, role="VICTIM")
        assert case["people"]["edges"] == [{"node": {"id": ann}, "roles": ["VICTIM"]}]
        case = await changed(hub, "police-officer", "joinCase", id=ident)
        assert codes(case) == ["council", "police"]
        note = {"text": "Seen again at two 🥁", "assertionType": "ALLEGATION"}
        await changed(hub, "police-officer", "addNote", id=ident, **note)
        case = await changed(hub, "asb-officer", "changeCase", id=ident, version=2, summary="Drums, every night")
        assert (case["version"], case["summary"], case["reference"]) == (3, "Drums, every night", "ASB/1")
        case = await changed(hub, "asb-officer", "closeCase", id=ident, version=3, reason="They moved")
        assert (case["status"], case["closedOn"], case["closureReason"]) == ("CLOSED", "2026-11-24", "They moved")
        case = await changed(hub, "asb-officer", "reopenCase", id=ident, version=4, reason="They are back")
        assert (case["status"], case["closedOn"], case["closureReason"], case["version"]) == ("OPEN", None, None, 5)
        assert sorted(kinds(case)) == ["CHANGED", "CLOSED", "JOINED", "NOTED", "OPENED", "REOPENED"]
        noted = [edge["node"] for edge in case["entries"]["edges"] if edge["node"]["kind"] == "NOTED"]
        assert noted == [{"kind": "NOTED", "author": "police-officer", **note}]
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_who_joins_is_a_member_at_once_and_who_leaves_at_once_no_more(engine_connection: Connection) -> None:
    async def born(hub: TestHub, who: str) -> Any:  # noqa: ANN401 - what is told
        found = await hub.data(who, ASB, MEMBER)
        return [edge["node"]["dateOfBirth"] for edge in found["people"]["edges"]]

    async def story(hub: TestHub) -> None:
        ident = (await opened(hub))["id"]
        ann, place = await person_id(hub, "Ann"), await hub.store.read(ID_OF_PREMISES)
        await changed(hub, "asb-officer", "involvePremises", id=ident, premises=place)
        await changed(hub, "asb-officer", "involvePerson", id=ident, person=ann, role="VICTIM")
        assert await born(hub, "police-officer") == ["1987"]
        await changed(hub, "police-officer", "joinCase", id=ident)
        assert await born(hub, "police-officer") == ["1987-03-12"]
        case = await attempt(hub, "police-officer", "leaveCase", id=ident)
        assert case["__typename"] == "CaseChanged"
        assert await born(hub, "police-officer") == ["1987"]
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_a_hidden_a_missing_and_a_forbidden_thing_look_the_same(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await opened(hub, sensitivity="OFFICIAL_SENSITIVE"))["id"]
        own = (await opened(hub))["id"]
        ghost = await person_id(hub, "Gus")
        for name, given in (
            ("joinCase", {}),
            ("leaveCase", {}),
            ("addNote", {"text": "Hello", "assertionType": "FACT"}),
            ("changeCase", {"version": 1, "summary": "x"}),
            ("closeCase", {"version": 1, "reason": "x"}),
            ("inviteToCase", {"agency": "police"}),
        ):
            asked = {"idempotencyKey": "k" * 9, **given}
            for who in ("housing-officer", "councillor", "victim-support"):
                hidden, missing = [
                    await hub.body(who, ASB, mutation(name), {"input": {**asked, "id": one}})
                    for one in (ident, "case_none")
                ]
                assert hidden == missing
        for person_ in (ghost, "per_none"):
            done = await attempt(hub, "asb-officer", "involvePerson", id=own, person=person_, role="VICTIM")
            assert (done["__typename"], done["path"]) == ("NotFound", ["input", "person"])

    tell(engine_connection, *FACTS, story=story)


def test_nothing_is_done_by_default(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        for who in ("councillor", "housing-officer", "victim-support", "safeguarding-lead"):
            done = await attempt(hub, who, "openCase", caseType="NOISE")
            assert done["__typename"] == "NotPermitted", who
        given = {"input": {"idempotencyKey": "k" * 9, "caseType": "NOISE"}}
        assert await hub.code("asb-officer", None, mutation("openCase"), given) == "PURPOSE_REQUIRED"
        assert {entry.refusal for entry in hub.ledger.entries} == {"NOT_PERMITTED", "PURPOSE_REQUIRED"}
        assert (await hub.data("asb-officer", ASB, CASES))["cases"]["totalCount"] == 1
        assert (await hub.store.read("MATCH (r:Receipt) RETURN count(r)")) == 0

    tell(engine_connection, *FACTS, story=story)


def test_a_case_that_its_agency_keeps_elsewhere_is_locked(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        found = await hub.data("asb-officer", ASB, CASES)
        ident = found["cases"]["edges"][0]["node"]["id"]
        done = await attempt(hub, "asb-officer", "closeCase", id=ident, version=1, reason="x")
        assert done["__typename"] == "Locked"
        noted = await changed(hub, "asb-officer", "addNote", id=ident, text="Dogs again", assertionType="FACT")
        assert kinds(noted) == ["NOTED"]
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_an_imported_case_that_is_closed_involves_nobody_more(engine_connection: Connection) -> None:
    ended = case("council/council-asb-cases/2", "council", status="CLOSED")

    async def story(hub: TestHub) -> None:
        found = await hub.store.read("MATCH (c:Case {reference: 'council/council-asb-cases/2'}) RETURN c.caseId")
        ann = await person_id(hub, "Ann")
        done = await attempt(hub, "asb-officer", "involvePerson", id=found, person=ann, role="VICTIM")
        assert (done["__typename"], done["currentVersion"]) == ("Conflict", None)

    tell(engine_connection, *FACTS, ended, story=story)


def test_a_change_is_recorded_though_its_answer_fails(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        asked = {"input": {"idempotencyKey": "answered-later", "caseType": "NOISE"}}
        means = hub.answerer.means
        hub.answerer.means = replace(means, store=Away())
        assert await hub.code("asb-officer", ASB, mutation("openCase"), asked) == "GRAPH_UNAVAILABLE"
        hub.answerer.means = means
        entry = hub.ledger.entries[-1]
        assert (entry.refusal, [(made.act, made.agreements) for made in entry.changes]) == (
            "GRAPH_UNAVAILABLE",
            [("open", ("own-records",))],
        )
        again = (await hub.data("asb-officer", ASB, mutation("openCase"), asked))["done"]
        assert again["case"]["id"] == entry.changes[0].subject
        assert [made.agreements for made in hub.ledger.entries[-1].changes] == [()]

    tell(engine_connection, *FACTS, story=story)


def test_the_same_key_changes_once_and_tells_nobody_else(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        first = await opened(hub, idempotencyKey="the-same-key")
        again = await opened(hub, idempotencyKey="the-same-key")
        assert first == again
        assert (await hub.data("asb-officer", ASB, CASES))["cases"]["totalCount"] == 2
        other = await attempt(hub, "asb-officer", "openCase", idempotencyKey="the-same-key", caseType="DOGS")
        assert other["fields"] == [{"path": ["input", "idempotencyKey"], "message": "was given for another change"}]
        theirs = await attempt(hub, "police-officer", "openCase", idempotencyKey="the-same-key", caseType="NOISE")
        assert theirs["__typename"] == "CaseChanged"
        assert theirs["case"]["id"] != first["id"]

    tell(engine_connection, *FACTS, story=story)


def test_two_officers_at_once_make_one_conflict(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await opened(hub))["id"]
        both = await asyncio.gather(
            *(attempt(hub, "asb-officer", "changeCase", id=ident, version=1, summary=text) for text in ("one", "two"))
        )
        assert sorted(done["__typename"] for done in both) == ["CaseChanged", "Conflict"]
        (lost,) = [done for done in both if done["__typename"] == "Conflict"]
        assert lost["currentVersion"] == 2

    tell(engine_connection, *FACTS, story=story)


@pytest.mark.parametrize(
    ("name", "given", "path"),
    [
        ("openCase", {"caseType": " "}, "caseType"),
        ("openCase", {"caseType": "x" * 101}, "caseType"),
        ("openCase", {"caseType": "NOISE", "summary": "x" * 4_001}, "summary"),
        ("openCase", {"caseType": "NOISE", "reference": "a\u0000b"}, "reference"),
        ("openCase", {"caseType": "NOISE", "idempotencyKey": "short"}, "idempotencyKey"),
        ("openCase", {"caseType": "NOISE", "idempotencyKey": "k" * 9 + " " * 900}, "idempotencyKey"),
        ("addNote", {"id": "case_x", "text": "", "assertionType": "FACT"}, "text"),
        ("closeCase", {"id": "case_x", "version": 1, "reason": "\n"}, "reason"),
    ],
)
def test_input_that_cannot_be_is_refused_by_name(
    engine_connection: Connection, name: str, given: dict[str, Any], path: str
) -> None:
    async def story(hub: TestHub) -> None:
        done = await attempt(hub, "asb-officer", name, **given)
        assert done["__typename"] == "InvalidInput"
        assert [field["path"] for field in done["fields"]] == [["input", path]]

    tell(engine_connection, story=story)


def test_a_role_that_does_not_exist_is_no_role(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        given = {"idempotencyKey": "k" * 9, "id": "case_x", "person": "per_x", "role": "BOSS"}
        assert await hub.code("asb-officer", ASB, mutation("involvePerson"), {"input": given}) == "BAD_USER_INPUT"

    tell(engine_connection, story=story)


def test_what_was_changed_stands_in_the_ledger(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await opened(hub))["id"]
        (made,) = [change for entry in hub.ledger.entries for change in entry.changes]
        assert (made.act, made.type, made.subject, made.agreements) == ("open", "Case", ident, ("own-records",))
        posted = await hub.store.read(
            "MATCH (o:OutboxRecord) WHERE o.act IS NOT NULL RETURN collect([o.act, o.type, o.subject, o.author])"
        )
        assert posted == [["open", "Case", ident, "asb-officer"]]

    tell(engine_connection, *FACTS, story=story)


def test_a_get_changes_nothing(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        given = {"input": {"idempotencyKey": "by-a-get", "caseType": "NOISE"}}
        request = GraphQLRequest(query=mutation("openCase"), variables=given, read_only=True)
        with pytest.raises(BadRequest) as refused:
            await hub.answerer(request, PEOPLE["asb-officer"], ASB)
        assert refused.value.status == 405
        assert (await hub.data("asb-officer", ASB, CASES))["cases"]["totalCount"] == 1

    tell(engine_connection, *FACTS, story=story)


def test_an_operation_makes_one_change(engine_connection: Connection) -> None:
    two = """mutation($a: OpenCaseInput!, $b: OpenCaseInput!) {
      a: openCase(input: $a) { __typename } b: openCase(input: $b) { __typename } }"""

    async def story(hub: TestHub) -> None:
        given = {name: {"idempotencyKey": f"key-of-{name}", "caseType": "NOISE"} for name in "ab"}
        assert await hub.code("asb-officer", ASB, two, given) == "BAD_USER_INPUT"
        assert (await hub.data("asb-officer", ASB, CASES))["cases"]["totalCount"] == 1

    tell(engine_connection, *FACTS, story=story)
