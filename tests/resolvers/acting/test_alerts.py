"""A child comes near somebody of concern: who is alerted, who is not, and what each may see of it."""

from dataclasses import replace
from typing import Any

from graph.doctor import recompute
from graph.records import LinkFact, NodeFact
from graph.store import Connection
from graph.vocabulary import Link, Node
from graph.writer import write_facts
from policies.alert_documents import Payload, Told, Trigger
from policies.engine import Engine
from policies.vocabulary import Origin, Protection, Tie
from resolvers.alerting import Relay
from tests.resolvers.acting.casework import attempt, changed, opened
from tests.resolvers.stage import tell
from tests.support.by_hand import mark
from tests.support.hub import ASB, DAY, TestHub
from tests.support.scenes import (
    associate,
    case,
    concerns,
    link,
    person,
    premises,
    resides,
    sibling,
    stamp,
    thing,
    write,
)

SAFETY = "CHILD_SAFEGUARDING"
ALERTS = """{ alerts(first: 9, orderBy: RAISED_AT) { edges { node { id title tie leadAgency status acknowledgedBy
  people(first: 9) { edges { part node { givenName familyName dateOfBirth } } }
  cases(first: 9) { totalCount } } } } }"""
ACKNOWLEDGE = """mutation($input: AcknowledgeAlertsInput!) { done: acknowledgeAlerts(input: $input) { __typename
  ... on AlertsAcknowledged { alerts { id status acknowledgedBy } } ... on NotFound { path } } }"""
EVERYBODY = (
    ("housing-officer", ASB),
    ("councillor", ASB),
    ("asb-officer", ASB),
    ("police-officer", ASB),
    ("victim-support", ASB),
    ("youth-worker", SAFETY),
)
LARKHALL = thing(Node.SCHOOL, "hub/schools-register/900001", urn="900001", name="Larkhall", ward="E05013808")
FENNEL = thing(Node.SCHOOL, "hub/schools-register/900002", urn="900002", name="Fennel", ward="E05013808")
BOY = person("larkhall/boy", givenName="Tom", familyName="Reed", dateOfBirth="2012-05-01")
BROTHER = person("police/brother", givenName="Joe", familyName="Reed", dateOfBirth="2003-05-01", ward="E05013808")
SCHOOLED = link(Link.PUPIL_AT, BOY, LARKHALL, since="2023-09-01")
GANG = case("police/crimes/1", "police", caseType="GANG")
HOME = premises("council/home", address="1 Dean Street", postcode="W1D 3DH", ward="E05013808")
FACTS = (LARKHALL, FENNEL, BOY, BROTHER, SCHOOLED)


async def relayed(hub: TestHub, engine: Engine | None = None) -> None:
    """Raise what is due, as the hub does while it serves."""
    relay = Relay(store=hub.store, engine=engine or hub.watch.current.engine)
    while await relay.run(stamp("relay"), DAY):
        pass
    await hub.watch.refresh(hub.store)
    assert [difference async for difference in recompute(hub.store)] == []


async def inbox(hub: TestHub, who: str, purpose: str) -> list[dict[str, Any]]:
    found = await hub.data(who, purpose, ALERTS)
    return [edge["node"] for edge in found["alerts"]["edges"]]


async def stated(hub: TestHub, *facts: NodeFact | LinkFact) -> None:
    await write(hub.store, *facts, seed=f"stated {len(facts)}")
    await hub.watch.refresh(hub.store)
    await relayed(hub)


def test_the_school_is_alerted_of_a_brother_who_comes_into_a_case_of_concern(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await stated(hub, sibling(BOY, BROTHER))
        assert await inbox(hub, "safeguarding-lead", SAFETY) == []
        matter = (await opened(hub, "police-officer", caseType="GANG", sensitivity="OFFICIAL_SENSITIVE"))["id"]
        found = "MATCH (r:PersonRecord {givenName: 'Joe'})-[:ABOUT]->(p:Person) RETURN p.personId"
        brother = await hub.store.read(found)
        await changed(hub, "police-officer", "involvePerson", id=matter, person=brother, role="PERPETRATOR")
        await relayed(hub)
        (alert,) = await inbox(hub, "safeguarding-lead", SAFETY)
        assert (alert["tie"], alert["leadAgency"], alert["status"]) == ("SIBLING_OF", "police", "RAISED")
        child = {"givenName": "Tom", "familyName": "Reed", "dateOfBirth": "2012-05-01"}
        assert alert["people"]["edges"] == [{"part": "CHILD", "node": child}]
        assert alert["cases"]["totalCount"] == 0
        for who, purpose in EVERYBODY:
            assert await inbox(hub, who, purpose) == [], who
        await relayed(hub)
        await changed(hub, "police-officer", "involvePerson", id=matter, person=brother, role="ASSOCIATE")
        await relayed(hub)
        assert len(await inbox(hub, "safeguarding-lead", SAFETY)) == 1

    tell(engine_connection, *FACTS, story=story)


def test_an_import_that_ties_them_alerts_too_and_so_does_a_household(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        assert await inbox(hub, "safeguarding-lead", SAFETY) == []
        await stated(hub, resides(BOY, HOME), resides(BROTHER, HOME))
        (alert,) = await inbox(hub, "safeguarding-lead", SAFETY)
        assert alert["tie"] == "SAME_HOUSEHOLD"

    tell(engine_connection, *FACTS, HOME, GANG, concerns(GANG, BROTHER, "ASSOCIATE"), story=story)


def test_it_is_acknowledged_once_by_whom_it_is_for(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await relayed(hub)
        (alert,) = await inbox(hub, "safeguarding-lead", SAFETY)
        given = {"input": {"idempotencyKey": "acknowledge-1", "ids": [alert["id"]]}}
        theirs = (await hub.data("police-officer", ASB, ACKNOWLEDGE, given))["done"]
        assert theirs == {"__typename": "NotFound", "path": ["input", "ids", "0"]}
        for _ in range(2):
            done = (await hub.data("safeguarding-lead", SAFETY, ACKNOWLEDGE, given))["done"]
            (noted,) = done["alerts"]
            assert (noted["status"], noted["acknowledgedBy"]) == ("ACKNOWLEDGED", "safeguarding-lead")
        await relayed(hub)
        assert [one["status"] for one in await inbox(hub, "safeguarding-lead", SAFETY)] == ["ACKNOWLEDGED"]

    tell(engine_connection, *FACTS, GANG, concerns(GANG, BROTHER, "PERPETRATOR"), sibling(BOY, BROTHER), story=story)


def test_a_safeguarding_lead_who_is_the_mother_is_passed_over(engine_connection: Connection) -> None:
    mother = person("larkhall/mother", givenName="Jo", familyName="Reed", email="safeguarding@larkhall.example.org")

    async def story(hub: TestHub) -> None:
        await relayed(hub)
        assert await inbox(hub, "safeguarding-lead", SAFETY) == []
        assert len(await inbox(hub, "youth-worker", SAFETY)) == 1

    tell(
        engine_connection,
        *(*FACTS, GANG, concerns(GANG, BROTHER, "PERPETRATOR"), sibling(BOY, BROTHER)),
        *(mother, link(Link.PARENT_OF, mother, BOY)),
        story=story,
    )


def test_what_must_not_be_told_raises_nothing(engine_connection: Connection) -> None:
    covert = case("police/crimes/2", "police", caseType="GANG")
    hidden = thing(
        Node.CASE, "police/crimes/2", Protection.COVERT, status="OPEN", participants=["police"], caseType="GANG"
    )

    async def story(hub: TestHub) -> None:
        await relayed(hub)
        for who, purpose in (("safeguarding-lead", SAFETY), *EVERYBODY):
            assert await inbox(hub, who, purpose) == [], who

    grown = person("larkhall/grown", givenName="Ann", familyName="Reed", dateOfBirth="2000-01-01")
    tell(
        engine_connection,
        *(*FACTS, hidden, concerns(covert, BROTHER, "PERPETRATOR"), sibling(BOY, BROTHER)),
        *(GANG, grown, link(Link.PUPIL_AT, grown, LARKHALL, since="2015-09-01"), associate(grown, BROTHER)),
        concerns(GANG, person("police/other", givenName="Ed"), "VICTIM"),
        person("police/other", givenName="Ed"),
        story=story,
    )


def test_several_are_read_back_together_in_the_order_in_which_they_are_named(engine_connection: Connection) -> None:
    cousin = person("police/cousin", givenName="Sue", familyName="Reed", dateOfBirth="2001-05-01", ward="E05013808")

    async def story(hub: TestHub) -> None:
        await relayed(hub)
        idents = [alert["id"] for alert in await inbox(hub, "safeguarding-lead", SAFETY)]
        assert len(idents) == 2
        for order in (idents, idents[::-1]):
            given = {"input": {"idempotencyKey": f"acknowledge {order[0]}", "ids": order}}
            answer = await hub.ask("safeguarding-lead", SAFETY, ACKNOWLEDGE, given)
            assert [alert["id"] for alert in answer["data"]["done"]["alerts"]] == order
            assert answer["extensions"]["statements"] == 1

    concerned = [concerns(GANG, one, "PERPETRATOR") for one in (BROTHER, cousin)]
    tell(engine_connection, *FACTS, cousin, GANG, *concerned, sibling(BOY, BROTHER), sibling(BOY, cousin), story=story)


def test_nobody_acknowledges_what_they_cannot_see(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        done = await attempt(hub, "councillor", "openCase", caseType="GANG")
        assert done["__typename"] == "NotPermitted"
        given = {"input": {"idempotencyKey": "acknowledge-2", "ids": ["alr_none"]}}
        assert (await hub.data("safeguarding-lead", SAFETY, ACKNOWLEDGE, given))["done"]["__typename"] == "NotFound"

    tell(engine_connection, *FACTS, story=story)


def ruled(hub: TestHub, **parts: Any) -> Engine:  # noqa: ANN401 - parts of a rule
    """The policies in force, whose rule has other parts."""
    engine = hub.watch.current.engine
    (rule,) = engine.alerts
    return replace(engine, alerts=(rule.model_copy(update=parts),))


CONCERN = (GANG, concerns(GANG, BROTHER, "PERPETRATOR"))


def test_a_tie_wakes_the_rules_whose_trigger_names_it_and_what_says_nothing_of_itself_wakes_all(
    engine_connection: Connection,
) -> None:
    other = person("police/other", givenName="Ed", familyName="Lee", dateOfBirth="2001-05-01")
    by, siblings = (Origin.JUDGEMENT,), (Tie.SIBLING_OF,)
    asleep = (
        Trigger(by=by, ties=(Tie.PARENT_OF, Tie.SAME_HOUSEHOLD)),
        Trigger(by=by, involvement=True),
        Trigger(by=by, person=True),
        Trigger(by=(Origin.MUTATION, Origin.IMPORT), ties=siblings),
    )

    async def heard(hub: TestHub, trigger: Trigger) -> int:
        await relayed(hub, ruled(hub, trigger=trigger))
        return len(await inbox(hub, "safeguarding-lead", SAFETY))

    async def story(hub: TestHub) -> None:
        await relayed(hub)
        for at, trigger in enumerate(asleep):
            await write(hub.store, link(Link.SIBLING_OF, BOY, BROTHER, note=f"{at}"), seed=f"{at}")
            assert await heard(hub, trigger) == 0, trigger
        await write(hub.store, sibling(BOY, BROTHER), seed="sibling")
        assert await heard(hub, Trigger(by=by, ties=siblings)) == 1
        await write(hub.store, associate(BOY, other), seed="unsaid")
        await hub.store.write(lambda tx: tx.run("MATCH (o:OutboxRecord) REMOVE o.origin, o.causes", {}))
        assert await heard(hub, Trigger(by=(Origin.IMPORT,), person=True)) == 2

    tell(engine_connection, *FACTS, other, *CONCERN, concerns(GANG, other, "ASSOCIATE"), story=story)


def test_a_change_says_how_it_was_made_and_what_it_changed(engine_connection: Connection) -> None:
    asked, forget = "MATCH (o:OutboxRecord) RETURN collect([o.origin, o.causes])", "MATCH (o:OutboxRecord) DELETE o"

    async def said(hub: TestHub) -> Any:  # noqa: ANN401 - what each change says of itself
        posted = await hub.store.read(asked)
        await hub.store.write(lambda tx: tx.run(forget, {}))
        return posted

    async def story(hub: TestHub) -> None:
        matter = (await opened(hub, "police-officer", caseType="GANG"))["id"]
        brother = await hub.store.read(
            "MATCH (:PersonRecord {givenName: 'Joe'})-[:ABOUT]->(p:Person) RETURN p.personId"
        )
        await said(hub)
        await changed(hub, "police-officer", "involvePerson", id=matter, person=brother, role="PERPETRATOR")
        assert await said(hub) == [["mutation", ["INVOLVEMENT"]]]
        await changed(hub, "police-officer", "endInvolvement", id=matter, person=brother)
        assert await said(hub) == [["mutation", ["INVOLVEMENT"]]]
        await write_facts(hub.store, [resides(BOY, HOME)], replace(stamp("import"), run="run_1"))
        assert await said(hub) == [["import", ["SAME_HOUSEHOLD"]]]
        await mark(hub.store, BOY.ref, frozenset({Protection.SILENT}), stamp("marking"))
        assert await said(hub) == [["judgement", ["PERSON"]]]
        await mark(hub.store, HOME.ref, frozenset({Protection.REFUGE}), stamp("marking a home"))
        assert await said(hub) == [["judgement", ["SAME_HOUSEHOLD"]]]

    tell(engine_connection, *FACTS, HOME, story=story)


def test_a_rule_says_whom_it_tells_and_of_what_and_the_case_tells_them_of_their_alert(
    engine_connection: Connection,
) -> None:
    noticed = "MATCH (a:Alert) SET a.acknowledgedAt = '2026-11-24T10:00:00Z'"
    query = "{ cases(first: 9) { edges { node { timeline(first: 20) { edges { node { kind } } } } } } }"

    async def told(hub: TestHub, who: str) -> set[str]:
        (edge,) = (await hub.data(who, ASB, query))["cases"]["edges"]
        return {event["node"]["kind"] for event in edge["node"]["timeline"]["edges"]}

    async def story(hub: TestHub) -> None:
        lead = (Told(lead_of="case"),)
        await relayed(hub, ruled(hub, recipients=lead, payload=Payload(tells_of=("case",))))
        assert await inbox(hub, "safeguarding-lead", SAFETY) == []
        (alert,) = await inbox(hub, "police-officer", ASB)
        assert (alert["tie"], alert["leadAgency"], alert["people"]["edges"]) == (None, None, [])
        assert (alert["title"], alert["cases"]["totalCount"]) == (
            "A child is linked to somebody in a case of concern",
            1,
        )
        await hub.store.write(lambda tx: tx.run(noticed, {}))
        assert {"CASE_OPENED", "ALERT_RAISED", "ALERT_ACKNOWLEDGED"} <= await told(hub, "police-officer")
        assert await told(hub, "asb-officer") & {"CASE_OPENED", "ALERT_RAISED", "ALERT_ACKNOWLEDGED"} == {"CASE_OPENED"}

    theirs = case("police/crimes/1", "police", "council", caseType="GANG", openedOn="2026-11-02")
    who = concerns(theirs, BROTHER, "PERPETRATOR")
    tell(engine_connection, *FACTS, theirs, who, sibling(BOY, BROTHER), story=story)
