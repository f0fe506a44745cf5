"""From every page people, cases and referrals are found, as far as the purpose shows them."""

from graph.store import Connection
from tests.hub.work.visiting import House, forms, seen, visit
from tests.resolvers.acting.casework import opened
from tests.resolvers.acting.test_referrals import ANN, GHOST, submitted
from tests.support.scenes import case, person

ANA = person("council/ana", givenName="Ana", familyName="Ashworth")
DORA = person("council/dora", givenName="Dora", familyName="Van Dyke")
CLEO = person("council/cleo", givenName="CLEO", familyName="COLE")
NAMES = ("Ann Ash", "Ana Ashworth", "Dora Van Dyke", "CLEO COLE", "Gus Ghost")
MATTERS = (case("council/ASB-1", "council", caseType="NOISE"), case("council/OTHER-1", "council", caseType="NOISE"))


async def found(house: House, text: str, who: str = "asb-officer") -> str:
    async with house.visitor(who) as visitor:
        return seen((await visitor.send("/work", "/work/search", text=text)).text)


def test_people_are_found_by_names_and_their_beginnings(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        wanted = {
            "Ash": {"Ann Ash", "Ana Ashworth"},
            "ashworth": {"Ana Ashworth"},
            "Ann Ash": {"Ann Ash"},
            "ann ash": {"Ann Ash"},
            "cole": {"CLEO COLE"},
            "Cleo Cole": {"CLEO COLE"},
            "Van Dyke": {"Dora Van Dyke"},
            "As": set(),
            "Ghost": set(),
            "Gus Ghost": set(),
            "<b>%_*": set(),
        }
        for text, names in wanted.items():
            page = await found(house, text)
            assert {name for name in NAMES if f"{name} , born" in page} == names, text
            assert f"People {len(names)}" in page, text

    visit(engine_connection, ANN, ANA, DORA, CLEO, GHOST, story=story)


def test_cases_and_referrals_are_found_by_reference(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        reference = (await submitted(house.hub, "housing-officer"))["referral"]["reference"]
        await opened(house.hub, "police-officer", reference="council/ASB-9", sensitivity="OFFICIAL_SENSITIVE")
        assert "Cases 1 council/ASB-1 , Noise, Open" in await found(house, "council/ASB-1")
        assert "Cases 1 council/ASB-9" in await found(house, "council/ASB-9", "police-officer")
        assert f"Referrals 1 {reference} , Received" in await found(house, reference.lower())
        assert "Referrals 1" not in await found(house, reference, "victim-support")

    visit(engine_connection, *MATTERS, story=story)


def test_every_page_has_the_search_and_an_empty_one_finds_nothing(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            for path in ("/work", "/work/alerts", "/work/team", "/work/refer", "/work/cases/case_0"):
                page = (await officer.client.get(path)).text
                assert "/work/search" in forms(page), path
            assert "People" not in seen((await officer.send("/work", "/work/search", text="  ")).text)

    visit(engine_connection, ANN, story=story)
