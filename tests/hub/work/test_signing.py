"""Who may see a page: somebody who signed in here, for a purpose that an agreement permits, until it is over."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import httpx

from graph.store import Connection
from hub.app import create_app
from hub.demo_people import DEMO_PEOPLE
from hub.work.pages import PAGES
from hub.work.repertoire import ACTS
from tests.hub.work.visiting import HERE, House, hidden, seen, visit
from tests.resolvers.acting.casework import opened
from tests.support.hub import ASB

ADDRESSES = [page.address({"id": "case_0"}) for page in PAGES]


def test_everybody_of_the_demo_signs_in_for_each_of_their_purposes_and_sees_which_it_is(
    engine_connection: Connection,
) -> None:
    async def story(house: House) -> None:
        for person in DEMO_PEOPLE:
            for purpose in person.purposes:
                async with house.visitor(person.name, purpose) as visitor:
                    for page in PAGES:
                        if page.thing is None:
                            text = await visitor.page(page.address({}))
                            assert f"<strong>{person.name}</strong> of {person.agency}" in text
                            assert purpose in text or len(person.purposes) == 1

    visit(engine_connection, story=story)


def test_nobody_sees_or_does_anything_before_they_sign_in_or_when_it_is_over(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor() as stranger, house.visitor("asb-officer") as officer:
            house.clock.move(timedelta(hours=9))
            for visitor, where in ((stranger, "/work/sign-in"), (officer, "/work/sign-in?over")):
                answers = [await visitor.client.get(address) for address in ADDRESSES]
                answers += [await visitor.client.post(f"/work{act.path.format(id='x')}", data={}) for act in ACTS]
                assert {answer.status_code for answer in answers} == {303}
                assert answers[0].headers["location"] == where
            assert officer.client.cookies.get("concord-token") is None
            assert "Your sign-in has ended" in await officer.page("/work/sign-in?over")

    visit(engine_connection, story=story)


def test_what_was_written_when_a_sign_in_ended_is_kept_and_sent_once_by_whoever_wrote_it(
    engine_connection: Connection,
) -> None:
    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            address = f"/work/cases/{(await opened(house.hub))['id']}"
            written = {"text": 'They "began" again <at 2>', "assertionType": "FACT"}
            fields = {**hidden(await officer.page(address), f"{address}/note"), **written}
            house.clock.move(timedelta(hours=9))
            for _ in range(2):
                ended = await officer.post(f"{address}/note", fields)
                assert ended.status_code == 401
                assert "Your sign-in has ended" in ended.text
                assert hidden(ended.text, f"{address}/note") == fields
            await officer.post("/work/sign-in", {"person": "auditor", "purpose": "AUDIT"})
            assert (await officer.post(f"{address}/note", fields)).status_code == 409, "somebody else wrote it"
            await officer.post("/work/sign-in", {"person": "asb-officer", "purpose": ASB})
            for _ in range(2):
                assert (await officer.post(f"{address}/note", fields)).status_code == 303
            assert seen(await officer.page(address)).count('They "began" again <at 2>') == 1

    visit(engine_connection, story=story)


def test_a_purpose_that_is_not_permitted_leads_back_to_the_door(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        for purpose in ("MARAC_DA", "CURIOSITY", "好奇"):
            async with house.visitor("councillor", purpose) as visitor:
                answer = await visitor.client.get("/work")
                assert (answer.status_code, answer.headers["location"]) == (303, "/work/sign-in?over"), purpose

    visit(engine_connection, story=story)


def test_a_wrong_token_leads_back_to_the_door(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor() as visitor:
            cookies = {"Cookie": f"concord-token=forged.by.me; concord-purpose={ASB}"}
            answer = await visitor.client.get("/work/cases", headers=cookies)
            assert (answer.status_code, answer.headers["location"]) == (303, "/work/sign-in?over")

    visit(engine_connection, story=story)


def test_the_token_is_out_of_reach_of_scripts_and_of_other_sites(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor() as visitor:
            answer = await visitor.client.post("/work/sign-in", data={"person": "councillor", "purpose": ASB})
            cookies = answer.headers.get_list("set-cookie")
            assert len(cookies) == 2
            paths = {"concord-token": "/", "concord-purpose": "/work"}
            for cookie in cookies:
                assert f"HttpOnly; Path={paths[cookie.partition('=')[0]]}; SameSite=strict" in cookie
            policy = (await visitor.client.get("/work")).headers["content-security-policy"]
            assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
            assert "unsafe" not in policy

    visit(engine_connection, story=story)


def test_somebody_changes_what_they_work_for_and_signs_out(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("safeguarding-lead") as lead:
            await lead.client.post("/work/purpose", data={"purpose": "CHILD_SAFEGUARDING"})
            assert '<option value="CHILD_SAFEGUARDING" selected>' in await lead.page("/work")
            assert (await lead.post("/work/sign-out", {})).headers["location"] == "/work/sign-in"
            assert (await lead.client.get("/work")).headers["location"] == "/work/sign-in"

    visit(engine_connection, story=story)


def test_a_form_on_another_page_does_nothing(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            del officer.client.headers["origin"]
            addresses = ("/work/sign-in", "/work/sign-out", "/work/purpose", "/work/cases/case_0/note")
            for address, origin in product(addresses, ("http://evil.example", "null", None)):
                headers = {} if origin is None else {"Origin": origin}
                answer = await officer.client.post(address, data={"person": "auditor"}, headers=headers)
                assert answer.status_code == 403, (address, origin)
                assert "not sent from a page of the hub" in seen(answer.text)
            assert "asb-officer" in await officer.page("/work")

    visit(engine_connection, story=story)


def test_the_demo_is_for_this_machine_only(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor() as visitor:
            for address in ("/work", "/work/sign-in"):
                answer = await visitor.client.get(address, headers={"Host": "evil.example"})
                assert answer.status_code == 404

    visit(engine_connection, story=story)


def test_in_production_the_page_says_that_nobody_can_sign_in_yet(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        app = create_app(replace(house.parts(), reception=None))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HERE) as client:
            pages = {(await client.get(address)).text for address in [*ADDRESSES, "/work/sign-in"]}
            assert len(pages) == 1
            assert seen(pages.pop()) == "Sign-in is not set up Nobody can sign in to this hub by a page yet."
            answer = await client.post("/work/sign-in", data={"person": "councillor"}, headers={"Origin": HERE})
            assert answer.status_code == 405

    visit(engine_connection, story=story)
