"""Who is tied to whom: stated, stated anew and ended; who may, who sees it, and whom it alerts."""

import json
from typing import Any

import pytest

from graph.doctor import recompute
from graph.store import Connection
from graph.vocabulary import Link, Node
from policies.vocabulary import Protection
from tests.resolvers.acting.casework import changed, opened
from tests.resolvers.acting.test_alerts import EVERYBODY, SAFETY, inbox, relayed
from tests.resolvers.acting.test_attacks import marked
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import case, concerns, link, person, thing

TIED = """__typename
  ... on PeopleLinked { person { id
    siblings(first: 9) { edges { assertionType node { id } } }
    parents(first: 9) { edges { assertionType node { id } } }
    children(first: 9) { edges { assertionType node { id } } }
    associates(first: 9) { edges { assertionType since node { id } } } } }
  ... on NotPermitted { message } ... on NotFound { message path }
  ... on Conflict { message currentVersion } ... on InvalidInput { message fields { path message } }"""
MUTATIONS = {
    "linkPeople": f"mutation($input: LinkPeopleInput!) {{ done: linkPeople(input: $input) {{ {TIED} }} }}",
    "endLink": f"mutation($input: EndLinkInput!) {{ done: endLink(input: $input) {{ {TIED} }} }}",
}
TIMELINE = """query($id: ID!) { person(id: $id) { timeline(first: 20) { edges { node {
  kind subject { id } agency { code } } } } } }"""
ENDED = """
MATCH (:PersonRecord)-[e:WAS_ASSOCIATED_WITH]->(:PersonRecord) WHERE e.endedAt IS NOT NULL
RETURN collect([e.endedBy, e.reason, e.assertionType, e.since, e.statedBy])"""
IN = "E05013808"
LARKHALL = thing(Node.SCHOOL, "hub/schools-register/900001", urn="900001", name="Larkhall", ward=IN)
ON_THE_ROLL = person(
    "larkhall/boy", givenName="Tom", familyName="Reed", dateOfBirth="2012-05-01", nhsNumber="9434765919"
)
KNOWN = person("police/boy", givenName="Tom", familyName="Reed", dateOfBirth="2012-05-01", nhsNumber="9434765919")
JOE = person("police/joe", givenName="Joe", familyName="Reed", dateOfBirth="2003-05-01", ward=IN)
ANN = person("council/ann", givenName="Ann", familyName="Ash", dateOfBirth="1987-03-12", ward=IN)
BEN = person("council/ben", givenName="Ben 🥁", familyName="Ash", dateOfBirth="1985-03-12", ward=IN)
GHOST = person("police/ghost", Protection.COVERT, givenName="Gus", familyName="Ghost", ward=IN)
FACTS = (LARKHALL, ON_THE_ROLL, KNOWN, JOE, ANN, BEN, GHOST, link(Link.PUPIL_AT, ON_THE_ROLL, LARKHALL))
KIN = {"tie": "SIBLING_OF", "assertionType": "FACT"}


async def ident(hub: TestHub, name: str) -> str:
    found = "MATCH (r:PersonRecord {givenName: $name})-[:ABOUT]->(p:Person) RETURN head(collect(p.personId))"
    return str(await hub.store.read(found, {"name": name}))


async def attempt(hub: TestHub, who: str, name: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    given = {"idempotencyKey": json.dumps(given, sort_keys=True)[:200], **given}
    found: dict[str, Any] = (await hub.data(who, ASB, MUTATIONS[name], {"input": given}))["done"]
    return found


async def events(hub: TestHub, who: str, person: str) -> list[tuple[str, str, str]]:
    """What was said in the hub of a person's ties: to whom, and by which agency."""
    found = (await hub.data(who, ASB, TIMELINE, {"id": person}))["person"]["timeline"]["edges"]
    told = [edge["node"] for edge in found if edge["node"]["kind"].startswith("TIE_")]
    return sorted((event["kind"], event["subject"]["id"], event["agency"]["code"]) for event in told)


async def tied(hub: TestHub, who: str, name: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    """Change a tie, which must be done, and return the person."""
    done = await attempt(hub, who, name, **given)
    assert done["__typename"] == "PeopleLinked", done
    assert [difference async for difference in recompute(hub.store)] == []
    found: dict[str, Any] = done["person"]
    return found


def test_a_boy_who_is_said_to_be_the_brother_of_somebody_in_a_gang_case_alerts_his_school_alone(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        boy, joe = await ident(hub, "Tom"), await ident(hub, "Joe")
        matter = (await opened(hub, "police-officer", caseType="GANG", sensitivity="OFFICIAL_SENSITIVE"))["id"]
        await changed(hub, "police-officer", "involvePerson", id=matter, person=joe, role="PERPETRATOR")
        await relayed(hub)
        assert await inbox(hub, "safeguarding-lead", SAFETY) == []
        found = await tied(hub, "police-officer", "linkPeople", person=boy, other=joe, **KIN)
        assert found["siblings"]["edges"] == [{"assertionType": "FACT", "node": {"id": joe}}]
        await relayed(hub)
        (alert,) = await inbox(hub, "safeguarding-lead", SAFETY)
        assert (alert["tie"], alert["leadAgency"], alert["status"]) == ("SIBLING_OF", "police", "RAISED")
        assert [edge["node"]["givenName"] for edge in alert["people"]["edges"]] == ["Tom"]
        for who, purpose in EVERYBODY:
            assert await inbox(hub, who, purpose) == [], who
        await tied(hub, "police-officer", "endLink", person=joe, other=boy, tie="SIBLING_OF", reason="Another Joe")
        await tied(hub, "police-officer", "linkPeople", person=boy, other=joe, idempotencyKey="once-more", **KIN)
        for _ in range(2):
            await relayed(hub)
            assert len(await inbox(hub, "safeguarding-lead", SAFETY)) == 2  # what was ended and is back is told anew
        await tied(hub, "police-officer", "linkPeople", person=boy, other=joe, idempotencyKey="once-again", **KIN)
        await relayed(hub)
        assert len(await inbox(hub, "safeguarding-lead", SAFETY)) == 2

    tell(engine_connection, *FACTS, story=story)


@pytest.mark.parametrize(("left", "heard"), [((), 1), ((Protection.COVERT,), 2)])
def test_what_else_ties_them_and_may_be_told_is_why_a_tie_that_comes_back_is_not_told_anew(
    engine_connection: Connection, left: tuple[Protection, ...], heard: int
) -> None:
    """What may be told to nobody is no reason: whoever states a tie anew would learn of it."""

    async def story(hub: TestHub) -> None:
        boy, joe = await ident(hub, "Tom"), await ident(hub, "Joe")
        await tied(hub, "police-officer", "linkPeople", person=boy, other=joe, **KIN)
        await relayed(hub)
        await tied(hub, "police-officer", "endLink", person=boy, other=joe, tie="SIBLING_OF", reason="Another Joe")
        await tied(hub, "police-officer", "linkPeople", person=boy, other=joe, idempotencyKey="once-more", **KIN)
        await relayed(hub)
        assert len(await inbox(hub, "safeguarding-lead", SAFETY)) == heard

    concern = case("police/crimes/1", "police", caseType="GANG")
    told = (concern, concerns(concern, JOE, "PERPETRATOR"), link(Link.ASSOCIATES_WITH, JOE, KNOWN, *left))
    tell(engine_connection, *FACTS, *told, story=story)


def test_a_tie_is_stated_once_stated_anew_and_ended_and_all_of_it_is_kept(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ann, ben = await ident(hub, "Ann"), await ident(hub, "Ben 🥁")
        pair = {"person": ann, "other": ben, "tie": "ASSOCIATES_WITH"}
        await tied(hub, "asb-officer", "linkPeople", **pair, assertionType="ALLEGATION", since="2026-01-01")
        swapped = {**pair, "person": ben, "other": ann}
        found = await tied(hub, "asb-officer", "linkPeople", **swapped, assertionType="FACT", since="2025-12-01")
        assert found["associates"]["edges"] == [
            {"assertionType": "FACT", "since": "2025-12-01", "node": {"id": ann}},
        ]
        found = await tied(hub, "asb-officer", "endLink", **pair, reason="They fell out")
        assert found["associates"]["edges"] == []
        assert sorted(await hub.store.read(ENDED)) == [
            ["asb-officer", "Stated anew", "ALLEGATION", "2026-01-01", "asb-officer"],
            ["asb-officer", "They fell out", "FACT", "2025-12-01", "asb-officer"],
        ]
        assert await events(hub, "asb-officer", ann) == [
            *[("TIE_ENDED", ben, "council")] * 2,
            *[("TIE_STATED", ben, "council")] * 2,
        ]
        again = await attempt(hub, "asb-officer", "endLink", **pair, reason="Once more")
        assert again["__typename"] == "Conflict"

    tell(engine_connection, *FACTS, story=story)


def test_a_mother_is_the_parent_and_not_the_child(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ann, ben = await ident(hub, "Ann"), await ident(hub, "Ben 🥁")
        pair = {"person": ann, "other": ben, "tie": "PARENT_OF"}
        found = await tied(hub, "asb-officer", "linkPeople", **pair, assertionType="OPINION")
        assert found["parents"]["edges"] == []
        assert found["children"]["edges"] == [{"assertionType": "OPINION", "node": {"id": ben}}]
        turned = {"person": ben, "other": ann, "tie": "PARENT_OF", "reason": "x"}
        assert (await attempt(hub, "asb-officer", "endLink", **turned))["__typename"] == "Conflict"

    tell(engine_connection, *FACTS, story=story)


def test_only_those_tie_people_whom_an_agreement_lets_and_only_whom_they_see(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ann, ben, joe, gus = [await ident(hub, name) for name in ("Ann", "Ben 🥁", "Joe", "Gus")]
        for who in ("housing-officer", "councillor"):
            for name, given in (("linkPeople", KIN), ("endLink", {"tie": "SIBLING_OF", "reason": "x"})):
                done = await attempt(hub, who, name, person=ann, other=ben, **given)
                assert done["__typename"] == "NotPermitted", (who, name)
        done = await attempt(hub, "asb-officer", "linkPeople", person=ann, other=joe, **KIN)
        assert done["__typename"] == "NotPermitted"
        for place in ("person", "other"):
            asked = {"idempotencyKey": "k" * 9, "person": ann, "other": ann, **KIN}
            hidden, missing = [
                await hub.body("asb-officer", ASB, MUTATIONS["linkPeople"], {"input": {**asked, place: one}})
                for one in (gus, "per_none")
            ]
            assert hidden == missing
            assert b"NotFound" in hidden
        assert (await hub.store.read("MATCH ()-[e:SIBLING_OF]->() RETURN count(e)")) == 0

    tell(engine_connection, *FACTS, story=story)


def test_a_tie_to_somebody_protected_is_told_to_those_alone_who_may_know_of_them(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        joe, gus = await ident(hub, "Joe"), await ident(hub, "Gus")
        found = await tied(hub, "police-officer", "linkPeople", person=joe, other=gus, **KIN)
        assert [edge["node"]["id"] for edge in found["siblings"]["edges"]] == [gus]
        (facts,) = await hub.store.read("MATCH ()-[e:SIBLING_OF]->() RETURN collect(e.facts)")
        assert facts == "SIBLING_OF/police/casework/OFFICIAL/-/covert"
        await tied(hub, "police-officer", "endLink", person=joe, other=gus, tie="SIBLING_OF", reason="Another Joe")
        assert await events(hub, "police-officer", joe) == [("TIE_ENDED", gus, "police"), ("TIE_STATED", gus, "police")]
        assert await events(hub, "asb-officer", joe) == []

    tell(engine_connection, *FACTS, story=story)


def test_an_ended_tie_is_hidden_with_whom_it_was_to_when_they_are_hidden_later(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ann, ben = await ident(hub, "Ann"), await ident(hub, "Ben 🥁")
        await tied(hub, "asb-officer", "linkPeople", person=ann, other=ben, **KIN)
        await tied(hub, "asb-officer", "endLink", person=ann, other=ben, tie="SIBLING_OF", reason="Another Ben")
        assert len(await events(hub, "asb-officer", ann)) == 2
        await marked(hub, BEN, Protection.COVERT)
        await hub.watch.refresh(hub.store)
        assert await events(hub, "asb-officer", ann) == []
        assert [difference async for difference in recompute(hub.store)] == []

    tell(engine_connection, *FACTS, story=story)


@pytest.mark.parametrize(
    ("name", "given", "path"),
    [
        ("linkPeople", {"other": "per_a", **KIN}, "other"),
        ("linkPeople", {**KIN, "since": "2026-01-01"}, "since"),
        ("linkPeople", {**KIN, "tie": "ASSOCIATES_WITH", "since": "yesterday"}, "since"),
        ("endLink", {"other": "per_a", "tie": "SIBLING_OF", "reason": "x"}, "other"),
        ("endLink", {"tie": "SIBLING_OF", "reason": " "}, "reason"),
    ],
)
def test_what_no_tie_can_be_is_refused_by_name(
    engine_connection: Connection, name: str, given: dict[str, Any], path: str
) -> None:
    async def story(hub: TestHub) -> None:
        done = await attempt(hub, "asb-officer", name, **{"person": "per_a", "other": "per_b", **given})
        assert done["__typename"] == "InvalidInput"
        assert [field["path"] for field in done["fields"]] == [["input", path]]

    tell(engine_connection, story=story)


def test_nobody_associates_from_a_day_to_come(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        pair = {"person": await ident(hub, "Ann"), "other": await ident(hub, "Ben 🥁")}
        given = {"tie": "ASSOCIATES_WITH", "assertionType": "FACT", "since": "2026-11-25"}
        done = await attempt(hub, "asb-officer", "linkPeople", **pair, **given)
        assert done["fields"] == [{"path": ["input", "since"], "message": "is today or earlier"}]

    tell(engine_connection, *FACTS, story=story)
