"""Every filter and every order of the contract keeps its guard: what is withheld neither matches nor orders."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    OperationDefinitionNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
    parse,
)

from graph.plan import Behind, Comparison, Guard, Where
from policies.classes import FactClass
from policies.engine import compile_engine
from policies.view import Snapshot
from policies.viewer import Viewer
from policies.vocabulary import Purpose, Sensitivity
from resolvers.binding import bound_contract
from resolvers.filters import filter_of
from resolvers.orders import order_of
from resolvers.planning import Planner
from resolvers.selection import Selected, Selection
from resolvers.shapes import LISTS, WAYS
from schema.catalogue import catalogue
from tests.resolvers.open_house import open_policies
from tests.support.hub import DAY, PEOPLE, SEAL, SECRET

CONTRACT = bound_contract()._schema  # noqa: SLF001 - strawberry offers no public way to its graphql-core schema
OPERANDS = {"Boolean": True, "Int": 4, "PartialDate": "2024-01-05", "DateTime": "2026-11-24T09:00:00Z"}
JOINED = {"and", "or", "not"}
TOLD_WITH_THE_RECORD = {"knownTo"}
PLACES = [
    *(("Query", name, kind.value, None) for name, kind in LISTS.items()),
    ("Query", "agreements", "Agreement", None),
    *((near, name, way.target.value, way.link.value) for (near, name), way in WAYS.items()),
]
"""Where filters and orders stand: type, field, the type that they are about, and the link."""
CLASSES = frozenset(
    str(
        FactClass(
            type=name,
            owner="council",
            dataset="council-asb-people",
            sensitivity=Sensitivity.OFFICIAL,
            marked=frozenset(),
            protections=frozenset(),
        )
    )
    for name in catalogue().types
)


def planner(*, pointers: bool) -> Planner:
    """Plan for somebody who sees everything, or of everything that it is there."""
    document = parse("{ me { subject } }")
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    selection = Selection.of(CONTRACT, document, operation, {})
    assert selection is not None
    engine = compile_engine(open_policies(pointers=pointers), catalogue())
    viewer = Viewer(principal=PEOPLE["asb-officer"], purpose=Purpose.ASB_PREVENTION, day=DAY)
    snapshot = Snapshot(engine, CLASSES)
    return Planner(snapshot=snapshot, viewer=viewer.cls, day=DAY, selection=selection, cursor_secret=SECRET, seal=SEAL)


@pytest.fixture(scope="module")
def seeing() -> Planner:
    return planner(pointers=False)


@pytest.fixture(scope="module")
def blind() -> Planner:
    return planner(pointers=True)


def chosen(place: tuple[str, str, str, str | None], **arguments: Any) -> Selected:  # noqa: ANN401 - any argument
    """Select a list or connection with arguments."""
    near, name, _, _ = place
    type_ = CONTRACT.type_map[near]
    assert isinstance(type_, GraphQLObjectType)
    return Selected(key=name, name=name, arguments=arguments, definition=type_.fields[name], details=[])


def operand(type_: Any) -> Any:  # noqa: ANN401 - a type and a value of it
    named = get_named_type(type_)
    value = named.parse_value(next(iter(named.values))) if isinstance(named, GraphQLEnumType) else None
    value = OPERANDS.get(named.name, "2024-01") if value is None else value
    return [value] if is_list_type(get_nullable_type(type_)) else value


def filters(input_: GraphQLInputObjectType) -> Iterator[dict[str, Any]]:
    """Give every comparison that an input can make, each alone and under `not`."""
    for name, field in input_.fields.items():
        type_ = get_named_type(field.type)
        if name in JOINED:
            continue
        if not isinstance(type_, GraphQLInputObjectType):
            alone = [{name: operand(field.type)}]
        elif set(type_.fields) >= JOINED:
            alone = [{name: below} for below in filters(type_)]
        else:
            alone = [{name: {how: operand(one.type)}} for how, one in type_.fields.items()]
        for one in alone:
            yield one
            yield {"not": one}


def guards(where: Where) -> list[Guard]:
    """The guards of all comparisons."""
    if isinstance(where, Comparison):
        return [where.guard]
    if isinstance(where, Behind):
        return guards(where.where) + (guards(where.unlike) if where.unlike is not None else [])
    return [guard for part in where.parts for guard in guards(part)]


def cases(place: tuple[str, str, str, str | None], argument: str) -> list[dict[str, Any]]:
    definition = chosen(place).definition
    assert definition is not None
    if argument not in definition.args:
        return []
    input_ = get_named_type(definition.args[argument].type)
    assert isinstance(input_, GraphQLInputObjectType)
    return list(filters(input_))


@pytest.mark.parametrize("place", PLACES)
def test_every_comparison_lets_through_only_what_shows_its_field(
    seeing: Planner, blind: Planner, place: tuple[str, str, str, str | None]
) -> None:
    _, _, target, link = place
    for argument, type_name in (("filter", target), ("edge", link)):
        for given in cases(place, argument):
            selected = chosen(place, **{argument: given})
            shown, hidden = (filter_of(one, selected, type_name or "", argument) for one in (seeing, blind))
            assert shown is not None
            assert hidden is not None
            assert guards(shown), given
            assert all(any(guard.sets) for guard in guards(shown)), given
            if not TOLD_WITH_THE_RECORD & set(given.get("not", given)):
                assert not any(any(guard.sets) for guard in guards(hidden)), given


@pytest.mark.parametrize("place", PLACES)
def test_every_order_orders_by_what_is_shown_in_full(
    seeing: Planner, blind: Planner, place: tuple[str, str, str, str | None]
) -> None:
    definition = chosen(place).definition
    assert definition is not None
    enum = get_named_type(definition.args["orderBy"].type)
    assert isinstance(enum, GraphQLEnumType)
    for word in enum.values:
        selected = chosen(place, orderBy=enum.parse_value(word))
        shown, hidden = (order_of(one, selected, place[2]) for one in (seeing, blind))
        if word == "ID":
            assert shown is hidden is None
            continue
        assert shown is not None
        assert hidden is not None
        assert any(shown.guard.sets), word
        assert not any(hidden.guard.sets), word
        assert shown.is_descending is word.endswith("_DESC")
        assert f"{place[2]}.{shown.column}" in seeing.compared
