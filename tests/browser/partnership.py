"""What people of the demo's small partnership did before anybody opens a browser."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from tests.docs.house import House
from tests.support.hub import ASB

CASE, GANG = "ASB-TEST-1", "OP-TEST-1"
HOSTILE = "<script>document.title = 'broken'</script> & \N{FIRE} <b>bold</b>"
FAMILY = '{ people(filter: {familyName: {eq: "Adeyemi-Hart"}}, first: 9) { edges { node { id givenName } } } }'
RESULTS = {
    "OpenCaseInput": "... on CaseChanged { case { id } }",
    "InvolvePersonInput": "... on CaseChanged { case { id } }",
    "InviteToCaseInput": "... on CaseChanged { case { id } }",
    "SendTaskInput": "... on TaskChanged { task { id } }",
    "SubmitReferralInput": "... on ReferralSubmitted { referral { id reference } }",
    "TakeReferralInput": "... on ReferralChanged { referral { id } }",
}
_keys = count(1)


def do(house: House, who: str, mutation: str, **given: object) -> Mapping[str, Any]:
    """Send a change that must be made, and return what it is upon."""
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    query = f"mutation($input: {kind}!) {{ done: {mutation}(input: $input) {{ __typename {RESULTS[kind]} }} }}"
    variables = {"input": {"idempotencyKey": f"browser-{next(_keys)}", **given}}
    done = house.ask(who, ASB, query, variables)["data"]["done"]
    (thing,) = (value for name, value in done.items() if name != "__typename")
    found: Mapping[str, Any] = thing
    return found


def begin(house: House) -> None:
    """Open a case of council and landlord with a task in it, refer something, and bring a father into a gang case."""
    people = house.ask("police-officer", ASB, FAMILY, {})["data"]["people"]["edges"]
    father = next(edge["node"]["id"] for edge in people if edge["node"]["givenName"] == "Daniel")
    gang = do(house, "police-officer", "openCase", caseType="GANG", reference=GANG, sensitivity="OFFICIAL_SENSITIVE")
    do(house, "police-officer", "involvePerson", id=gang["id"], person=father, role="PERPETRATOR")
    noise = do(house, "asb-officer", "openCase", caseType="NOISE", reference=CASE, summary=HOSTILE)
    do(house, "asb-officer", "inviteToCase", id=noise["id"], agency="housing")
    do(house, "asb-officer", "involvePerson", id=noise["id"], person=father, role="COMPLAINANT")
    asked = {"agency": "housing", "text": "Please visit", "targetOn": "2099-12-01", "case": noise["id"]}
    do(house, "asb-officer", "sendTask", title="Visit the tenant", **asked)
    do(house, "asb-officer", "sendTask", title=f"Ask {HOSTILE}"[:100], **asked)
    do(
        house,
        "councillor",
        "submitReferral",
        source="COUNCILLOR_FOR_CONSTITUENT",
        concerns=[{"heading": "NOISE", "qualifier": "NUISANCE"}],
        narrative="Loud music most nights.",
        toldPeople=[HOSTILE],
        hasConsent=True,
    )
