"""Connections below a node: narrowed, ordered and paged as lists are, in the one statement of their root."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLObjectType, get_named_type
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.store import Connection
from resolvers.binding import bound_contract
from resolvers.shapes import LISTS, WAYS
from tests.resolvers.open_house import MANY, everything, open_policies
from tests.resolvers.partnership import Stage
from tests.resolvers.stage import staged
from tests.support.scenes import write

CONTRACT = bound_contract()._schema  # noqa: SLF001 - strawberry offers no public way to its graphql-core schema
PAGE = "totalCount pageInfo { hasNextPage endCursor } edges { cursor node { %s } }"
BELOW = "query($id: ID!, $n: Int!, $after: String) {{ node(id: $id) {{ ... on {type} {{ {field} }} }} }}"
CHOSEN = "first: $n, after: $after, orderBy: {order}"


@pytest.fixture(scope="module")
def house(engine_connection: Connection) -> Iterator[Stage]:
    with asyncio.Runner() as runner:
        opened = staged(engine_connection, open_policies())
        hub = runner.run(opened.__aenter__())
        runner.run(write(hub.store, *everything()))
        runner.run(hub.watch.refresh(hub.store))
        yield Stage(runner, hub)
        runner.run(opened.__aexit__(None, None, None))


def orders(type_name: str, field: str) -> list[str]:
    """Every order that a list or connection can be read in."""
    type_ = CONTRACT.type_map[type_name]
    assert isinstance(type_, GraphQLObjectType)
    enum = get_named_type(type_.fields[field].args["orderBy"].type)
    assert isinstance(enum, GraphQLEnumType)
    return list(enum.values)


READ = [(*way, order) for way in WAYS for order in orders(*way)]
LISTED = [("Query", name, order) for name in LISTS if name not in {"people", "importRuns"} for order in orders("Query", name)]


def column(order: str) -> str:
    """The field by which an order orders; the id by default."""
    first, *others = order.removesuffix("_DESC").lower().split("_")
    return first + "".join(other.capitalize() for other in others)


class Reading:
    """Reads one connection of the first thing of a type, or one list."""

    def __init__(self, house: Stage, type_name: str, field: str, order: str) -> None:
        page = f"{field}({CHOSEN.format(order=order)}) {{ {PAGE % column(order)} }}"
        self.house, self.type_name, self.field = house, type_name, field
        self.query = (
            f"query($n: Int!, $after: String) {{ {page} }}"
            if type_name == "Query"
            else BELOW.format(type=type_name, field=page)
        )
        self.order, self.id = order, None if type_name == "Query" else first_id(house, type_name)

    def page(self, first: int, after: str | None = None) -> Any:  # noqa: ANN401 - a connection
        data = self.house.data(self.query, id=self.id, n=first, after=after)
        return data[self.field] if self.id is None else data["node"][self.field]


def first_id(house: Stage, type_name: str) -> str:
    """The id of the first thing of a type in the scene, behind which every connection leads somewhere."""
    rows = house.runner.run(house.hub.store.read(FIRST[type_name], {"key": f"{type_name}-0"}))
    return str(rows[0])


FIRST = {
    name: f"MATCH (n:{name} {{key: $key}}) RETURN collect(n.{name.lower()}Id)"
    for name in {near for near, _ in WAYS} - {"Person"}
} | {"Person": "MATCH (:PersonRecord {key: $key})-[:ABOUT]->(p) RETURN collect(p.personId)"}


def test_every_connection_of_the_scene_leads_somewhere(house: Stage) -> None:
    for type_name, field in WAYS:
        assert Reading(house, type_name, field, "ID").page(50)["totalCount"] >= MANY - 1, (type_name, field)


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(READ + LISTED), st.integers(1, 5))
def test_walking_all_pages_meets_everything_once_and_in_order(house: Stage, what: tuple[str, str, str], size: int) -> None:
    reading = Reading(house, *what)
    whole = reading.page(100)
    values = [edge["node"][column(reading.order)] for edge in whole["edges"]]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=reading.order.endswith("_DESC"))
    assert values == known + [None] * (len(values) - len(known))
    assert whole["totalCount"] == len(values)
    walked, after = [], None
    while True:
        page = reading.page(size, after)
        walked += page["edges"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        assert len(page["edges"]) == size
        assert after == page["edges"][-1]["cursor"]
    assert walked == whole["edges"]
