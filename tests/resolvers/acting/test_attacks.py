"""What was tried to learn what is withheld from what may be seen, or to be shown it by a change."""

from itertools import count

import pytest

from graph.doctor import recompute
from graph.records import NodeFact
from graph.store import Connection
from policies.conditions import CASE_ROLES
from policies.vocabulary import Protection
from tests.resolvers.acting import test_risk
from tests.resolvers.acting.casework import attempt, changed, opened
from tests.resolvers.acting.stagecraft import do
from tests.resolvers.acting.test_referrals import ANN, pin, submitted
from tests.resolvers.acting.test_referrals import FACTS as NAMED
from tests.resolvers.acting.test_referrals import person_id as ident
from tests.resolvers.acting.test_referrals import read as referrals
from tests.resolvers.acting.test_risk import FACTS, answers, matter
from tests.resolvers.stage import tell
from tests.support.by_hand import mark
from tests.support.hub import ASB, TestHub
from tests.support.scenes import case, person, premises, resides, stamp

HER = "query($id: ID!) { person(id: $id) { givenName address dateOfBirth phone } }"
RECORDED = """query($id: ID!) { case(id: $id) { actions(first: 9) { edges { node { text } } }
  incidents(first: 9) { edges { node { text } } } entries(first: 9) { edges { node { text footprint } } } } }"""
KNOWN_TO = "query($id: ID!) { person(id: $id) { givenName address knownTo { agency { code } } } }"
FAR = person(
    "council/far", givenName="Fay", familyName="Far", ward="E05013799", address="1 Elm Road", dateOfBirth="1990-01-01"
)
HIDING = (Protection.COVERT, Protection.WITNESS, Protection.SILENT)
_markings = count(1)


async def marked(hub: TestHub, what: NodeFact, *protections: Protection) -> None:
    """Protect something in exactly this way, from now on; what follows from it must have followed."""
    await mark(hub.store, what.ref, frozenset(protections), stamp(f"marking {next(_markings)}"))
    await hub.watch.refresh(hub.store)
    assert [difference async for difference in recompute(hub.store)] == []


async def alike(hub: TestHub) -> list[int]:
    return [len(one["resembles"]["edges"]) for one in await referrals(hub, "asb-officer")]


def test_an_assessment_by_who_is_spared_does_not_end_that_of_others(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        given = {"id": await matter(hub), "person": await ident(hub, "Ida"), "template": "asb-victim"}
        await changed(hub, "asb-officer", "assessRisk", answers=answers(), **given)
        before = await test_risk.told(hub, "police-officer")
        await changed(hub, "victim-support", "assessRisk", answers=answers(), **given)
        await changed(hub, "victim-support", "assessRisk", answers=answers(), **given)
        await hub.watch.refresh(hub.store)
        assert await test_risk.told(hub, "police-officer") == before
        own = await test_risk.told(hub, "victim-support")
        assert sorted(one["status"] for one in own) == ["CURRENT", "SUPERSEDED"]

    tell(engine_connection, *FACTS, story=story)


@pytest.mark.parametrize("protection", HIDING)
def test_an_assessment_is_hidden_with_whom_it_is_of(engine_connection: Connection, protection: Protection) -> None:
    async def story(hub: TestHub) -> None:
        given = {"id": await matter(hub), "person": await ident(hub, "Ann"), "template": "asb-victim"}
        await changed(hub, "housing-officer", "assessRisk", answers=answers(), **given)
        await marked(hub, test_risk.ANN, protection)
        assert await test_risk.told(hub, "housing-officer") == []
        await marked(hub, test_risk.ANN)
        assert len(await test_risk.told(hub, "housing-officer")) == 1

    tell(engine_connection, *FACTS, story=story)


@pytest.mark.parametrize("protection", HIDING)
def test_that_somebody_was_assessed_is_hidden_with_them(engine_connection: Connection, protection: Protection) -> None:
    async def story(hub: TestHub) -> None:
        of = {"id": await matter(hub)}
        timeline = """query($id: ID!) { case(id: $id) { entries(first: 9) { totalCount edges { node { id kind text } } }
          timeline(first: 9) { totalCount edges { node { kind subject { id } } } } } }"""
        nobody = await hub.body("housing-officer", ASB, test_risk.ENTRIES, of)
        given = {**of, "person": await ident(hub, "Ann"), "template": "asb-victim"}
        await changed(hub, "housing-officer", "assessRisk", answers=answers(), **given)
        before = await hub.data("housing-officer", ASB, timeline, of)
        assert before["case"]["entries"]["totalCount"] == 1
        await marked(hub, test_risk.ANN, protection)
        assert await hub.body("housing-officer", ASB, test_risk.ENTRIES, of) == nobody
        hidden = await hub.data("housing-officer", ASB, timeline, of)
        assert "ENTRY_MADE" not in [edge["node"]["kind"] for edge in hidden["case"]["timeline"]["edges"]]
        await marked(hub, test_risk.ANN)
        again = await hub.data("housing-officer", ASB, timeline, of)
        assert again["case"]["entries"] == before["case"]["entries"]

    tell(engine_connection, *FACTS, story=story)


@pytest.mark.parametrize("protection", HIDING)
def test_referrals_of_somebody_who_is_hidden_do_not_look_alike(
    engine_connection: Connection, protection: Protection
) -> None:
    async def story(hub: TestHub) -> None:
        for _ in range(2):
            await submitted(hub, "asb-officer", people=[await ident(hub, "Ann")])
        await hub.watch.refresh(hub.store)
        assert await alike(hub) == [0, 1]
        await marked(hub, ANN, protection)
        assert await alike(hub) == [0, 0]
        await marked(hub, ANN)
        assert await alike(hub) == [0, 1]

    tell(engine_connection, *NAMED, story=story)


@pytest.mark.parametrize("protection", [*HIDING, Protection.REFUGE])
def test_referrals_of_one_place_are_alike_whoever_is_protected(
    engine_connection: Connection, protection: Protection
) -> None:
    async def story(hub: TestHub) -> None:
        for _ in range(2):
            await submitted(hub, "asb-officer", people=[await ident(hub, "Ann")], pin=pin())
        await marked(hub, ANN, protection)
        assert await alike(hub) == [0, 1]

    tell(engine_connection, *NAMED, story=story)


def test_whoever_is_spared_but_knows_a_pointer_alone_finds_no_protection_by_referring(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        for name in ("Ann", "Flo"):  # of whom the council's records say no more to them than that they are there
            done = await submitted(hub, "victim-support", people=[await ident(hub, name)])
            assert done["__typename"] == "ReferralSubmitted", name

    tell(engine_connection, *NAMED, story=story)


def test_a_flood_of_referrals_makes_none_dearer_than_twenty_proposals(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        for _ in range(22):
            await submitted(hub, "asb-officer", pin=pin())
        most = "MATCH (f:Referral)-[e:RESEMBLES]->() WITH f, count(e) AS alike RETURN max(alike)"
        assert await hub.store.read(most) == 20

    tell(engine_connection, *NAMED, story=story)


def test_who_is_known_by_a_pointer_is_not_drawn_into_a_case_to_learn_more(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        given = {"id": await matter(hub), "person": await ident(hub, "Fay"), "role": "WITNESS"}
        before = await hub.data("housing-officer", ASB, HER, {"id": given["person"]})
        assert before["person"] == dict.fromkeys(("givenName", "address", "dateOfBirth", "phone"))
        done = await attempt(hub, "housing-officer", "involvePerson", **given)
        assert done["__typename"] == "NotPermitted"
        assert await hub.data("housing-officer", ASB, HER, {"id": given["person"]}) == before
        await changed(hub, "asb-officer", "involvePerson", **given)

    tell(engine_connection, *FACTS, FAR, story=story)


def test_no_role_in_which_somebody_is_involved_tells_that_their_whereabouts_are_protected(
    engine_connection: Connection,
) -> None:
    people = "query($id: ID!) { case(id: $id) { people(first: 9) { edges { roles node { givenName } } } } }"

    async def story(hub: TestHub) -> None:
        cases = {role: (await opened(hub))["id"] for role in sorted(CASE_ROLES)}
        for role, case_id in cases.items():
            given = {"id": case_id, "person": await ident(hub, "Ann"), "role": role}
            await changed(hub, "asb-officer", "involvePerson", **given)
        told = []
        for protections in ((), (Protection.REFUGE,), (Protection.ADOPTION,)):
            await marked(hub, ANN, *protections)
            told.append([await hub.body("asb-officer", ASB, people, {"id": case_id}) for case_id in cases.values()])
        assert all(b"Ann" in one for one in told[0])
        assert told == [told[0]] * 3

    tell(engine_connection, *NAMED, story=story)


@pytest.mark.parametrize("protection", [Protection.REFUGE, Protection.ADOPTION, Protection.WITNESS])
def test_what_an_action_does_not_tell_its_entry_does_not_tell_either(
    engine_connection: Connection, protection: Protection
) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await opened(hub))["id"]
        await changed(hub, "asb-officer", "addAction", id=ident, text="Fetch her from Elm Road", targetOn="2026-11-30")
        key = await hub.store.read("MATCH (c:Case {caseId: $id}) RETURN c.key", {"id": ident})
        await marked(hub, case(f"council/casework/{key}"), protection)
        assert "Elm Road" not in str(await hub.data("asb-officer", ASB, RECORDED, {"id": ident}))

    tell(engine_connection, *FACTS, story=story)


def test_a_tie_that_its_author_does_not_see_is_stated_once_and_not_ended(engine_connection: Connection) -> None:
    joe = person("police/joe", givenName="Joe", familyName="Reed", dateOfBirth="2003-05-01")
    zoe = person("police/zoe", Protection.ADOPTION, givenName="Zoe", familyName="Reed", dateOfBirth="2012-05-01")

    async def story(hub: TestHub) -> None:
        given = {"person": await ident(hub, "Joe"), "other": await ident(hub, "Zoe"), "tie": "SIBLING_OF"}
        for assertion in ("FACT", "OPINION"):
            await do(hub, "police-officer", "linkPeople", "", assertionType=assertion, **given)
        stated = await hub.store.read("MATCH ()-[e:SIBLING_OF]->() RETURN collect(e.assertionType)")
        assert stated == ["OPINION"]
        end = "mutation($input: EndLinkInput!) { endLink(input: $input) { __typename } }"
        done = await hub.data(
            "police-officer", ASB, end, {"input": {**given, "idempotencyKey": "end-of-tie", "reason": "?"}}
        )
        assert done["endLink"]["__typename"] == "Conflict"
        assert await hub.store.read("MATCH ()-[e:SIBLING_OF]->() RETURN collect(e.assertionType)") == stated

    tell(engine_connection, joe, zoe, story=story)


def test_a_home_that_one_agency_hides_takes_away_its_own_record_and_no_other(engine_connection: Connection) -> None:
    her = {"givenName": "Ivy", "familyName": "Inn", "dateOfBirth": "1990-01-01", "nationalInsuranceNumber": "QQ123456C"}
    known, other, house = person("council/ivy", **her), person("police/ivy", **her), premises("police/house")

    async def story(hub: TestHub) -> None:
        of = {"id": await ident(hub, "Ivy")}

        async def told() -> tuple[dict[str, str], set[str]]:
            her = (await hub.data("asb-officer", ASB, KNOWN_TO, of))["person"]
            return her, {one["agency"]["code"] for one in her.pop("knownTo")}

        values, agencies = await told()
        assert agencies == {"council", "police"}
        for protection in HIDING:
            await marked(hub, house, protection)
            assert await told() == (values, {"council"})
        await marked(hub, house)
        assert await told() == (values, {"council", "police"})

    tell(engine_connection, known, other, house, resides(other, house), story=story)
