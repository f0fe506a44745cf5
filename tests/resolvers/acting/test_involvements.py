"""Whom a case concerns no longer: who may say so, what closes with it, what is kept, and who learns nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest

from graph.store import Connection
from graph.vocabulary import Node
from policies.vocabulary import Protection
from tests.resolvers.acting import test_ties
from tests.resolvers.acting.casework import attempt, changed, mutation, opened
from tests.resolvers.acting.test_alerts import BOY, BROTHER, SAFETY, inbox, relayed, stated
from tests.resolvers.acting.test_alerts import FACTS as FAMILY
from tests.resolvers.acting.test_attacks import marked
from tests.resolvers.acting.test_cases import FACTS, ID_OF_PREMISES, MEMBER, healthy, person_id
from tests.resolvers.acting.test_ties import tied
from tests.resolvers.stage import tell
from tests.resolvers.test_refuge import HER
from tests.support.hub import ASB, TestHub
from tests.support.scenes import Facts, case, concerns, person, premises, resides, sibling, thing, write

TIMELINE = """timeline(first: 20) { edges { node {
  kind dataset roles agency { code } subject { __typename id } } } }"""
OF_CASE = f"query($id: ID!) {{ case(id: $id) {{ {TIMELINE} }} }}"
OF_PERSON = f"query($id: ID!) {{ person(id: $id) {{ {TIMELINE} }} }}"
KEPT = "MATCH (:Case)-[e:CONCERNED]->() RETURN collect([e.role, e.owner, e.endedBy, e.endedAt, e.reason])"
INVOLVED = ("PERSON_CONCERNED", "PREMISES_CONCERNED", "INVOLVEMENT_ENDED")
IN = "E05013808"


async def events(hub: TestHub, who: str, query: str, ident: str) -> list[tuple[str, str, list[str] | None]]:
    """What a timeline tells of whom a case concerns: what happened, with whom or what, in which roles."""
    (thing,) = (await hub.data(who, ASB, query, {"id": ident})).values()
    told = [edge["node"] for edge in thing["timeline"]["edges"] if edge["node"]["kind"] in INVOLVED]
    return sorted((event["kind"], event["subject"]["id"], event["roles"]) for event in told)


async def involved(hub: TestHub, who: str, matter: str, **whom: str) -> dict[str, Any]:
    return await changed(hub, who, "involvePremises" if "premises" in whom else "involvePerson", id=matter, **whom)


async def a_case_of_places(hub: TestHub, *, is_imported: bool) -> str:
    """Give a case of all places of the council: an imported one, or one that is opened in the hub."""
    if is_imported:
        return str(await hub.store.read("MATCH (c:Case {dataset: 'council-asb-cases'}) RETURN c.caseId"))
    matter: str = (await opened(hub))["id"]
    for place in await hub.store.read("MATCH (m:Premises {owner: 'council'}) RETURN collect(m.premisesId)"):
        await involved(hub, "asb-officer", matter, premises=place)
    return matter


def test_who_is_in_a_case_no_longer_opens_nothing_and_stays_in_its_history(engine_connection: Connection) -> None:
    async def born(hub: TestHub) -> Any:  # noqa: ANN401 - what is told
        found = await hub.data("police-officer", ASB, MEMBER)
        return [edge["node"]["dateOfBirth"] for edge in found["people"]["edges"]]

    async def story(hub: TestHub) -> None:
        matter, ann = (await opened(hub))["id"], await person_id(hub, "Ann")
        place = await hub.store.read(ID_OF_PREMISES)
        await involved(hub, "asb-officer", matter, premises=place)
        await involved(hub, "asb-officer", matter, person=ann, role="VICTIM")
        await changed(hub, "police-officer", "joinCase", id=matter)
        assert await born(hub) == ["1987-03-12"]
        whom = {"id": matter, "person": ann, "reason": "Another Ann"}
        assert (await changed(hub, "asb-officer", "endInvolvement", **whom))["people"]["edges"] == []
        assert await born(hub) == ["1987"]
        told = [
            ("INVOLVEMENT_ENDED", ann, ["VICTIM"]),
            ("PERSON_CONCERNED", ann, ["VICTIM"]),
            ("PREMISES_CONCERNED", place, None),
        ]
        assert await events(hub, "asb-officer", OF_CASE, matter) == told
        assert await events(hub, "police-officer", OF_CASE, matter) == told
        hers = [(kind, matter, ["VICTIM"]) for kind in ("INVOLVEMENT_ENDED", "PERSON_CONCERNED")]
        assert await events(hub, "asb-officer", OF_PERSON, ann) == hers
        ((role, owner, author, at, reason),) = await hub.store.read(KEPT)
        assert (role, owner, author, reason) == ("VICTIM", "council", "asb-officer", "Another Ann")
        assert datetime.fromisoformat(at) <= datetime.now(UTC)
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_who_was_involved_by_mistake_is_involved_again_and_each_time_is_kept(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        matter, ann = (await opened(hub))["id"], await person_id(hub, "Ann")
        for _ in range(2):
            found = await involved(hub, "asb-officer", matter, person=ann, role="VICTIM")
            assert len(found["people"]["edges"]) == 1
            await changed(hub, "asb-officer", "endInvolvement", id=matter, person=ann)
        assert len(await hub.store.read(KEPT)) == 2
        assert len(await events(hub, "asb-officer", OF_CASE, matter)) == 4
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_one_role_ends_and_another_stays(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        matter, ann = (await opened(hub))["id"], await person_id(hub, "Ann")
        for role in ("VICTIM", "WITNESS"):
            await involved(hub, "asb-officer", matter, person=ann, role=role)
        found = await changed(hub, "asb-officer", "endInvolvement", id=matter, person=ann, role="VICTIM")
        assert [edge["roles"] for edge in found["people"]["edges"]] == [["WITNESS"]]
        done = await attempt(hub, "asb-officer", "endInvolvement", id=matter, person=ann, role="VICTIM")
        assert done["__typename"] == "Conflict"
        found = await changed(hub, "asb-officer", "endInvolvement", id=matter, person=ann)
        assert found["people"]["edges"] == []

    tell(engine_connection, *FACTS, story=story)


def test_premises_are_of_a_case_no_longer_also_when_it_is_closed(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        matter, place = (await opened(hub))["id"], await hub.store.read(ID_OF_PREMISES)
        await involved(hub, "asb-officer", matter, premises=place)
        await changed(hub, "asb-officer", "closeCase", id=matter, version=1, reason="They moved")
        found = await changed(hub, "asb-officer", "endInvolvement", id=matter, premises=place)
        assert found["premises"]["edges"] == []
        assert await events(hub, "asb-officer", OF_CASE, matter) == [
            ("INVOLVEMENT_ENDED", place, None),
            ("PREMISES_CONCERNED", place, None),
        ]
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_each_agency_ends_what_it_stated_itself(engine_connection: Connection) -> None:
    imported = case("council/council-asb-cases/2", "council")
    ann = person("council/council-asb-cases/bea", givenName="Bea", familyName="Ash", ward=IN)

    async def story(hub: TestHub) -> None:
        matter, ann = (await opened(hub))["id"], await person_id(hub, "Ann")
        await involved(hub, "asb-officer", matter, premises=await hub.store.read(ID_OF_PREMISES))
        await involved(hub, "asb-officer", matter, person=ann, role="VICTIM")
        await changed(hub, "police-officer", "joinCase", id=matter)
        done = await attempt(hub, "police-officer", "endInvolvement", id=matter, person=ann)
        assert done["__typename"] == "Conflict"
        kept = await hub.store.read("MATCH (c:Case {reference: 'council/council-asb-cases/2'}) RETURN c.caseId")
        bea = await person_id(hub, "Bea")
        assert (await attempt(hub, "asb-officer", "endInvolvement", id=kept, person=bea))["__typename"] == "Locked"
        done = await attempt(hub, "councillor", "endInvolvement", id=matter, person=ann)
        assert done["__typename"] in {"NotPermitted", "NotFound"}

    tell(engine_connection, *FACTS, imported, ann, concerns(imported, ann, "VICTIM"), story=story)


def test_a_hidden_part_a_hidden_person_and_none_look_the_same(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        matter = (await opened(hub))["id"]
        hers = await involved(hub, "asb-officer", matter, person=await person_id(hub, "Ann"), role="VICTIM")
        assert hers["id"] == matter
        await involved(hub, "asb-officer", matter, premises=await hub.store.read(ID_OF_PREMISES))
        await changed(hub, "police-officer", "joinCase", id=matter)
        ghost = await person_id(hub, "Gus")
        await involved(hub, "police-officer", matter, person=ghost, role="PERPETRATOR")
        asked = {"idempotencyKey": "k" * 9, "id": matter}
        query = mutation("endInvolvement")
        answers = [
            await hub.body("asb-officer", ASB, query, {"input": {**asked, "person": one}})
            for one in (ghost, "per_none", await person_id(hub, "Cy"))
        ]
        assert len(set(answers)) == 1
        assert b"NotFound" in answers[0]
        hidden, missing = [
            await hub.body("housing-officer", ASB, query, {"input": {**asked, "id": one, "person": ghost}})
            for one in (matter, "case_none")
        ]
        assert hidden == missing

    tell(engine_connection, *FACTS, person("council/cy", givenName="Cy", familyName="Ash", ward=IN), story=story)


def test_that_somebody_was_in_a_case_is_hidden_with_them(engine_connection: Connection) -> None:
    her = person("council/dee", givenName="Dee", familyName="Ash", ward=IN)

    async def story(hub: TestHub) -> None:
        matter, dee = (await opened(hub))["id"], await person_id(hub, "Dee")
        before = await events(hub, "asb-officer", OF_CASE, matter)
        await involved(hub, "asb-officer", matter, person=dee, role="VICTIM")
        await changed(hub, "asb-officer", "endInvolvement", id=matter, person=dee)
        await marked(hub, her, Protection.COVERT)
        assert await events(hub, "asb-officer", OF_CASE, matter) == before == []
        await healthy(hub)

    tell(engine_connection, *FACTS, her, story=story)


def test_the_refuge_of_who_was_in_a_case_does_not_come_to_be_told_by_it(engine_connection: Connection) -> None:
    her = person("council/dee", givenName="Dee", familyName="Ash", ward=IN)
    refuge = premises("victim_support/refuge", Protection.REFUGE, address="9 Elm Road", postcode="W1D 3DX", ward=IN)
    there = premises("council/9-elm-road", address="9 Elm Road", postcode="W1D 3DX", ward=IN)

    async def places(hub: TestHub, matter: str) -> Any:  # noqa: ANN401 - what is told
        told = "query($id: ID!) { case(id: $id) { premises(first: 9) { totalCount edges { node { address } } } } }"
        return await hub.data("asb-officer", ASB, told, {"id": matter})

    async def story(hub: TestHub) -> None:
        found = "MATCH (c:Case {reference: 'council/council-asb-cases/3'}) RETURN c.caseId"
        matter, dee = await hub.store.read(found), await person_id(hub, "Dee")
        await involved(hub, "asb-officer", matter, person=dee, role="VICTIM")
        before = await places(hub, matter)
        assert before["case"]["premises"]["totalCount"] == 0
        await changed(hub, "asb-officer", "endInvolvement", id=matter, person=dee)
        assert await places(hub, matter) == before
        await healthy(hub)

    matter = case("council/council-asb-cases/3", "council")
    facts = (her, refuge, there, resides(her, refuge), matter, concerns(matter, there))
    tell(engine_connection, *FACTS, *facts, story=story)


def test_what_is_over_alerts_nobody(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        matter, joe = (await opened(hub, "police-officer", caseType="GANG"))["id"], await person_id(hub, "Joe")
        await involved(hub, "police-officer", matter, person=joe, role="PERPETRATOR")
        await changed(hub, "police-officer", "endInvolvement", id=matter, person=joe)
        await stated(hub, sibling(BOY, BROTHER))
        assert await inbox(hub, "safeguarding-lead", SAFETY) == []
        await involved(hub, "police-officer", matter, person=joe, role="PERPETRATOR")
        await relayed(hub)
        assert len(await inbox(hub, "safeguarding-lead", SAFETY)) == 1

    tell(engine_connection, *FAMILY, story=story)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({}, ["input"]),
        ({"person": "per_a", "premises": "pre_a"}, ["input"]),
        ({"premises": "pre_a", "role": "VICTIM"}, ["input", "role"]),
        ({"person": "per_a", "reason": " "}, ["input", "reason"]),
    ],
)
def test_what_ends_nothing_is_refused_by_name(
    engine_connection: Connection, given: dict[str, str], path: list[str]
) -> None:
    async def story(hub: TestHub) -> None:
        done = await attempt(hub, "asb-officer", "endInvolvement", id="case_x", **given)
        assert done["__typename"] == "InvalidInput"
        assert [field["path"] for field in done["fields"]] == [path]

    tell(engine_connection, story=story)


@pytest.mark.parametrize("home", [0, None])
@pytest.mark.parametrize("is_imported", [False, True])
def test_whoever_involves_somebody_in_a_refuge_and_many_places_does_not_learn_which_is_her_home(
    engine_connection: Connection, home: int | None, *, is_imported: bool
) -> None:
    """The places are known for others, too; whichever is hers, of all of them the case tells the same: nothing."""
    places = [premises(f"council/{at}", address=f"{at} Rose Street", ward=IN) for at in range(2)]
    neighbour = person("council/council-asb-cases/may", givenName="May", familyName="Moss", ward=IN)
    known = person("council/council-asb-cases/grace", **HER)
    client = person("victim_support/client", Protection.REFUGE, **HER)
    kept = case("council/council-asb-cases/2", "council")
    facts: list[Facts] = [*places, neighbour, known, client, kept, *(resides(neighbour, place) for place in places)]
    if home is not None:
        facts.append(resides(client, places[home]))
    if is_imported:
        facts += [concerns(kept, place) for place in places]

    async def story(hub: TestHub) -> None:
        grace, matter = await person_id(hub, "Grace"), await a_case_of_places(hub, is_imported=is_imported)
        found = await involved(hub, "asb-officer", matter, person=grace, role="VICTIM")
        assert [edge["roles"] for edge in found["people"]["edges"]] == [["VICTIM"]]
        assert found["premises"]["edges"] == []
        listed = await hub.data("asb-officer", ASB, "{ premisesList(first: 9) { totalCount } }")
        assert listed["premisesList"]["totalCount"] == len(places)
        assert [event for event in await events(hub, "asb-officer", OF_CASE, matter) if event[0] != INVOLVED[0]] == []
        await healthy(hub)

    tell(engine_connection, *facts, story=story)


@pytest.mark.parametrize("is_imported", [False, True])
def test_no_place_of_a_case_is_gone_from_the_hub_for_being_the_home_of_whom_somebody_involves(
    engine_connection: Connection, *, is_imported: bool
) -> None:
    """Nothing else is known of the places; where she is her caseworker wrote down, now or afterwards."""
    places = [premises(f"council/{at}", address=f"{at} Rose Street", postcode="W1D 3DH", ward=IN) for at in range(2)]
    haven = premises("victim_support/haven", address="1 ROSE STREET", postcode="W1D 3DH", ward=IN)
    known = person("council/council-asb-cases/grace", **HER)
    client = person("victim_support/client", Protection.REFUGE, **HER)
    kept = case("council/council-asb-cases/2", "council")
    listed = (
        "{ premisesList(first: 9) { totalCount edges { node { id address ward } } } cases(first: 9) { totalCount } }"
    )

    async def story(hub: TestHub) -> None:
        grace, matter = await person_id(hub, "Grace"), await a_case_of_places(hub, is_imported=is_imported)
        before = await hub.data("asb-officer", ASB, listed)
        assert before["premisesList"]["totalCount"] == len(places)
        await involved(hub, "asb-officer", matter, person=grace, role="VICTIM")
        assert await hub.data("asb-officer", ASB, listed) == before
        await write(hub.store, client, haven, resides(client, haven), resides(known, places[0]), seed="later")
        await hub.watch.refresh(hub.store)
        assert await hub.data("asb-officer", ASB, listed) == before
        await healthy(hub)

    facts: list[Facts] = [*places, known, client, kept, *(concerns(kept, place) for place in places if is_imported)]
    tell(engine_connection, *facts, haven, resides(client, haven), story=story)


@pytest.mark.parametrize("protection", [Protection.COVERT, Protection.WITNESS])
def test_no_place_of_a_case_tells_of_somebody_who_is_hidden_and_lives_there(
    engine_connection: Connection, protection: Protection
) -> None:
    """The police bring them into a case in which others name places."""
    places = [premises(f"council/{at}", address=f"{at} Rose Street", postcode="W1D 3DH", ward=IN) for at in range(2)]
    neighbour = person("council/council-asb-cases/may", givenName="May", familyName="Moss", ward=IN)
    lair = premises("police/lair", protection, address="0 Rose Street", postcode="W1D 3DH", ward=IN)
    hidden = person("police/hidden", protection, givenName="Gus", familyName="Ghost")

    async def story(hub: TestHub) -> None:
        matter = (await opened(hub))["id"]
        await changed(hub, "asb-officer", "inviteToCase", id=matter, agency="police")
        await involved(hub, "police-officer", matter, person=await person_id(hub, "Gus"), role="PERPETRATOR")
        for place in await hub.store.read("MATCH (m:Premises {owner: 'council'}) RETURN collect(m.premisesId)"):
            found = await involved(hub, "asb-officer", matter, premises=place)
        assert len(found["premises"]["edges"]) == len(places)
        assert found["people"]["edges"] == []
        await healthy(hub)

    homes = [*(resides(neighbour, place) for place in places), resides(hidden, lair)]
    tell(engine_connection, *places, neighbour, lair, hidden, *homes, story=story)


BEN = person("council/ben", givenName="Ben", familyName="Ash", dateOfBirth="1985-03-12")
FAR = person("council/far", givenName="Fay", familyName="Far", dateOfBirth="1990-01-01")
TODO = {"text": "Read the meter", "targetOn": "2026-12-01"}
ACTION = "MATCH (a:Action {owner: $agency}) RETURN [a.actionId, a.status]"
WHOSE = "MATCH (c:Case {caseId: $id}) RETURN [c.owner, c.dataset, c.key]"
TIES = "MATCH (:PersonRecord)-[e:SIBLING_OF]->(:PersonRecord) RETURN collect(e.owner)"
LEFT = {"police": "police-officer", "housing": "housing-officer"}


async def left(hub: TestHub) -> tuple[str, dict[str, dict[str, dict[str, Any]]]]:
    """Give a case of the council's that two agencies have left, and by which changes each would end what it stated."""
    matter, ben, far = (await opened(hub))["id"], await person_id(hub, "Ben"), await person_id(hub, "Fay")
    for whom in (ben, far):
        await involved(hub, "asb-officer", matter, person=whom, role="VICTIM")
    kin, ends = {"person": ben, "other": far, "tie": "SIBLING_OF"}, dict[str, dict[str, dict[str, Any]]]()
    await tied(hub, "asb-officer", "linkPeople", **kin, assertionType="FACT")
    for agency, who in LEFT.items():
        await changed(hub, "asb-officer", "inviteToCase", id=matter, agency=agency)
        await involved(hub, who, matter, person=ben, role="WITNESS")
        await changed(hub, who, "addAction", id=matter, **TODO)
        action, _ = await hub.store.read(ACTION, {"agency": agency})
        ends[agency] = {
            "endInvolvement": {"id": matter, "person": ben},
            "finishAction": {"id": matter, "action": action, "outcome": "Read"},
        }
    await tied(hub, "police-officer", "linkPeople", **kin, assertionType="FACT")
    ends["police"]["endLink"] = {**kin, "reason": "Another Ben"}
    for who in LEFT.values():
        await changed(hub, who, "leaveCase", id=matter)
    return matter, ends


async def end(hub: TestHub, who: str, name: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    attempted = test_ties.attempt if name == "endLink" else attempt
    return await attempted(hub, who, name, **given)


def test_an_agency_that_left_ends_what_it_stated_itself_and_is_told_what_it_was_before(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        matter, ends = await left(hub)
        for agency, who in LEFT.items():
            for name, given in ends[agency].items():
                told = await end(hub, who, name, **given)
                assert told["__typename"] == ("PeopleLinked" if name == "endLink" else "CaseChanged"), told
                if agency == "housing":
                    assert told["case"] is None
                elif name != "endLink":
                    assert {edge["node"]["author"] for edge in told["case"]["entries"]["edges"]} == {who}
            assert (await hub.store.read(ACTION, {"agency": agency}))[1] == "FINISHED"
        assert await hub.store.read(TIES) == ["council"]
        ended = sorted(one[:3] for one in await hub.store.read(KEPT))
        assert ended == [["WITNESS", agency, who] for agency, who in sorted(LEFT.items())]
        found = await changed(hub, "asb-officer", "addNote", id=matter, text="Gone", assertionType="FACT")
        assert [edge["roles"] for edge in found["people"]["edges"]] == [["VICTIM"], ["VICTIM"]]
        await healthy(hub)

    tell(engine_connection, *FACTS, BEN, FAR, story=story)


def test_who_left_ends_nothing_of_others_and_nothing_that_is_hidden(engine_connection: Connection) -> None:
    """What is refused then is what is refused of things that there are not."""

    async def story(hub: TestHub) -> None:
        matter, ends = await left(hub)
        ours, who = ends["housing"]["endInvolvement"], "housing-officer"
        none = await end(hub, who, "endInvolvement", id="case_unknown", person="per_unknown")
        assert none["__typename"] == "NotFound"
        for whom in ({"person": await person_id(hub, "Fay")}, {**ours, "role": "VICTIM"}, {"person": "per_unknown"}):
            assert await end(hub, who, "endInvolvement", **{"id": matter, **whom}) == none
        others = {**ends["housing"]["finishAction"], "action": ends["police"]["finishAction"]["action"]}
        assert await end(hub, who, "finishAction", **others) == none
        theirs = await end(hub, who, "endLink", **ends["police"]["endLink"])
        assert theirs["__typename"] in {"NotFound", "NotPermitted"}
        owner, dataset, key = await hub.store.read(WHOSE, {"id": matter})
        await marked(hub, thing(Node.CASE, f"{owner}/{dataset}/{key}"), Protection.COVERT)
        for name, given in ends["housing"].items():
            assert await end(hub, who, name, **given) == none
        assert await hub.store.read(KEPT) == []

    tell(engine_connection, *FACTS, BEN, FAR, story=story)
