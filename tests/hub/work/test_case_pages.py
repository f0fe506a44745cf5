"""Places, incidents, ground, risk and ties of a case, each by forms that say in place what is wrong."""

import json
import re

from graph.store import Connection
from tests.hub.work.visiting import House, Visitor, forms, hidden, seen, visit
from tests.resolvers.acting import taskwork
from tests.resolvers.acting.casework import changed, opened
from tests.resolvers.acting.test_footprints import ACROSS_THE_EDGE, BOW_TIE, IN_ONE, IN_TWO, WARDS
from tests.resolvers.acting.test_referrals import ANN, GHOST, WARD, person_id
from tests.support.scenes import person, premises

HOME = premises("council/home", address="1 Dean Street", postcode="W1D 3DH", ward="E05013808")
ELSEWHERE = premises("police/home", address="1 Dean Street", postcode="W1D 3DH", ward="E05013808")
BEN = person("council/ben", givenName="Ben", familyName="Birch", ward="E05013808")


async def with_two(house: House) -> str:
    """Open a case that concerns two people; gives its address."""
    matter = await opened(house.hub)
    for name in ("Ann", "Ben"):
        who = await person_id(house.hub, name)
        await changed(house.hub, "asb-officer", "involvePerson", id=matter["id"], person=who, role="WITNESS")
    return f"/work/cases/{matter['id']}"


def test_a_place_is_looked_for_and_involved(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/cases/{(await opened(house.hub))['id']}"
        search = f"{address}/places"
        async with house.visitor("asb-officer") as officer:
            assert f'href="{search}"' in await officer.page(address)
            assert "No such place" in seen((await officer.send(search, search, place="Nowhere")).text)
            page = (await officer.send(search, search, place="1 Dean")).text
            (place,) = re.findall(r'name="premises" id="\S+" value="(\w+)"', page)
            assert "1 Dean Street, W1D 3DH" in seen(page)
            fields = hidden(page, f"{search}/place")
            assert (await officer.post(f"{search}/place", fields)).status_code == 422
            involved = await officer.post(f"{search}/place", {**fields, "premises": place})
            assert "Places 1 Dean Street, W1D 3DH" in seen(await officer.page(involved.headers["location"]))

    visit(engine_connection, HOME, ELSEWHERE, story=story)


def test_what_happened_is_written_down_in_a_case(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/cases/{(await opened(house.hub))['id']}"
        told = {"heading": "NOISE", "qualifier": "PERSONAL", "text": "Drums until 3 am", "happenedOn": "2026-11-20"}
        async with house.visitor("asb-officer") as officer:
            late = await officer.send(address, f"{address}/incident", **{**told, "happenedOn": "2026-12-20"})
            assert (late.status_code, 'id="wrong-incident-happenedOn"' in late.text) == (422, True)
            sea = await officer.send(address, f"{address}/incident", **told, longitude="1.5", latitude="51.5")
            assert (sea.status_code, 'id="wrong-incident-pin"' in sea.text) == (422, True)
            assert 'value="1.5"' in sea.text
            page = await officer.do(address, "incident", **told, longitude="-0.1337", latitude="51.5136")
            assert "What happened 1 Noise Personal Drums until 3 am 20 November 2026, ward E05013808" in seen(page)

    visit(engine_connection, WARD, story=story)


def test_who_leads_a_case_changes_what_it_says(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/cases/{(await opened(house.hub, caseType='SQUATTING', reference='ASB-1'))['id']}"
        task = await taskwork.sent(house.hub, title="Who drums?", case=address.rpartition("/")[2])
        async with house.visitor("asb-officer") as officer, house.visitor("police-officer") as constable:
            page = await officer.page(address)
            assert f'<a href="/work/tasks/{task["id"]}">Who drums?</a>' in page[page.index('id="timeline"') :]
            assert "Task handled , City Council Sent by asb-officer" in seen(page)
            assert "Who drums?" not in await constable.page(address)
            assert '<option value="SQUATTING" selected>Squatting</option>' in page
            refused = await officer.send(address, f"{address}/change", reference="x" * 101)
            assert (refused.status_code, 'id="wrong-change-reference"' in refused.text) == (422, True)
            changed_page = seen(
                await officer.do(address, "change", caseType="NOISE", reference="", summary="Only drums")
            )
            assert "ASB-1 Noise" in changed_page
            assert "Summary Only drums" in changed_page
            assert f"{address}/change" not in await constable.page(address)

    visit(engine_connection, story=story)


def test_the_ground_of_a_case_is_looked_at_and_drawn(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/cases/{(await opened(house.hub))['id']}"
        ground = f"{address}/ground"
        feature = {"type": "Feature", "properties": {}, "geometry": IN_TWO}
        drawn = json.dumps({"type": "FeatureCollection", "features": [feature]})
        async with house.visitor("asb-officer") as officer:
            empty = await officer.page(ground)
            assert empty.count('class="ward"') == 3, "those of the newest boundaries"
            assert 'id="drawn" d=""' in empty
            looked = await officer.post(ground, {**hidden(empty, f"{ground}/draw"), "footprint": drawn})
            assert re.search(r'id="drawn" d="M[\d., -]+Z"', looked.text)
            assert "Ground not recorded" in seen(looked.text), "to look is not to draw"
            page = await officer.do(ground, "draw", footprint=drawn)
            assert re.search(r'id="drawn" d="M[\d., -]+Z"', page)
            assert "Wards E1, E2" in seen(page)
            assert "m²" in seen(page)
            again = await officer.do(ground, "draw", footprint=json.dumps(IN_ONE))
            assert "Wards E1" in seen(again)

    visit(engine_connection, *WARDS, story=story)


def test_what_is_no_ground_is_refused_beside_what_was_drawn(engine_connection: Connection) -> None:
    wrong = {
        "no JSON": ("one, two", "is GeoJSON"),
        "nested": ("[" * 5000, "is GeoJSON"),
        "a number": ("5", "is a GeoJSON Polygon"),
        "two": (json.dumps({"type": "FeatureCollection", "features": []}), "is a GeoJSON Polygon"),
        "a point": (json.dumps({"type": "Point", "coordinates": [0, 51]}), "is a GeoJSON Polygon"),
        "words": (json.dumps({"type": "Polygon", "coordinates": [[["a", "b"]]]}), "has points of a longitude"),
        "crossing": (json.dumps(BOW_TIE), "is a polygon that does not cross itself"),
        "outside": (json.dumps(ACROSS_THE_EDGE), "is a polygon that does not cross itself"),
    }

    async def story(house: House) -> None:
        ground = f"/work/cases/{(await opened(house.hub))['id']}/ground"
        async with house.visitor("asb-officer") as officer:
            for case, (given, wanted) in wrong.items():
                refused = await officer.send(ground, f"{ground}/draw", footprint=given)
                assert refused.status_code == 422, case
                assert f'id="wrong-draw-footprint">Wanted is one that {wanted}' in refused.text, case

    visit(engine_connection, *WARDS, story=story)


def test_risk_is_assessed_by_a_template_and_held_to_be_otherwise_with_a_reason(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = await with_two(house)
        risk = f"{address}/risk"
        ann = await person_id(house.hub, "Ann")
        async with house.visitor("asb-officer") as officer:
            page = await officer.page(f"{risk}?template=asb-victim")
            least = dict(reversed(re.findall(r'name="(answers\.\w+)" id="\S+" value="(\w+)"', page)))
            fields = {**hidden(page, f"{risk}/assess"), "person": ann, "reason": "SCORE"}
            unanswered = await officer.post(f"{risk}/assess", fields)
            assert (unanswered.status_code, 'id="wrong-assess-answers"' in unanswered.text) == (422, True)
            unsaid = await officer.post(f"{risk}/assess", {**fields, **least, "reason": "ESCALATION"})
            assert (unsaid.status_code, 'id="wrong-assess-why"' in unsaid.text) == (422, True)
            assert unsaid.text.count(" checked") == len(least)
            done = await officer.post(f"{risk}/assess", {**fields, **least})
            assessed = await officer.page(done.headers["location"])
            assert "Points 0, which is Standard" in seen(assessed)
            assert "Risk Standard Ann Ash 0 points" in seen(await officer.page(address))

            (otherwise,) = re.findall(r'href="([^"]+from=[^"#]+)#', assessed)
            anew = await officer.page(otherwise.replace("&amp;", "&"))
            assert anew.count(" checked") == len(least), "what was answered before"
            held = {"band": "HIGH", "reason": "PROFESSIONAL_JUDGEMENT", "why": "She is alone"}
            fields = {**hidden(anew, f"{risk}/assess"), **least, "person": ann, **held}
            done = await officer.post(f"{risk}/assess", fields)
            page = seen(await officer.page(done.headers["location"]))
            assert "Ann Ash High" in page
            assert "Held so for Professional judgement: She is alone" in page
            assert "Superseded" in page
            assert "held so for professional judgement" in seen(await officer.page(address))

    visit(engine_connection, WARD, ANN, BEN, story=story)


def test_two_people_of_a_case_are_tied_and_the_tie_stands_with_both(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = await with_two(house)
        ann, ben = [await person_id(house.hub, name) for name in ("Ann", "Ben")]
        said = {"person": ann, "other": ben, "tie": "CHILD_OF", "assertionType": "FACT"}
        async with house.visitor("asb-officer") as officer:
            same = await officer.send(address, f"{address}/tie-people", **{**said, "other": ann})
            assert (same.status_code, 'id="wrong-tie-people-other"' in same.text) == (422, True)
            await officer.do(address, "tie-people", **said)
            assert "Parent Ben Birch" in seen(await officer.page(f"/work/people/{ann}"))
            of_ben = await officer.page(f"/work/people/{ben}")
            assert "Child Ann Ash , born not recorded Fact" in seen(of_ben)
            assert f'href="/work/people/{ann}"' in of_ben

            nothing = await officer.send(f"/work/people/{ben}", f"/work/people/{ben}/untie", reason="A mistake")
            assert (nothing.status_code, 'id="wrong-untie-which"' in nothing.text) == (422, True)
            ended = await officer.do(f"/work/people/{ben}", "untie", which=f"PARENT_OF {ann}", reason="A mistake")
            assert "Ties None that this purpose shows." in seen(ended)

    visit(engine_connection, WARD, ANN, BEN, story=story)


def test_somebody_is_tied_to_another_who_is_looked_for(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        ann = await person_id(house.hub, "Ann")
        here = f"/work/people/{ann}"
        async with house.visitor("asb-officer") as officer:
            assert "Nobody else of this name" in seen((await officer.send(here, here, name="Ghost")).text)
            page = (await officer.send(here, here, name="Ben Birch")).text
            (ben,) = re.findall(r'name="other" id="\S+" value="(per_\w+)"', page)
            fields = {**hidden(page, f"{here}/tie"), "other": ben, "tie": "ASSOCIATES_WITH", "since": "2026-05-01"}
            refused = await officer.post(f"{here}/tie", {**fields, "assertionType": ""})
            assert (refused.status_code, f'value="{ben}" required checked' in refused.text) == (422, True)
            done = await officer.post(f"{here}/tie", {**fields, "assertionType": "OPINION"})
            page = seen(await officer.page(done.headers["location"]))
            assert "Associate Ben Birch , born not recorded , since 1 May 2026 Opinion" in page

    visit(engine_connection, WARD, ANN, BEN, GHOST, story=story)


def test_whoever_takes_no_part_is_offered_to_join_and_to_end_what_their_agency_stated(
    engine_connection: Connection,
) -> None:
    async def story(house: House) -> None:
        address = await with_two(house)
        matter, ben = address.rpartition("/")[2], await person_id(house.hub, "Ben")

        async def offered(who: Visitor) -> set[str]:
            posted = forms(await who.page(address))
            return {act for where, _, act in (one.rpartition("/") for one in posted) if where == address}

        async with house.visitor("asb-officer") as officer, house.visitor("police-officer") as constable:
            assert await offered(constable) == {"join"}
            await changed(house.hub, "asb-officer", "inviteToCase", id=matter, agency="police")
            await changed(house.hub, "police-officer", "involvePerson", id=matter, person=ben, role="VICTIM")
            for text, agency in (("Read the meter", "police"), ("Ring the landlord", "council")):
                planned = {"id": matter, "text": text, "targetOn": "2099-12-01", "agency": agency}
                await changed(house.hub, "police-officer", "addAction", **planned)
            await constable.send(address, f"{address}/leave")
            assert await offered(constable) == {"join", "tick-off", "end-involvement"}
            page = await constable.page(address)
            (action,) = re.findall(r'<option value="(act_\w+)"', page)
            assert re.findall(r'<option value="(person [^"]+)"', page) == [f"person {ben} VICTIM"]
            done = await constable.do(address, "tick-off", action=action, outcome="Read")
            assert "Read the meter Finished" in seen(done)
            await officer.do(address, "close", reason="It is quiet")
            assert await offered(constable) == {"end-involvement"}, "of a closed case too"
            ended = await constable.do(address, "end-involvement", which=f"person {ben} VICTIM", reason="Another Ben")
            assert "People 0 Nobody whom this purpose shows." in seen(ended)
            assert await offered(constable) == set()
            assert "Ben Birch Witness Born" in seen(await officer.page(address))
            assert await offered(officer) == {"note", "reopen", "end-involvement"}

    visit(engine_connection, WARD, ANN, BEN, story=story)


TOGETHER = frozenset({"ask", "end-involvement", "incident", "note", "people", "places", "plan", "tick-off"})
LEADING = frozenset({"change", "close", "consent", "draw", "invite", "transfer"})
OFFERED = {
    "asb-officer": TOGETHER | LEADING | {"assess", "tie-people"},
    "police-officer": TOGETHER | {"assess", "leave", "tie-people"},
    "housing-officer": TOGETHER | {"assess", "leave"},
    "victim-support": {"ask", "assess"},
    "councillor": set[str](),
}
"""Of a case that the council leads and all these agencies take part in."""


async def around(house: House) -> str:
    """Let agencies of several kinds take part in a case of a councillor's ward; gives its address."""
    address = await with_two(house)
    matter = address.rpartition("/")[2]
    for agency in ("police", "housing", "victim_support"):
        await changed(house.hub, "asb-officer", "inviteToCase", id=matter, agency=agency)
    home = await house.hub.store.read("MATCH (p:Premises) RETURN min(p.premisesId)")
    await changed(house.hub, "asb-officer", "involvePremises", id=matter, premises=home)
    await changed(house.hub, "asb-officer", "addAction", id=matter, text="Read the meter", targetOn="2099-12-01")
    return address


async def offers(visitor: Visitor, address: str) -> set[str]:
    """The forms and the links to forms that a case's pages offer, but for what anybody looks for."""
    case, *below = [await visitor.page(f"{address}{page}") for page in ("", "/risk", "/ground")]
    forms_there = {action for page in (case, *below) for action in forms(page) if action.startswith(address)}
    links = re.findall(rf'href="{address}/(people|places)"', case)
    return {action.rpartition("/")[2] for action in forms_there} | set(links)


def test_of_a_case_is_offered_what_agreements_let_each_do_to_those_of_its_lead(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = await around(house)
        for who, expected in OFFERED.items():
            async with house.visitor(who) as visitor:
                assert await offers(visitor, address) == expected, who
        async with house.visitor("asb-officer") as officer, house.visitor("police-officer") as constable:
            await officer.do(address, "close", reason="It is quiet")
            assert "reopen" in await offers(officer, address)
            assert "reopen" not in await offers(constable, address)

    visit(engine_connection, WARD, HOME, ANN, BEN, story=story)


def test_what_a_councillor_is_not_offered_is_refused_and_what_they_wrote_stays(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = await around(house)
        async with house.visitor("councillor") as councillor, house.visitor("auditor", "AUDIT") as auditor:
            page = await councillor.page(address)
            assert "Nothing that you may do for this purpose." in seen(page)
            assert "Every assessment" in seen(page)
            for below in ("people", "places"):
                looked = await councillor.page(f"{address}/{below}")
                assert seen(looked).endswith("Nothing that you may do for this purpose.")
            seat = hidden(page, "/work/search")
            written = {**seat, "key": "k" * 20, "text": "They moved", "assertionType": "FACT"}
            refused = await councillor.post(f"{address}/note", written)
            assert (refused.status_code, "No agreement in force lets you" in refused.text) == (403, True)
            assert ">They moved</textarea>" in refused.text
            for visitor, is_referring in ((councillor, True), (auditor, False)):
                assert ("/work/refer/submit" in forms(await visitor.page("/work/refer"))) is is_referring
                assert ('href="/work/refer"' in await visitor.page("/work")) is is_referring
                for path in ("/work/cases", "/work/tasks", "/work/team"):
                    assert not {one for one in forms(await visitor.page(path)) if one.startswith(path)}, path

    visit(engine_connection, WARD, HOME, ANN, BEN, story=story)


def test_whom_and_what_a_case_does_not_concern_any_more_is_said(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = await with_two(house)
        ann = await person_id(house.hub, "Ann")
        matter = address.rpartition("/")[2]
        await changed(house.hub, "asb-officer", "involvePerson", id=matter, person=ann, role="VICTIM")
        async with house.visitor("asb-officer") as officer:
            page = (await officer.send(f"{address}/places", f"{address}/places", place="1 Dean")).text
            (place,) = re.findall(r'name="premises" id="\S+" value="(\w+)"', page)
            await officer.post(
                f"{address}/places/place", {**hidden(page, f"{address}/places/place"), "premises": place}
            )
            blank = await officer.send(address, f"{address}/end-involvement", which="")
            assert (blank.status_code, 'id="wrong-end-involvement-which"' in blank.text) == (422, True)

            once = await officer.do(address, "end-involvement", which=f"person {ann} WITNESS", reason="A mix-up")
            assert "Ann Ash Victim Born" in seen(once)
            assert "Involvement ended" in seen(once)
            gone = await officer.do(address, "end-involvement", which=f"person {ann} VICTIM")
            assert "People 1" in seen(gone)
            left = await officer.do(address, "end-involvement", which=f"premises {place}")
            assert "Places None that this purpose shows." in seen(left)

    visit(engine_connection, WARD, ANN, BEN, HOME, story=story)
