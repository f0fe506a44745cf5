"""What was referred is counted: by heading, ward, route, source and week, over what a viewer may count by."""

from collections.abc import Mapping
from typing import Any

import pytest

from graph.store import Connection
from graph.vocabulary import Node
from policies.vocabulary import Protection
from tests.resolvers.acting.test_referrals import FACTS, pin, submitted
from tests.resolvers.acting.triagework import CALM, done, judged
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import thing

BASELINES = """query($from: Date!, $to: Date!) { baselines(from: $from, to: $to) {
  received returned shareReturned triaged medianHoursToTriage
  byHeading { name count } byWard { name count } byRoute { name count } bySource { name count }
  byWeek { name count } } }"""
NOTHING: dict[str, Any] = {
    "received": 0,
    "returned": 0,
    "shareReturned": None,
    "triaged": 0,
    "medianHoursToTriage": None,
    **{name: {} for name in ("byHeading", "byWard", "byRoute", "bySource", "byWeek")},
}


def referral(name: str, received: str, *marks: Protection, **values: Any) -> Any:  # noqa: ANN401 - any values
    usual = {"headings": ["NOISE"], "source": "PARTNER", "state": "RECEIVED", "version": 1, "agencies": ["housing"]}
    return thing(Node.REFERRAL, f"housing/referrals/{name}", *marks, receivedAt=received, **{**usual, **values})


async def counted(hub: TestHub, who: str, first: str, last: str) -> dict[str, Any]:
    found = (await hub.data(who, ASB, BASELINES, {"from": first, "to": last}))["baselines"]
    return {
        name: {one["name"]: one["count"] for one in value} if isinstance(value, list) else value
        for name, value in found.items()
    }


def test_what_was_referred_is_counted_by_what_it_is_and_what_became_of_it(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        found = await counted(hub, "asb-officer", "2026-06-01", "2026-06-14")
        assert found == {
            "received": 4,
            "returned": 1,
            "shareReturned": 0.25,
            "triaged": 3,
            "medianHoursToTriage": 6.0,
            "byHeading": {"BEGGING_VAGRANCY": 1, "NOISE": 4},
            "byWard": {"E05013808": 1, None: 3},
            "byRoute": {"NO_FURTHER_ACTION": 1, "POLICE": 2, None: 1},
            "bySource": {"PARTNER": 3, "PUBLIC": 1},
            "byWeek": {"2026-06-01": 3, "2026-06-08": 1},
        }

    facts = (
        referral(
            "1", "2026-05-31T23:00:00.250Z", triagedAt="2026-06-01T05:00:00.250Z", route="POLICE", ward="E05013808"
        ),
        referral("2", "2026-06-03T10:00:00Z", triagedAt="2026-06-03T11:00:00Z", route="POLICE", source="PUBLIC"),
        referral(
            "3",
            "2026-06-07T22:59:59Z",
            triagedAt="2026-06-09T22:59:59Z",
            route="NO_FURTHER_ACTION",
            returnedAt="2026-06-08T09:00:00Z",
        ),
        referral("4", "2026-06-14T22:59:59Z", headings=["NOISE", "BEGGING_VAGRANCY", "NOISE"]),
        referral("too-early", "2026-05-31T22:59:59Z"),
        referral("too-late", "2026-06-14T23:00:00.250Z"),
    )
    tell(engine_connection, *facts, story=story)


@pytest.mark.parametrize("who", ["councillor", "police-officer", "victim-support", "housing-officer"])
def test_who_may_not_see_all_that_is_counted_counts_nothing(engine_connection: Connection, who: str) -> None:
    async def story(hub: TestHub) -> None:
        found = await counted(hub, who, "2026-06-01", "2026-06-14")
        assert found == NOTHING

    foreign = thing(
        Node.REFERRAL,
        "council/referrals/1",
        receivedAt="2026-06-03T10:00:00Z",
        headings=["NOISE"],
        ward="E05013808",
        source="PARTNER",
    )
    tell(engine_connection, foreign, story=story)


def test_what_a_limit_hides_in_part_is_not_counted_at_all(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        assert await counted(hub, "asb-officer", "2026-06-01", "2026-06-14") == NOTHING

    facts = (
        referral("fled", "2026-06-03T10:00:00Z", Protection.REFUGE, ward="E05013808"),
        referral("covert", "2026-06-03T10:00:00Z", Protection.COVERT),
    )
    tell(engine_connection, *facts, story=story)


def test_whatever_is_done_with_referrals_they_add_up(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        idents = [(await submitted(hub, "housing-officer", pin=pin()))["referral"]["id"] for _ in range(3)]
        await done(hub, "asb-officer", "triageReferral", id=idents[0], version=1, **judged())
        await done(hub, "asb-officer", "returnReferral", id=idents[1], version=1, question="Since when?")
        await done(hub, "housing-officer", "answerReferral", id=idents[1], version=2, text="May")
        await done(hub, "asb-officer", "returnReferral", id=idents[1], version=3, question="Which year?")
        no = judged(CALM, route="NO_FURTHER_ACTION")
        await done(hub, "asb-officer", "triageReferral", id=idents[2], version=1, **no)
        found = await counted(hub, "asb-officer", "2026-01-01", "2027-12-31")
        assert (found["received"], found["returned"], found["triaged"]) == (3, 1, 2)
        assert found["byRoute"] == {"ASB_CASE_MANAGEMENT_MEETING": 1, "NO_FURTHER_ACTION": 1, None: 1}
        assert _sums(found) == {3}

    tell(engine_connection, *FACTS, story=story)


def _sums(found: Mapping[str, Any]) -> set[int]:
    return {sum(found[name].values()) for name in ("byHeading", "byWard", "byRoute", "bySource", "byWeek")}


@pytest.mark.parametrize(
    ("first", "last"), [("2026-06-02", "2026-06-01"), ("2024-01-01", "2026-06-01"), ("June", "2026-06-01")]
)
def test_days_that_cannot_be_are_refused(engine_connection: Connection, first: str, last: str) -> None:
    async def story(hub: TestHub) -> None:
        assert await hub.code("asb-officer", ASB, BASELINES, {"from": first, "to": last}) == "BAD_USER_INPUT"

    tell(engine_connection, story=story)


def test_baselines_take_a_purpose(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        one_day = {"from": "2026-06-01", "to": "2026-06-01"}
        assert await hub.code("asb-officer", None, BASELINES, one_day) == "PURPOSE_REQUIRED"

    tell(engine_connection, story=story)
