"""Who leads a case: handed to another agency, which may then do all that leading takes and asks for consent again."""

from typing import Any

import pytest

from graph.doctor import recompute
from graph.store import Connection
from tests.resolvers.acting.casework import attempt, changed, codes, kinds, mutation, opened
from tests.resolvers.acting.test_alerts import FACTS as FAMILY
from tests.resolvers.acting.test_alerts import SAFETY, inbox, relayed
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import premises, sibling

IN = "E05013808"
LED = "query($id: ID!) { case(id: $id) { leadAgency consentStatus version } }"
HOME = premises("council/home", address="1 Dean Street", postcode="W1D 3DH", ward=IN)
WHY = {"reason": "They know the family"}


async def shared(hub: TestHub, **given: Any) -> str:  # noqa: ANN401 - any input
    """Open a case of the council's in which the police take part."""
    ident = str((await opened(hub, **given))["id"])
    place = await hub.store.read("MATCH (m:Premises) RETURN m.premisesId")
    await changed(hub, "asb-officer", "involvePremises", id=ident, premises=place)
    await changed(hub, "police-officer", "joinCase", id=ident)
    return ident


async def led(hub: TestHub, who: str, ident: str) -> Any:  # noqa: ANN401 - as told
    return (await hub.data(who, ASB, LED, {"id": ident}))["case"]


async def healthy(hub: TestHub) -> None:
    assert [difference async for difference in recompute(hub.store)] == []


def test_the_lead_does_not_pass_to_an_agency_that_has_left_the_partnership(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await shared(hub)
        joined = "MATCH (c:Case) SET c.participants = c.participants + ['gone']"
        await hub.store.write(lambda tx: tx.run(joined))
        refused = await attempt(hub, "asb-officer", "transferLead", id=ident, version=2, agency="gone", **WHY)
        assert refused["__typename"] == "NotPermitted"

    tell(engine_connection, HOME, story=story)


def test_the_lead_passes_with_all_that_it_takes_and_consent_is_asked_for_again(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await shared(hub)
        given = {"id": ident, "version": 2, "isGiven": True, "text": "Asked at the door 🥁"}
        await changed(hub, "asb-officer", "confirmConsent", **given)
        assert await led(hub, "police-officer", ident) == {
            "leadAgency": "council",
            "consentStatus": "CONFIRMED",
            "version": 3,
        }
        case = await changed(hub, "asb-officer", "transferLead", id=ident, version=3, agency="police", **WHY)
        assert (case["id"], case["version"], codes(case)) == (ident, 4, ["council", "police"])
        assert await led(hub, "asb-officer", ident) == {
            "leadAgency": "police",
            "consentStatus": "TO_CONFIRM",
            "version": 4,
        }
        passed = [edge["node"] for edge in case["entries"]["edges"] if edge["node"]["kind"] == "TRANSFERRED"]
        assert [(one["author"], one["text"]) for one in passed] == [("asb-officer", "police: They know the family")]
        await healthy(hub)
        refused = await attempt(hub, "asb-officer", "closeCase", id=ident, version=4, reason="x")
        assert refused["__typename"] == "NotPermitted"
        await changed(hub, "asb-officer", "addNote", id=ident, text="Still here", assertionType="FACT")
        case = await changed(hub, "police-officer", "confirmConsent", **{**given, "version": 4, "isGiven": False})
        assert (await led(hub, "police-officer", ident))["consentStatus"] == "REFUSED"
        case = await changed(hub, "police-officer", "transferLead", id=ident, version=5, agency="council", **WHY)
        case = await changed(hub, "asb-officer", "closeCase", id=ident, version=6, reason="They moved")
        assert (case["status"], codes(case)) == ("CLOSED", ["council", "police"])
        assert kinds(case).count("TRANSFERRED") == 2
        await healthy(hub)

    tell(engine_connection, HOME, story=story)


def test_who_led_a_case_may_leave_it_and_who_leads_it_may_not(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await shared(hub)
        await changed(hub, "asb-officer", "transferLead", id=ident, version=2, agency="police", **WHY)
        stays = await attempt(hub, "police-officer", "leaveCase", id=ident)
        assert stays["__typename"] == "Conflict"
        done = await attempt(hub, "asb-officer", "leaveCase", id=ident)
        assert done["__typename"] == "CaseChanged"
        assert codes(await changed(hub, "police-officer", "changeCase", id=ident, version=4, summary="x")) == ["police"]
        await healthy(hub)

    tell(engine_connection, HOME, story=story)


def test_an_alert_that_was_raised_of_it_is_not_raised_again(engine_connection: Connection) -> None:
    *_, boy, brother, _ = FAMILY

    async def story(hub: TestHub) -> None:
        ident = await shared(hub, caseType="GANG")
        joe = await hub.store.read("MATCH (r:PersonRecord {givenName: 'Joe'})-[:ABOUT]->(p:Person) RETURN p.personId")
        await changed(hub, "police-officer", "involvePerson", id=ident, person=joe, role="PERPETRATOR")
        await relayed(hub)
        (alert,) = await inbox(hub, "safeguarding-lead", SAFETY)
        await changed(hub, "asb-officer", "transferLead", id=ident, version=2, agency="police", **WHY)
        await relayed(hub)
        assert [one["id"] for one in await inbox(hub, "safeguarding-lead", SAFETY)] == [alert["id"]]

    tell(engine_connection, *FAMILY, HOME, sibling(boy, brother), story=story)


@pytest.mark.parametrize("agency", ["council", "housing", "nobody", ""])
def test_only_another_agency_that_takes_part_comes_to_lead(engine_connection: Connection, agency: str) -> None:
    async def story(hub: TestHub) -> None:
        ident = await shared(hub)
        done = await attempt(hub, "asb-officer", "transferLead", id=ident, version=2, agency=agency, **WHY)
        assert [field["path"] for field in done["fields"]] == [["input", "agency"]]

    tell(engine_connection, HOME, story=story)


def test_nobody_is_left_with_a_case_that_they_could_not_lead(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await shared(hub)
        await changed(hub, "asb-officer", "inviteToCase", id=ident, agency="housing")
        done = await attempt(hub, "asb-officer", "transferLead", id=ident, version=3, agency="housing", **WHY)
        assert done["__typename"] == "NotPermitted"
        assert (await led(hub, "asb-officer", ident))["leadAgency"] == "council"

    tell(engine_connection, HOME, story=story)


def test_a_stale_version_and_who_does_not_lead_change_nothing(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await shared(hub)
        for name, given in (
            ("transferLead", {"agency": "police", **WHY}),
            ("confirmConsent", {"isGiven": True, "text": "Asked"}),
        ):
            stale = await attempt(hub, "asb-officer", name, id=ident, version=1, **given)
            assert (stale["__typename"], stale["currentVersion"]) == ("Conflict", 2)
            done = await attempt(hub, "police-officer", name, id=ident, version=2, **given)
            assert done["__typename"] == "NotPermitted"
            asked = {"idempotencyKey": "k" * 9, "version": 2, **given}
            hidden, missing = [
                await hub.body("housing-officer", ASB, mutation(name), {"input": {**asked, "id": one}})
                for one in (ident, "case_none")
            ]
            assert hidden == missing
        assert (await led(hub, "asb-officer", ident))["version"] == 2

    tell(engine_connection, HOME, story=story)
