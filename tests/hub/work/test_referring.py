"""A referral is written on one page, in which nothing is lost, and its referrer sees what comes of it."""

import re

from graph.store import Connection
from tests.hub.work.visiting import House, hidden, seen, visit
from tests.resolvers.acting.test_referrals import ANN, GHOST, WARD
from tests.support.scenes import premises

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


def test_what_is_written_stays_while_people_and_places_are_looked_for(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            fields = {**hidden(await officer.page(REFER), SUBMIT), **WRITTEN, "name": "Ash"}
            page = (await officer.post(REFER, fields)).text
            assert "1 found; tick whom you mean." in seen(page)
            assert "Drums until 3 am</textarea>" in page
            assert '<option value="PERSONAL" selected>' in page
            (box,) = re.findall(r'name="(people\.per_\w+)"', page)

            more = (await officer.post(REFER, {**fields, box: "on", "name": "Nobody", "more": "yes"})).text
            assert re.findall(rf'name="{box}" id="\S+"( checked)?', more) == [" checked"], "who was ticked stays"
            assert "0 found" in seen(more)
            assert 'name="heading.1"' in more
            assert 'name="heading.2"' not in more

    visit(engine_connection, WARD, ANN, GHOST, story=story)


def test_a_place_that_is_taken_fills_in_where_it_is(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("housing-officer") as landlord:
            fields = {**hidden(await landlord.page(REFER), SUBMIT), **WRITTEN, "address": "Somewhere", "place": "W1D 3"}
            page = (await landlord.post(REFER, fields)).text
            (place,) = re.findall(r'name="taken" value="(\w+)"', page)
            taken = (await landlord.post(REFER, {**fields, "taken": place})).text
            for name, value in (
                ("address", "1 Dean Street, W1D 3DH"),
                ("longitude", "-0.1337"),
                ("latitude", "51.5136"),
            ):
                assert re.search(rf'name="{name}"[^>]* value="{value}"', taken), name

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
            assert answer.headers["location"] == "/work/refer?done=submit"
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
