"""What people send to change cases, and what they read of them."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from tests.support.hub import ASB, TestHub

RESULT = """
  __typename
  ... on CaseChanged { case { id reference caseType status summary openedOn closedOn closureReason version
    agencies(first: 9) { edges { node { code } } } people(first: 9) { edges { node { id } roles } }
    premises(first: 9) { edges { node { id } } }
    entries(first: 20, orderBy: MADE_AT) { edges { node { kind author text assertionType } } } } }
  ... on NotPermitted { message } ... on NotFound { message path } ... on Locked { message }
  ... on Conflict { message currentVersion } ... on InvalidInput { message fields { path message } }"""
INPUTS = {
    "openCase": "OpenCaseInput",
    "changeCase": "ChangeCaseInput",
    "joinCase": "CaseInput",
    "leaveCase": "CaseInput",
    "inviteToCase": "InviteToCaseInput",
    "involvePerson": "InvolvePersonInput",
    "involvePremises": "InvolvePremisesInput",
    "endInvolvement": "EndInvolvementInput",
    "addNote": "AddNoteInput",
    "addAction": "AddActionInput",
    "finishAction": "FinishActionInput",
    "assessRisk": "AssessRiskInput",
    "setFootprint": "SetFootprintInput",
    "transferLead": "TransferLeadInput",
    "confirmConsent": "ConfirmConsentInput",
    "addIncident": "AddIncidentInput",
    "closeCase": "EndCaseInput",
    "reopenCase": "EndCaseInput",
}
_keys = count(1)


def mutation(name: str, result: str = RESULT) -> str:
    return f"mutation($input: {INPUTS[name]}!) {{ done: {name}(input: $input) {{ {result} }} }}"


async def attempt(hub: TestHub, who: str, name: str, *, purpose: str | None = ASB, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    """Send a change with a key of its own, unless it is given one, and return what came of it."""
    given = {"idempotencyKey": f"test-key-{next(_keys)}", **given}
    found: dict[str, Any] = (await hub.data(who, purpose, mutation(name), {"input": given}))["done"]
    return found


async def changed(hub: TestHub, who: str, name: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    """Send a change that must be made, and return the case."""
    done = await attempt(hub, who, name, **given)
    assert done["__typename"] == "CaseChanged", done
    case: dict[str, Any] = done["case"]
    return case


async def opened(hub: TestHub, who: str = "asb-officer", **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    return await changed(hub, who, "openCase", **{"caseType": "NOISE", "summary": "Drums at night", **given})


def codes(case: Mapping[str, Any]) -> list[str]:
    return sorted(edge["node"]["code"] for edge in case["agencies"]["edges"])


def kinds(case: Mapping[str, Any]) -> list[str]:
    return [edge["node"]["kind"] for edge in case["entries"]["edges"]]
