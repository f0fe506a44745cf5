"""What the forms do: one change each, once however often it is sent, or a refusal in place with nothing lost."""

import asyncio
import re

from graph.errors import GraphUnavailable
from graph.store import Connection
from hub.answers import Answer, GraphQLRequest
from hub.work.repertoire import ACTS
from policies.viewer import Principal
from tests.hub.work.visiting import URLENCODED, House, forms, hidden, raised, seen, visit
from tests.resolvers.acting import taskwork
from tests.resolvers.acting.casework import changed, opened
from tests.resolvers.acting.test_alerts import FACTS, SAFETY
from tests.resolvers.acting.test_referrals import ANN, GHOST, WARD, person_id, pin, submitted
from tests.support.hub import ASB
from tests.support.scenes import case

NO_FORMS = {
    "another media type": (b'{"text": "x"}', "application/json", 415),
    "too long": (b"text=" + b"x" * 1_100_000, URLENCODED, 413),
    "not text": (b"text=%ff%fe", URLENCODED, 400),
    "too many fields": (b"&".join(b"a=%d" % at for at in range(300)), URLENCODED, 400),
}
ANYTHING = {
    "key": "k" * 20,
    "seat": f"victim-support victim_support {ASB}",
    "version": "1",
    **dict.fromkeys(("text", "reason", "question", "title", "summary"), "Mine"),
    "agency": "housing",
    "assertionType": "FACT",
    "caseType": "NOISE",
    "targetOn": "2026-12-01",
    "criteria": "asb-triage",
    "route": "POLICE",
    "action": "act_0",
    "outcome": "Mine",
    "isGiven": "yes",
    "heading": "NOISE",
    "qualifier": "NUISANCE",
    "happenedOn": "2026-11-20",
    "premises": "prm_0",
    "footprint": '{"type": "Polygon", "coordinates": []}',
    "template": "asb-victim",
    "person": "per_0",
    "other": "per_1",
    "role": "WITNESS",
    "tie": "SIBLING_OF",
    "which": "SIBLING_OF per_1",
}
OF_ITS_OWN = {"end-involvement": {"which": "person per_1"}}
IMPORTED = case("council/ASB-1", "council", caseType="NOISE")


def test_a_case_is_worked_on_from_its_page(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/cases/{(await opened(house.hub))['id']}"
        async with house.visitor("asb-officer") as officer:
            noted = await officer.do(address, "note", text="Drums at 2 am\nagain", assertionType="FACT")
            assert "Your note stands in the case." in noted
            assert "Noted Fact by asb-officer" in seen(noted)
            invited = await officer.do(address, "invite", agency="housing")
            assert "City Council, City Homes" in seen(invited)
            asked = await officer.do(
                address, "ask", agency="housing", title="Visit", text="Please visit", targetOn="2026-12-01"
            )
            assert "Visit Sent, with housing, by 1 December 2026" in seen(asked)
            closed = await officer.do(address, "close", reason="They moved")
            assert "Status Closed" in seen(closed)
            assert "The case is closed" in seen(closed)
            assert "Why They moved" in seen(closed)
            assert {one for one in forms(closed) if one.startswith(address)} == {
                f"{address}/{act}" for act in ("reopen", "note")
            }
            assert "Status Open" in seen(await officer.do(address, "reopen", reason="They came back"))

    visit(engine_connection, story=story)


def test_what_is_to_be_done_in_a_case_is_planned_and_ticked_off(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/cases/{(await opened(house.hub))['id']}"
        async with house.visitor("asb-officer") as officer:
            planned = await officer.do(address, "plan", text="Fit a lock", targetOn="2026-12-01", agency="council")
            assert "To be done 1 Fit a lock Open, council, by 1 December 2026" in seen(planned)
            (action,) = re.findall(r'<option value="(act_\w+)">Fit a lock</option>', planned)
            done = await officer.do(address, "tick-off", action=action, outcome="Fitted on Monday")
            assert "To be done 0 Fit a lock Finished, council, by 1 December 2026 Fitted on Monday" in seen(done)

    visit(engine_connection, story=story)


def test_somebody_is_looked_for_and_involved_in_a_case(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/cases/{(await opened(house.hub))['id']}"
        async with house.visitor("asb-officer") as officer:
            assert f'href="{address}/people"' in await officer.page(address)
            search = f"{address}/people"
            assert "Found" not in seen(await officer.page(search))
            assert "Nobody of this name" in seen((await officer.send(search, search, name="Nobody")).text)
            page = (await officer.send(search, search, name="Ash")).text
            (person,) = re.findall(r'name="person" id="\S+" value="(per_\w+)"', page)
            fields = {**hidden(page, f"{search}/involve"), "person": person}
            refused = await officer.post(f"{search}/involve", {**fields, "role": ""})
            assert (refused.status_code, refused.text.count(" checked")) == (422, 1)
            assert "Wanted is one that is chosen" in refused.text
            involved = await officer.post(f"{search}/involve", {**fields, "role": "WITNESS"})
            assert "Ann Ash Witness" in seen(await officer.page(involved.headers["location"]))

    visit(engine_connection, ANN, story=story)


def test_another_agency_leads_a_case_and_asks_again_for_consent(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        made = await opened(house.hub)
        address = f"/work/cases/{made['id']}"
        await changed(house.hub, "asb-officer", "inviteToCase", id=made["id"], agency="police")
        async with house.visitor("asb-officer") as officer, house.visitor("police-officer") as constable:
            assert "Led by council" in seen(await officer.page(address))
            await officer.do(address, "transfer", agency="police", reason="It is a crime")
            page = await constable.page(address)
            assert "Led by police Consent To confirm" in seen(page)
            fields = {**hidden(page, f"{address}/consent"), "text": "Asked at the door"}
            neither = await constable.post(f"{address}/consent", fields)
            assert (neither.status_code, "Wanted is one that is yes or no" in neither.text) == (422, True)
            assert "Consent Refused" in seen(await constable.do(address, "consent", isGiven="no", text="Asked"))

    visit(engine_connection, story=story)


def test_agencies_join_and_leave(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        made = await opened(house.hub)
        address = f"/work/cases/{made['id']}"
        await changed(house.hub, "asb-officer", "inviteToCase", id=made["id"], agency="housing")
        async with house.visitor("housing-officer") as landlord:
            answer = await landlord.send(address, f"{address}/leave")
            assert answer.headers["location"] == "/work/cases?done=case.leave"
            assert "takes no part in the case any more" in await landlord.page(answer.headers["location"])
            await landlord.page(address, 404)

    visit(engine_connection, story=story)


def test_a_task_is_accepted_answered_handed_on_and_finished_from_its_page(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/tasks/{(await taskwork.sent(house.hub))['id']}"
        async with house.visitor("housing-officer") as landlord:
            assert "With housing-officer, housing" in seen(await landlord.do(address, "accept"))
            handed = await landlord.do(address, "hand-on", agency="housing", person="colleague", reason="Their patch")
            assert "Handed on by housing-officer, housing, to colleague, housing Their patch" in seen(handed)
            assert "Status Answered" in seen(await landlord.do(address, "answer", text="Nobody lives there"))
            over = await landlord.do(address, "finish")
            assert "The task is finished." in over
            assert "The task is finished." in seen(await landlord.page(address))

    visit(engine_connection, story=story)


def test_a_referral_is_triaged_asked_about_and_followed_in_a_case_from_its_page(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/referrals/{(await submitted(house.hub, 'housing-officer'))['referral']['id']}"
        async with house.visitor("asb-officer") as officer, house.visitor("housing-officer") as landlord:
            assert "State More info" in seen(await officer.do(address, "return", question="Since when?"))
            assert "Since when?" in seen(await landlord.page(address))
            answered = await landlord.do(address, "reply", text="Since August")
            assert "Your answer was added to the referral." in answered
            assert "Since August" in seen(await officer.page(address))

            page = await officer.page(address)
            judged = dict(re.findall(r'name="(answers\.\w+)" id="\S+" value="(\w+)"', page))
            fields = {**hidden(page, f"{address}/triage"), **judged, "route": "MARAC", "services.victim_support": "on"}
            refused = await officer.post(f"{address}/triage", {**fields, "route": "NO_FURTHER_ACTION"})
            assert refused.status_code == 422
            assert "says why another route than the proposed one is taken" in seen(refused.text)
            assert refused.text.count(" checked") == len(judged) + 1, "what was answered stays"
            lost = await officer.post(f"{address}/triage", fields)
            told = re.findall(r'name="services\.(\w+)"[^>]* checked( data-ticked)?', lost.text)
            assert told == [("police", " data-ticked"), ("victim_support", "")], "the route's stand beside one's own"
            assert "Marac: tells City Police and Victim Support City" in lost.text
            assert "Other service: tells whom you tick" in lost.text
            again = {**fields, **hidden(refused.text, f"{address}/triage"), "reason": "They know each other"}
            assert (await officer.post(f"{address}/triage", again)).status_code == 303
            triaged = seen(await officer.page(address))
            assert "State Routed" in triaged
            assert "Marac, and to police, victim_support not as proposed" in triaged

            opened_case = await officer.send(address, f"{address}/case", caseType="NOISE", summary="Drums")
            case_page = seen(await officer.page(opened_case.headers["location"]))
            assert "The case is open." in case_page
            assert "Summary Drums" in case_page
            assert "Case Case" in seen(await officer.page(address))

    visit(engine_connection, story=story)


def test_a_referral_of_the_same_matter_as_another_is_put_with_it_and_taken_up_again(
    engine_connection: Connection,
) -> None:
    async def story(house: House) -> None:
        earlier, later = [(await submitted(house.hub, "housing-officer", pin=pin()))["referral"] for _ in range(2)]
        address = f"/work/referrals/{later['id']}"
        async with house.visitor("asb-officer") as officer:
            assert "Perhaps the same matter 1" in seen(await officer.page(address))
            same = await officer.do(address, "duplicate", of=earlier["id"], reason="The same evening")
            assert f"Followed as {earlier['reference']}" in seen(same)
            again = seen(await officer.do(address, "look-again", reason="Another evening after all"))
            assert "State Received" in again
            assert "Followed as" not in again

    visit(engine_connection, WARD, story=story)


def test_a_case_is_opened_from_the_list_of_cases(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            answer = await officer.send("/work/cases", "/work/cases/open", caseType="NOISE", reference="ASB-9")
            assert "ASB-9 Noise" in seen(await officer.page(answer.headers["location"]))
            refused = await officer.send("/work/cases", "/work/cases/open", caseType=" ", reference="ASB-10")
            assert refused.status_code == 422
            assert 'value="ASB-10"' in refused.text

    visit(engine_connection, story=story)


def test_a_task_is_sent_from_the_list_of_tasks(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("police-officer") as constable:
            fields = {"agency": "housing", "person": "housing-officer", "title": "Call", "text": "Call me"}
            past = await constable.send("/work/tasks", "/work/tasks/send", **fields, targetOn="2026-11-01")
            assert past.status_code == 422
            assert "wanted is one that is today or later" in seen(past.text)
            fields |= hidden(past.text, "/work/tasks/send")
            sent = await constable.post("/work/tasks/send", {**fields, "targetOn": "2026-12-01"})
            assert "With housing-officer, housing" in seen(await constable.page(sent.headers["location"]))

    visit(engine_connection, story=story)


def test_what_the_hub_could_not_answer_is_sent_again_and_done_once(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/cases/{(await opened(house.hub))['id']}"

        async def done_but_not_told(request: GraphQLRequest, principal: Principal, purpose: str | None) -> Answer:
            answer = await house.hub.answerer(request, principal, purpose)
            if request.query.startswith("mutation"):
                raise GraphUnavailable("the graph went away just then")
            return answer

        async with house.visitor("asb-officer") as officer:
            async with house.visitor("asb-officer", answerer=done_but_not_told) as unlucky:
                answer = await unlucky.send(address, f"{address}/note", text="Kept <safe>", assertionType="FACT")
                assert answer.status_code == 503
                assert "Send again" in answer.text
            again = await officer.post(f"{address}/note", hidden(answer.text, f"{address}/note"))
            assert again.status_code == 303
            assert seen(await officer.page(address)).count("Kept <safe>") == 1

    visit(engine_connection, story=story)


def test_what_the_contract_does_not_take_is_refused_in_place(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/cases/{(await opened(house.hub))['id']}"
        async with house.visitor("asb-officer") as officer:
            answer = await officer.send(address, f"{address}/note", text="Never lost", assertionType="RUMOUR")
            assert answer.status_code == 400
            assert "Never lost</textarea>" in answer.text

    visit(engine_connection, story=story)


def test_the_recipient_acknowledges_an_alert(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        await raised(house)
        async with house.visitor("safeguarding-lead", SAFETY) as lead:
            (action,) = [one for one in forms(await lead.page("/work/alerts")) if one.endswith("/acknowledge")]
            answer = await lead.send("/work/alerts", action)
            page = seen(await lead.page(answer.headers["location"]))
            assert "To be acknowledged 0" in page
            assert "Acknowledged by safeguarding-lead" in page

    visit(engine_connection, *FACTS, story=story)


def test_a_form_that_is_sent_twice_makes_one_change(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/cases/{(await opened(house.hub))['id']}"
        async with house.visitor("asb-officer") as officer:
            fields = hidden(await officer.page(address), f"{address}/note")
            fields |= {"text": "Only once", "assertionType": "FACT"}
            answers = await asyncio.gather(*(officer.post(f"{address}/note", fields) for _ in range(3)))
            assert {answer.status_code for answer in answers} == {303}
            assert seen(await officer.page(address)).count("Only once") == 1
            other = await officer.post(f"{address}/note", {**fields, "text": "Something else"})
            assert other.status_code == 422
            assert "was given for another change" in seen(other.text)
            again = hidden(other.text, f"{address}/note")
            assert again["key"] != fields["key"]

    visit(engine_connection, story=story)


def test_a_refusal_stands_in_place_and_keeps_what_was_written(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        made = await opened(house.hub)
        address = f"/work/cases/{made['id']}"
        async with house.visitor("asb-officer") as officer:
            page = await officer.page(address)
            blank = await officer.post(
                f"{address}/note", {**hidden(page, f"{address}/note"), "text": "  ", "assertionType": "OPINION"}
            )
            assert blank.status_code == 422
            assert '<a href="#note-text">Text</a>: wanted is one that is not blank' in blank.text
            assert '<option value="OPINION" selected>' in blank.text
            assert f'data-address="{address}"' in blank.text, "where scripts ask for the page again"
            assert 'aria-invalid="true" aria-describedby="wrong-note-text"' in blank.text

            await changed(house.hub, "asb-officer", "changeCase", id=made["id"], version=made["version"], summary="x")
            stale = await officer.post(
                f"{address}/close", {**hidden(page, f"{address}/close"), "reason": "They <moved>"}
            )
            assert stale.status_code == 409
            assert "The case has changed since you read it." in seen(stale.text)
            assert ">They &lt;moved&gt;</textarea>" in stale.text
            again = await officer.post(
                f"{address}/close", {**hidden(stale.text, f"{address}/close"), "reason": "They moved"}
            )
            assert again.status_code == 303

    visit(engine_connection, story=story)


def test_what_no_agreement_permits_and_what_is_kept_elsewhere_is_said(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        found = await house.hub.data("asb-officer", ASB, "{ cases(first: 1) { edges { node { id } } } }")
        address = f"/work/cases/{found['cases']['edges'][0]['node']['id']}"
        async with house.visitor("asb-officer") as officer, house.visitor("police-officer") as constable:
            locked = await officer.send(address, f"{address}/invite", agency="police")
            assert (locked.status_code, "Its agency keeps it" in locked.text) == (423, True)
            refused = await constable.send(address, f"{address}/join")
            assert (refused.status_code, "No agreement in force lets you" in refused.text) == (403, True)

    visit(engine_connection, IMPORTED, story=story)


def test_doing_something_to_what_is_hidden_and_to_what_is_not_there_is_answered_alike(
    engine_connection: Connection,
) -> None:
    async def story(house: House) -> None:
        hidden_ones = {
            "task": (await taskwork.sent(house.hub, "police-officer", agency="council"))["id"],
            "case": (await opened(house.hub, "police-officer", sensitivity="OFFICIAL_SENSITIVE"))["id"],
            "referral": (await submitted(house.hub, "housing-officer"))["referral"]["id"],
            "person": await person_id(house.hub, "Gus"),
        }
        async with house.visitor("victim-support") as caseworker:
            for act in ACTS:
                if act.page.thing is None:
                    continue
                there, answers = hidden_ones[act.page.thing], set()
                for one in (there, there[:-3] + "000"):
                    action = f"/work{act.path.format(id=one)}"
                    answer = await caseworker.post(action, {**ANYTHING, **OF_ITS_OWN.get(act.name, {}), "of": there})
                    answers.add((answer.status_code, answer.text))
                assert len(answers) == 1, act.name
                assert answers.pop()[0] == 404, act.name

    visit(engine_connection, GHOST, story=story)


def test_a_form_is_for_whom_it_was_shown_to_and_for_what(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        address = f"/work/cases/{(await opened(house.hub))['id']}"
        async with house.visitor("asb-officer") as officer:
            fields = hidden(await officer.page(address), f"{address}/note")
            fields |= {"text": "Who says so?", "assertionType": "FACT"}
            await officer.post("/work/purpose", {"purpose": "CRIME_PREVENTION"})
            for seat in ({}, {"seat": ""}, {"seat": "police-officer police ASB_PREVENTION"}):
                answer = await officer.post(f"{address}/note", {**fields, **seat})
                assert answer.status_code == 409
                assert "somebody else has signed in here, or for another purpose" in seen(answer.text)
                looked_for = await officer.post("/work/search", {"text": "Ash", **seat})
                assert (looked_for.status_code, "Ash" in looked_for.text) == (409, False)
            await officer.post("/work/purpose", {"purpose": ASB})
            assert "Who says so?" not in await officer.page(address)

    visit(engine_connection, story=story)


def test_what_is_no_form_is_refused(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            for what, (content, media, status) in NO_FORMS.items():
                headers = {"Content-Type": media}
                answer = await officer.client.post("/work/cases/case_0/note", content=content, headers=headers)
                assert answer.status_code == status, what
            for version in ("", "one", "-1", "1" * 20):
                fields = {"key": "k" * 20, "seat": f"asb-officer council {ASB}", "version": version, "reason": "x"}
                answer = await officer.post("/work/cases/case_0/close", fields)
                assert (answer.status_code, "names no version" in answer.text) == (400, True), version

    visit(engine_connection, story=story)
