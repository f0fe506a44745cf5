"""A referral is written on one page, in which nothing is lost, and its referrer sees what comes of it."""

import re

from graph.store import Connection
from tests.hub.work.visiting import House, forms, hidden, seen, visit
from tests.resolvers.acting.test_referral_states import COLLEAGUE
from tests.resolvers.acting.test_referrals import ANN, GHOST, WARD, submitted
from tests.resolvers.acting.triagework import done
from tests.support.scenes import person, premises

REFER, SUBMIT = "/work/refer", "/work/refer/submit"
HOME = premises(
    "housing/home", address="1 Dean Street", postcode="W1D 3DH", ward="E05013808", longitude=-0.1337, latitude=51.5136
)
WRITTEN = {
    "source": "PARTNER",
    "heading.0": "NOISE",
    "qualifier.0": "PERSONAL",
    "narrative": "Drums until 3 am",
    "hasConsent": "yes",
}
DORA = {
    "describedPeople.0.givenName": "Dora",
    "describedPeople.0.familyName": "Birch",
    "describedPeople.0.dateOfBirth": "1987",
    "describedPeople.0.phone": "",
    "describedPeople.0.address": "2 Dean Street",
    "describedPeople.0.role": "WITNESS",
}
KNOWN_DORA = person("council/dora", givenName="Dora", familyName="Birch", dateOfBirth="1987-03-12", ward="E05013808")


def test_what_is_written_stays_while_people_and_places_are_looked_for(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            fields = {**hidden(await officer.page(REFER), SUBMIT), **WRITTEN, "name": "Ash"}
            page = (await officer.post(REFER, fields)).text
            assert "1 found; tick whom you mean." in seen(page)
            assert "Drums until 3 am</textarea>" in page
            assert '<option value="PERSONAL" selected>' in page
            (box,) = re.findall(r'name="(people\.per_\w+)"', page)

            more = (await officer.post(REFER, {**fields, box: "on", "name": "Nobody", "more": "concerns"})).text
            assert re.findall(rf'name="{box}" id="\S+"( checked)?', more) == [" checked"], "who was ticked stays"
            assert "0 found" in seen(more)
            assert 'name="heading.1"' in more
            assert 'name="heading.2"' not in more

    visit(engine_connection, WARD, ANN, GHOST, story=story)


def test_a_place_that_is_taken_fills_in_where_it_is_and_one_that_is_ticked_is_named(
    engine_connection: Connection,
) -> None:
    async def story(house: House) -> None:
        async with house.visitor("housing-officer") as landlord, house.visitor("asb-officer") as officer:
            fields = {**hidden(await landlord.page(REFER), SUBMIT), **WRITTEN, "address": "Somewhere", "place": "W1D 3"}
            page = (await landlord.post(REFER, fields)).text
            (place,) = re.findall(r'name="taken" value="(\w+)"', page)
            box = f"premises.{place}"
            taken = (await landlord.post(REFER, {**fields, "taken": place})).text
            for name, value in (
                ("address", "1 Dean Street, W1D 3DH"),
                ("longitude", "-0.1337"),
                ("latitude", "51.5136"),
            ):
                assert re.search(rf'name="{name}"[^>]* value="{value}"', taken), name
            more = (await landlord.post(REFER, {**fields, box: "on", "place": "Nowhere"})).text
            assert re.findall(rf'name="{box}" id="\S+"( checked)?', more) == [" checked"], "what was ticked stays"
            made = await landlord.post(SUBMIT, {**fields, box: "on"})
            for who, told in ((landlord, "1 Dean Street, W1D 3DH"), (officer, "W1D blurred")):
                assert f"Places {told}" in seen(await who.page(made.headers["location"].partition("?")[0]))

    visit(engine_connection, WARD, HOME, story=story)


def test_a_place_that_is_not_told_in_full_is_not_taken(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            fields = {**hidden(await officer.page(REFER), SUBMIT), **WRITTEN, "place": "W1D"}
            page = (await officer.post(REFER, fields)).text
            assert "1 Dean Street" not in page
            assert 'name="taken"' not in page

    visit(engine_connection, WARD, HOME, story=story)


def test_a_referral_is_submitted_and_its_referrer_answers_what_was_asked_back(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("housing-officer") as landlord, house.visitor("asb-officer") as officer:
            answer = await landlord.send(
                REFER,
                SUBMIT,
                **WRITTEN,
                **{"heading.1": "ROWDY_INCONSIDERATE", "qualifier.1": "NUISANCE", "heading.2": "", "qualifier.2": ""},
                toldPeople="Joe from number 5\n\n Mia, 020 7946 0000 ",
                address="1 Dean Street",
                longitude="-0.1337",
                latitude="51.5136",
                wantedOutcome="Quiet nights",
            )
            address = answer.headers["location"].partition("?")[0]
            made = seen(await landlord.page(answer.headers["location"]))
            assert "The referral was received." in made
            assert "Concerns Noise, Rowdy inconsiderate" in made
            assert "Joe from number 5, Mia, 020 7946 0000" in made
            assert "ward E05013808" in made

            await officer.do(address, "return", question="Since when?")
            mine = seen(await landlord.page("/work/referrals?whose=mine"))
            assert "More info asked for more" in mine
            assert "Since when?" in seen(await landlord.page(address))
            assert "Since August" in seen(await landlord.do(address, "reply", text="Since August"))
            assert "No such referral" in seen(await officer.page("/work/referrals?whose=mine"))
            assert "R-" in seen(await officer.page("/work/referrals?whose=all"))

    visit(engine_connection, WARD, story=story)


def test_what_is_wrong_in_a_referral_is_said_beside_its_field_and_nothing_is_lost(
    engine_connection: Connection,
) -> None:
    async def story(house: House) -> None:
        wrong = {
            "heading.1": ({"heading.1": "NOISE", "qualifier.1": ""}, "qualifier.1", "is chosen"),
            "narrative": ({"narrative": "  "}, "narrative", "is not blank"),
            "pin": ({"longitude": "1.5", "latitude": "51.5"}, "pin", "is a point inside the area of the partnership"),
            "no number": ({"longitude": "west", "latitude": ""}, "pin", "is a point inside the area"),
            "told": ({"toldPeople": "Joe\n" + "x" * 201}, "toldPeople", "has 200 characters at the most"),
            "undecided": ({"hasConsent": ""}, "hasConsent", "is yes or no"),
            "not born": (
                {**DORA, "describedPeople.0.dateOfBirth": "2999"},
                "describedPeople.0.dateOfBirth",
                "is not in",
            ),
            "no part": ({**DORA, "describedPeople.0.role": ""}, "describedPeople.0.role", "is chosen"),
            "no name": ({**DORA, "describedPeople.0.familyName": ""}, "describedPeople.0.familyName", "is not blank"),
            "no concern": ({"heading.0": "", "qualifier.0": ""}, "concerns", "names 1 to 20 concerns"),
        }
        async with house.visitor("housing-officer") as landlord:
            fields = {**hidden(await landlord.page(REFER), SUBMIT), **WRITTEN, "wantedOutcome": "Quiet <nights>"}
            for case, (given, name, wanted) in wrong.items():
                refused = await landlord.post(SUBMIT, {**fields, **given})
                assert refused.status_code == 422, case
                said = refused.text.partition(f'id="wrong-submit-{name}"')[2]
                assert said.startswith(f">Wanted is one that {wanted}"), case
                assert f'href="#submit-{name}"' in refused.text, case
                assert "Quiet &lt;nights&gt;</textarea>" in refused.text, case
            assert "No such referral" in seen(await landlord.page("/work/referrals?whose=mine"))

    visit(engine_connection, WARD, story=story)


def test_intelligence_is_received_and_not_shown_again(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("housing-officer") as landlord:
            answer = await landlord.send(REFER, SUBMIT, **WRITTEN, isIntelligence="on")
            assert answer.headers["location"] == "/work/refer?done=refer.submit"
            assert "The referral was received." in seen(await landlord.page(answer.headers["location"]))
            assert "No such referral" in seen(await landlord.page("/work/referrals?whose=all"))

    visit(engine_connection, WARD, story=story)


def test_what_somebody_else_wrote_at_the_same_browser_is_not_gone_on_with(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            fields = {**hidden(await officer.page(REFER), SUBMIT), **WRITTEN, "name": "Ash"}
            await officer.post("/work/purpose", {"purpose": "CRIME_PREVENTION"})
            answer = await officer.post(REFER, fields)
            assert (answer.status_code, "Drums" in answer.text) == (409, False)

    visit(engine_connection, WARD, ANN, story=story)


def test_whom_a_referrer_describes_is_proposed_to_the_desk_which_says_who_is_meant(
    engine_connection: Connection,
) -> None:
    async def story(house: House) -> None:
        async with house.visitor("housing-officer") as landlord, house.visitor("asb-officer") as officer:
            fields = {**hidden(await landlord.page(REFER), SUBMIT), **WRITTEN}
            room = (await landlord.post(REFER, {**fields, "more": "describedPeople"})).text
            assert 'name="describedPeople.0.role"' in room
            assert 'name="describedPeople.1.role"' not in room
            blank = {name.replace("0", "1"): "" for name in DORA}
            answer = await landlord.post(SUBMIT, {**fields, **DORA, **blank})
            address = answer.headers["location"].partition("?")[0]
            assert "Dora Birch Witness born 1987 2 Dean Street" in seen(await landlord.page(address))
            assert f"{address}/confirm" not in await landlord.page(address)

            page = await officer.page(address)
            assert "Who may be meant Dora Birch" in seen(page)
            (dora,) = re.findall(r'<option value="(per_\w+)">Dora Birch, born 12 March 1987</option>', page)
            named = await officer.do(address, "confirm", person=dora, reason="Her mother said so")
            assert "asb-officer holds that they are meant: Her mother said so" in seen(named)
            after_all = seen(await officer.do(address, "not-meant", person=dora, reason="Another Dora"))
            assert "holds that they are meant" not in after_all
            assert "Another Dora" in after_all

    visit(engine_connection, WARD, KNOWN_DORA, story=story)


def test_a_referral_is_taken_up_handed_back_and_closed_and_nobody_else_triages_it_meanwhile(
    engine_connection: Connection,
) -> None:
    async def story(house: House) -> None:
        one, other = [(await submitted(house.hub, "housing-officer"))["referral"]["id"] for _ in range(2)]
        address = f"/work/referrals/{one}"
        async with house.visitor("asb-officer") as officer:
            assert "Taken up by asb-officer" in seen(await officer.do(address, "take"))
            assert f"{address}/triage" in await officer.page(address)
            assert address in await officer.page("/work/referrals?whose=taken")
            assert "State Received" in seen(await officer.do(address, "hand-back"))

            await done(house.hub, COLLEAGUE, "takeReferral", id=other, version=1)
            theirs = f"/work/referrals/{other}"
            page = await officer.page(theirs)
            assert "asb-colleague has taken it up." in seen(page)
            assert [one for one in forms(page) if one.startswith(theirs)] == [f"{theirs}/hand-back"]
            assert theirs not in await officer.page("/work/referrals?whose=taken")
            refused = await officer.send(theirs, f"{theirs}/hand-back")
            assert (refused.status_code, 'id="wrong-hand-back-reason"' in refused.text) == (422, True)
            assert "On leave" in seen(await officer.do(theirs, "hand-back", reason="On leave"))

            judged = dict(re.findall(r'name="(answers\.\w+)" id="\S+" value="(\w+)"', await officer.page(address)))
            elsewhere = {**judged, "route": "OTHER_SERVICE", "reason": "They ask for it"}
            lost = await officer.send(address, f"{address}/triage", **elsewhere)
            assert (lost.status_code, 'id="wrong-triage-services"' in lost.text) == (422, True)
            await officer.do(address, "triage", **elsewhere, **{"services.health": "on"})
            closed = seen(await officer.do(address, "close", reason="They moved"))
            assert "State Closed" in closed
            assert "The referral is closed" in closed
            assert "They moved" in closed
            assert "State Received" in seen(await officer.do(address, "look-again", reason="They came back"))

    visit(engine_connection, WARD, story=story)


def test_a_narrative_that_cannot_be_opened_says_so_and_the_rest_of_the_page_is_there(
    engine_connection: Connection,
) -> None:
    async def story(house: House) -> None:
        address = f"/work/referrals/{(await submitted(house.hub, 'housing-officer'))['referral']['id']}"
        torn = "MATCH (f:Referral) SET f.narrative = ['torn']"
        await house.hub.store.write(lambda transaction: transaction.run(torn))
        async with house.visitor("asb-officer") as officer:
            page = seen(await officer.page(address))
            assert "What is told cannot be read" in page
            assert "Concerns Noise" in page

    visit(engine_connection, WARD, story=story)


def test_a_referrer_takes_a_referral_back(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/referrals/{(await submitted(house.hub, 'housing-officer'))['referral']['id']}"
        async with house.visitor("housing-officer") as landlord, house.visitor("asb-officer") as officer:
            assert f"{address}/withdraw" not in await officer.page(address)
            assert "State Closed" in seen(await landlord.do(address, "withdraw", reason="It was another house"))

    visit(engine_connection, WARD, story=story)


def test_what_triage_finds_to_be_intelligence_leads_back_to_the_list(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/referrals/{(await submitted(house.hub, 'housing-officer'))['referral']['id']}"
        async with house.visitor("asb-officer") as officer:
            page = await officer.page(address)
            judged = dict(re.findall(r'name="(answers\.\w+)" id="\S+" value="(\w+)"', page))
            fields = {**hidden(page, f"{address}/triage"), **judged, "route": "INTELLIGENCE_ONLY", "reason": "It is"}
            answer = await officer.post(f"{address}/triage", fields)
            assert answer.headers["location"] == "/work/referrals?done=referral.triage"
            assert "The referral was triaged." in seen(await officer.page(answer.headers["location"]))
            await officer.page(address, 404)

    visit(engine_connection, WARD, story=story)
