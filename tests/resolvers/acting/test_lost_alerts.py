"""What was tried to keep an alert from arriving, or to have it arrive with whom it is about."""

from typing import Any

import pytest

from graph.grounds import RAISED_BEFORE
from graph.records import NodeFact
from graph.store import Connection
from graph.vocabulary import Link
from policies.vocabulary import Protection
from tests.resolvers.acting.casework import changed, opened
from tests.resolvers.acting.test_alerts import (
    BOY,
    BROTHER,
    FACTS,
    GANG,
    HOME,
    LARKHALL,
    SAFETY,
    SCHOOLED,
    inbox,
    relayed,
    stated,
)
from tests.resolvers.acting.test_attacks import marked
from tests.resolvers.acting.test_referrals import person_id
from tests.resolvers.stage import tell
from tests.support.hub import TestHub
from tests.support.scenes import concerns, link, person, premises, resides, sibling, write

GROUNDS = "MATCH (g:Ground) RETURN collect(properties(g))"
OF_CONCERN = (GANG, concerns(GANG, BROTHER, "PERPETRATOR"))
HIS: dict[str, Any] = {"givenName": "Tom", "familyName": "Reed", "nhsNumber": "9434765919"}


async def heard(hub: TestHub, who: str = "safeguarding-lead") -> int:
    return len(await inbox(hub, who, SAFETY))


@pytest.mark.parametrize(
    "records",
    [
        (
            person("larkhall/boy", **HIS, dateOfBirth="2012-05-01"),
            person("council/boy", **HIS, dateOfBirth="1999-05-01"),
        ),
        (person("larkhall/boy", givenName="Tom", familyName="Reed"),),
    ],
)
def test_a_pupil_whose_age_is_in_doubt_is_a_child(engine_connection: Connection, records: tuple[NodeFact, ...]) -> None:
    async def story(hub: TestHub) -> None:
        await stated(hub, *records, sibling(BOY, BROTHER))
        assert await heard(hub) == 1

    tell(engine_connection, *FACTS, *OF_CONCERN, story=story)


@pytest.mark.parametrize(
    ("what", "protection"),
    [
        *((what, Protection.COVERT) for what in (HOME, BROTHER, GANG)),
        *((what, Protection.REFUGE) for what in (HOME, BOY, BROTHER)),
    ],
)
def test_what_a_protection_kept_from_being_told_is_told_once_it_is_lifted(
    engine_connection: Connection, what: NodeFact, protection: Protection
) -> None:
    """That two live together tells where the one is who is in a refuge, by the home of the other."""

    async def story(hub: TestHub) -> None:
        await marked(hub, what, protection)
        await stated(hub, resides(BOY, HOME), resides(BROTHER, HOME))
        assert await heard(hub) == 0
        await marked(hub, what)
        await relayed(hub)
        assert await heard(hub) == 1

    tell(engine_connection, *FACTS, *OF_CONCERN, HOME, story=story)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"uprn": "100023336956"}, {"uprn": "100023336956"}),
        ({"address": "1 Dean Street", "postcode": "W1D 3DH"}, {"address": "1 DEAN STREET", "postcode": "W1D 3DH"}),
    ],
)
def test_a_household_is_one_in_whichever_dataset_its_home_is_written_down(
    engine_connection: Connection, one: dict[str, str], other: dict[str, str]
) -> None:
    here, there = premises("larkhall/home", **one), premises("housing/home", **other)

    async def story(hub: TestHub) -> None:
        await stated(hub, resides(BOY, here), resides(BROTHER, there))
        assert await heard(hub) == 1

    tell(engine_connection, *FACTS, *OF_CONCERN, here, there, story=story)


@pytest.mark.parametrize("email", ["safeguarding@larkhall.example.org", "Safeguarding@Larkhall.example.org"])
def test_who_is_of_concern_is_passed_over_and_the_next_is_told(engine_connection: Connection, email: str) -> None:
    lead = person("police/lead", givenName="Lee", familyName="Lead", dateOfBirth="1983-05-01", email=email)

    async def story(hub: TestHub) -> None:
        await stated(hub, link(Link.ASSOCIATES_WITH, lead, BOY))
        assert await heard(hub) == 0
        assert await heard(hub, "youth-worker") == 1

    facts = (LARKHALL, BOY, SCHOOLED, lead, GANG, concerns(GANG, lead, "PERPETRATOR"))
    tell(engine_connection, *facts, story=story)


def test_a_case_that_comes_to_be_of_concern_alerts_as_one_that_was_from_the_beginning(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        await stated(hub, sibling(BOY, BROTHER))
        matter = await opened(hub, "police-officer", caseType="NOISE")
        given = {"id": matter["id"], "person": await person_id(hub, "Joe"), "role": "PERPETRATOR"}
        await changed(hub, "police-officer", "involvePerson", **given)
        closed = await changed(hub, "police-officer", "closeCase", id=matter["id"], version=1, reason="Over")
        renamed = {"id": matter["id"], "version": closed["version"], "caseType": "GANG"}
        matter = await changed(hub, "police-officer", "changeCase", **renamed)
        await relayed(hub)
        assert await heard(hub) == 0
        again = {"id": matter["id"], "version": matter["version"], "reason": "Not over"}
        await changed(hub, "police-officer", "reopenCase", **again)
        await relayed(hub)
        assert await heard(hub) == 1

    tell(engine_connection, *FACTS, story=story)


async def in_case(hub: TestHub) -> dict[str, Any]:
    """Open a case of concern, with the brother in it; of which the lead heard once."""
    matter = await opened(hub, "police-officer", caseType="GANG")
    given = {"id": matter["id"], "person": await person_id(hub, "Joe"), "role": "PERPETRATOR"}
    await changed(hub, "police-officer", "involvePerson", **given)
    await relayed(hub)
    assert await heard(hub) == 1
    return given


def test_what_is_over_and_comes_back_alerts_anew_each_time_and_once(engine_connection: Connection) -> None:
    async def back(hub: TestHub, given: dict[str, Any], seen: int) -> None:
        await changed(hub, "police-officer", "involvePerson", **given)
        for _ in range(2):
            await relayed(hub)
            assert await heard(hub) == seen

    async def story(hub: TestHub) -> None:
        await stated(hub, sibling(BOY, BROTHER))
        given = await in_case(hub)
        who = {name: given[name] for name in ("id", "person")}
        await changed(hub, "police-officer", "endInvolvement", **who)
        await back(hub, given, 2)
        await changed(hub, "police-officer", "endInvolvement", **who)
        await relayed(hub)
        await back(hub, given, 3)
        await back(hub, {**given, "role": "ASSOCIATE"}, 3)
        await changed(hub, "police-officer", "endInvolvement", **who, role="PERPETRATOR")
        await back(hub, given, 3)  # in the other role he was in it all the time
        closed = await changed(hub, "police-officer", "closeCase", id=given["id"], version=1, reason="Over")
        await changed(hub, "police-officer", "reopenCase", id=given["id"], version=closed["version"], reason="Not over")
        await relayed(hub)
        assert await heard(hub) == 4

    tell(engine_connection, *FACTS, story=story)


def test_a_home_that_is_shared_anew_alerts_anew_and_protection_alone_does_not(engine_connection: Connection) -> None:
    async def lives(hub: TestHub, *, until: str | None) -> None:
        home = resides(BROTHER, HOME, **({} if until is None else {"until": until}))
        await write(hub.store, home, seed=f"{until} {await heard(hub)}")
        await relayed(hub)

    async def story(hub: TestHub) -> None:
        await stated(hub, resides(BOY, HOME), resides(BROTHER, HOME))
        await in_case(hub)
        known = await hub.store.read(GROUNDS)
        await hub.store.write(lambda tx: tx.run("MATCH (g:Ground) DELETE g", {}))
        await hub.store.write(lambda tx: tx.run(RAISED_BEFORE, {}))  # as in a graph of before
        assert await hub.store.read(GROUNDS) == known != []
        await marked(hub, BROTHER, Protection.COVERT)
        await relayed(hub)
        await marked(hub, BROTHER)
        await relayed(hub)
        assert await heard(hub) == 1
        await lives(hub, until="2026-11-01")
        assert await heard(hub) == 1
        await lives(hub, until=None)
        assert await heard(hub) == 2

    tell(engine_connection, *FACTS, HOME, story=story)
