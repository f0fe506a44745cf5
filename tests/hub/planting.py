"""Marked values for every path of the application, and for every change of the contract: whatever is added is in them.

Nothing here knows what a path is for. Each is sent what it may take, and what it cannot.
"""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    build_schema,
)
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from hub.app import create_app
from hub.assembly import assembled
from hub.services import open_ready
from hub.settings import Settings
from hub.work.repertoire import ACTS
from resolvers.binding import bound_contract

FITTING: Mapping[str, object] = {
    "Int": 1,
    "Float": 1.0,
    "Boolean": True,
    "Date": "2026-12-01",
    "GeoJSON": {"type": "Point", "coordinates": [-0.1337, 51.5136]},
}
"""What each scalar takes that is no text."""
_keys = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request with marks wherever there is room for one."""

    method: str
    path: str
    body: str | Mapping[str, object] | None = None


async def _routes(variables: Mapping[str, str]) -> list[BaseRoute]:
    settings = Settings.read(variables)
    async with open_ready(settings) as services, assembled(settings, services) as parts:
        return list(create_app(parts).routes)


def routes(variables: Mapping[str, str]) -> list[BaseRoute]:
    """The routes of the application that a hub with these settings serves, of which nothing is left out."""
    found = asyncio.run(_routes(variables))
    unknown = [route for route in found if not isinstance(route, Route | Mount | WebSocketRoute)]
    assert not unknown, f"nothing is planted in {unknown}"
    return found


def requests(found: list[BaseRoute], mark: str, seat: str, fields: Mapping[str, object]) -> Iterator[Sent]:
    """Requests to all that is asked over HTTP: `fields` are sent as JSON, and as a form with all that acts read."""
    texts = {name: mark for act in ACTS for name in (*act.wanted, *act.chosen, *act.optional)}
    form = {"seat": seat, "version": "1", "heading.0": mark, "describedPeople.0.familyName": mark, mark: mark, **texts}
    for route in found:
        if isinstance(route, WebSocketRoute):
            continue
        assert isinstance(route, Route | Mount)
        path = (
            f"{route.path.replace('{rest:path}', mark).replace('{id}', mark)}{'' if isinstance(route, Route) else mark}"
        )
        for method in sorted(getattr(route, "methods", {"GET"}) - {"HEAD"}):
            yield Sent(method=method, path=f"{path}?{urlencode({mark: mark, 'done': mark, 'q': mark})}")
            if method == "POST":
                yield Sent(method=method, path=path, body=urlencode({**form, "key": f"planted-form-{next(_keys)}"}))
                yield Sent(method=method, path=path, body=fields)
                yield Sent(method=method, path=path, body={**fields, mark: mark})


def changes(mark: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Every mutation of the contract, with marks where a text fits; and again with marks where none does."""
    contract = build_schema(bound_contract().as_str(), assume_valid=True)
    assert contract.mutation_type is not None
    for name, change in contract.mutation_type.fields.items():
        declared = ", ".join(f"${one}: {argument.type}" for one, argument in change.args.items())
        given = ", ".join(f"{one}: ${one}" for one in change.args)
        query = f"mutation({declared}) {{ done: {name}({given}) {{ __typename }} }}"
        for fitting in (FITTING, {}):
            yield query, {one: _planted(argument.type, mark, fitting) for one, argument in change.args.items()}


def _planted(kind: GraphQLInputType, mark: str, fitting: Mapping[str, object]) -> object:
    match kind:
        case GraphQLNonNull():
            return _planted(kind.of_type, mark, fitting)
        case GraphQLList():
            return [_planted(kind.of_type, mark, fitting)]
        case GraphQLInputObjectType():
            marked = {name: _planted(field.type, mark, fitting) for name, field in kind.fields.items()}
            return marked | {"idempotencyKey": f"{mark}-{next(_keys)}"} if "idempotencyKey" in marked else marked
        case GraphQLEnumType():
            return next(iter(kind.values)) if fitting else mark
        case GraphQLScalarType():
            return fitting.get(kind.name, mark)
    raise AssertionError(f"nothing is planted in {kind}")
