"""What people send to do something with referrals, and what they read of them."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from policies.viewer import Principal
from tests.support.hub import ASB, TestHub

ENTRIES = """entries(first: 20, orderBy: NUMBER) { edges { node {
  number kind author authorAgency question reason criteria criteriaVersion questions answers points band
  proposedRoute proposedReason route isOverride services } } }"""
REFERRAL = f"""id reference state version officer headings toldPeople address narrative dueAt triagedAt closedAt route
  services {ENTRIES}
  duplicateOf(first: 5) {{ edges {{ node {{ id }} author madeAt withdrawnBy withdrawnAt }} }}
  duplicates(first: 5) {{ edges {{ node {{ id }} author }} }}
  cases(first: 5) {{ edges {{ node {{ id }} }} }}"""
RESULT = f"""__typename ... on ReferralChanged {{ referral {{ {REFERRAL} }} }}
  ... on NotPermitted {{ message }} ... on NotFound {{ message path }} ... on Conflict {{ message currentVersion }}
  ... on InvalidInput {{ fields {{ path message }} }}"""
ONE = f"query($id: ID!) {{ referral(id: $id) {{ {REFERRAL} }} }}"
CALM = {
    "harm": "none",
    "frequency": "once",
    "targeted": "no_one",
    "vulnerable": "not_known",
    "reported": "first",
    "matter": "incident",
}
AFRAID = {**CALM, "harm": "fear", "frequency": "weekly", "targeted": "household", "reported": "again"}
_keys = count(1)


def mutation(name: str) -> str:
    kind = f"{name[0].upper()}{name[1:]}Input"
    return f"mutation($input: {kind}!) {{ done: {name}(input: $input) {{ {RESULT} }} }}"


def answers(chosen: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"question": question, "answer": answer} for question, answer in chosen.items()]


def judged(chosen: Mapping[str, str] = AFRAID, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    """A judgement by the shipped criteria, which takes the route that they propose for those who are afraid."""
    usual = {"criteria": "asb-triage", "answers": answers(chosen), "route": "ASB_CASE_MANAGEMENT_MEETING"}
    return {**usual, **given}


async def attempt(hub: TestHub, who: str | Principal, name: str, *, purpose: str = ASB, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    """Send a change with a key of its own, unless it is given one, and return what came of it."""
    given = {"idempotencyKey": f"test-triage-{next(_keys)}", **given}
    found: dict[str, Any] = (await hub.data(who, purpose, mutation(name), {"input": given}))["done"]
    return found


async def done(hub: TestHub, who: str | Principal, name: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    """Send a change that must be made, and return the referral."""
    found = await attempt(hub, who, name, **given)
    assert found["__typename"] == "ReferralChanged", found
    referral: dict[str, Any] = found["referral"]
    return referral


async def read(hub: TestHub, who: str, ident: str, purpose: str = ASB) -> Any:  # noqa: ANN401 - a referral, or null
    return (await hub.data(who, purpose, ONE, {"id": ident}))["referral"]


def kinds(referral: Mapping[str, Any]) -> list[str]:
    """What was done, for those who are not told in which order."""
    return sorted(entry["kind"] for entry in entries(referral))


def entries(referral: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in referral["entries"]["edges"]]
