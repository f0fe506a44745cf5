"""A ward in the order of family names, of which an index gives the beginning: with several names, and with none."""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pytest

from graph import sheets
from graph.errors import NodeReplaced
from graph.store import Connection
from tests.resolvers.open_house import open_policies
from tests.resolvers.partnership import IN, OUT, Stage
from tests.resolvers.stage import staged
from tests.support.engine import on_every_engine
from tests.support.scenes import person, write

pytestmark = on_every_engine

RECORDS = {
    "two names": (("Moss", IN), ("Birch", IN), (None, IN)),
    "one name twice": (("Cedar", IN), ("Cedar", IN)),
    "another elsewhere": (("Dale", IN), ("Alder", OUT)),
    "three names": (("Elder", IN), ("Ash", IN), ("Yew", IN)),
    "elsewhere": (("Ash", OUT),),
    **{f"single {name}": ((name, IN),) for name in ("Ash", "Birch", "Fir", "Hazel", "Oak", "Pine", "Rowan", "Willow")},
    "no name": ((None, IN),),
    "no name either": ((None, IN), ("Aspen", OUT)),
}
"""Whose records say which family name, in which ward."""
FIRST = {
    who: min((name for name, ward in records if name and ward == IN), default=None) for who, records in RECORDS.items()
}
"""By which name of the ward each comes first."""
LISTED = """query($ward: String!, $n: Int!, $after: String, $order: PersonOrder!) {
  people(filter: {ward: {eq: $ward}}, orderBy: $order, first: $n, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id givenName } } } }"""


@pytest.fixture(scope="module")
def stage(engine_connection: Connection) -> Iterator[Stage]:
    facts = [
        person(f"council/{at}-{each}", givenName=who, familyName=name, ward=ward, nationalInsuranceNumber=f"QQ{at:06}C")
        for at, (who, records) in enumerate(RECORDS.items(), 123456)
        for each, (name, ward) in enumerate(records)
    ]
    with asyncio.Runner() as runner:
        opened = staged(engine_connection, open_policies())
        hub = runner.run(opened.__aenter__())
        runner.run(write(hub.store, *facts))
        runner.run(hub.watch.refresh(hub.store))
        yield Stage(runner, hub)
        runner.run(opened.__aexit__(None, None, None))


PLAIN = """query($ward: String!, $n: Int!) {
  people(filter: {ward: {eq: $ward}}, orderBy: FAMILY_NAME, first: $n) {
    pageInfo { hasNextPage } edges { node { givenName records { id familyName } } } } }"""


def page(stage: Stage, size: int, after: str | None = None, order: str = "FAMILY_NAME") -> Any:  # noqa: ANN401 - as asked
    return stage.data(LISTED, ward=IN, n=size, after=after, order=order)["people"]


def nodes(read: dict[str, Any]) -> list[dict[str, str]]:
    return [edge["node"] for edge in read["edges"]]


def test_each_comes_once_by_the_first_name_of_the_ward_and_without_one_last(stage: Stage) -> None:
    whole = page(stage, 1_000)
    people = [one["givenName"] for one in nodes(whole)]
    assert sorted(people) == sorted(who for who, records in RECORDS.items() if IN in {ward for _, ward in records})
    assert [FIRST[who] for who in people] == sorted((FIRST[who] for who in people), key=lambda name: name or "~")
    assert all(
        one["id"] < other["id"]
        for one, other in pairwise(nodes(whole))
        if FIRST[one["givenName"]] == FIRST[other["givenName"]]
    )
    assert whole["totalCount"] == len(people)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 11, 12, 13, 14, 15])
@pytest.mark.parametrize("order", ["FAMILY_NAME", "FAMILY_NAME_DESC"])
def test_pages_of_any_size_make_the_whole(stage: Stage, size: int, order: str) -> None:
    whole, found, after = page(stage, 1_000, order=order), [], None
    while True:
        read = page(stage, size, after, order)
        found += read["edges"]
        after = read["pageInfo"]["endCursor"]
        if not read["pageInfo"]["hasNextPage"]:
            break
    assert found == whole["edges"]


def test_a_ward_in_the_order_of_ids_has_those_without_a_name(stage: Stage) -> None:
    by_id, by_name = page(stage, 1_000, order="ID"), page(stage, 1_000)
    assert sorted(one["id"] for one in nodes(by_name)) == [one["id"] for one in nodes(by_id)]


@pytest.mark.parametrize("size", range(1, 16))
def test_without_cursors_the_same_people_come_in_the_same_order_with_each_record_once(stage: Stage, size: int) -> None:
    found = stage.ask(PLAIN, ward=IN, n=size)
    whole, read = nodes(page(stage, 1_000)), found["data"]["people"]
    told = [edge["node"] for edge in read["edges"]]
    assert [one["givenName"] for one in told] == [one["givenName"] for one in whole[:size]]
    assert read["pageInfo"]["hasNextPage"] == (len(whole) > size)
    for one in told:
        assert sorted(str(record["familyName"]) for record in one["records"]) == sorted(
            str(name) for name, _ in RECORDS[one["givenName"]]
        )
        assert len({record["id"] for record in one["records"]}) == len(one["records"])


def test_a_page_of_which_the_index_has_the_whole_is_one_statement(stage: Stage) -> None:
    asked = {size: stage.ask(PLAIN, ward=IN, n=size)["extensions"]["statements"] for size in (3, 1_000)}
    assert asked == {3: 1, 1_000: 2}


def test_what_is_read_again_is_not_counted_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """How often the hub looked would tell that something changed, or that a row came back that is hidden."""
    torn = iter([True])
    read = sheets.all_values

    def values(texts: Sequence[str | None]) -> list[list[Any]]:
        if next(torn, False):
            raise NodeReplaced("for once")
        return read(texts)

    monkeypatch.setattr(sheets, "all_values", values)
    assert stage.ask(PLAIN, ward=IN, n=1_000)["extensions"]["statements"] == 2
    assert next(torn, None) is None, "it was read again"
