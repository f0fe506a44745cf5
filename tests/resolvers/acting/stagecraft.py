"""The same hub on another day, and whatever anybody sends to it in one line."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from graph.change import Stamp
from hub import stamps
from hub.graphql import GraphQLAnswerer
from tests.support.hub import ASB, TestHub

if TYPE_CHECKING:
    from hub.scribe import GraphScribe

REFUSALS = {
    "NotPermitted": "message",
    "NotFound": "path",
    "Conflict": "message",
    "InvalidInput": "fields { path message }",
    "Locked": "message",
}
_keys = count(1)


def on(hub: TestHub, day: str) -> TestHub:
    """The hub on a day, at ten in the morning."""
    means = hub.answerer.means
    scribe = replace(
        cast("GraphScribe", means.scribe), stamp=lambda: Stamp(now=f"{day}T10:00:00Z", chance=stamps.identifier)
    )
    means = replace(means, today=lambda: day, scribe=scribe)
    return replace(hub, answerer=GraphQLAnswerer(means=means, documents=hub.answerer.documents))


async def do(hub: TestHub, who: str, mutation: str, told: str, *, purpose: str = ASB, **given: Any) -> Any:  # noqa: ANN401 - any input
    """Make a change that must be made, and read `told` of what came of it."""
    kind, refusals = asked_for(hub, mutation)
    query = f"mutation($input: {kind}) {{ done: {mutation}(input: $input) {{ __typename {told} {refusals} }} }}"
    given = {"idempotencyKey": f"scene-{next(_keys):06}", **given}
    done = (await hub.data(who, purpose, query, {"input": given}))["done"]
    assert done["__typename"] not in REFUSALS, (who, mutation, done)
    return done


def nodes(connection: Mapping[str, Any]) -> list[Any]:
    return [edge["node"] for edge in connection["edges"]]


def asked_for(hub: TestHub, mutation: str) -> tuple[str, str]:
    """The type of a mutation's input, and what to select of each refusal that it may answer with."""
    root = hub.answerer.means.schema._schema.mutation_type  # noqa: SLF001 - strawberry offers no public way to its graphql-core schema
    assert root is not None
    field = root.fields[mutation]
    names = {type_.name for type_ in getattr(field.type, "of_type", field.type).types}
    refusals = " ".join(f"... on {name} {{ {told} }}" for name, told in REFUSALS.items() if name in names)
    return str(field.args["input"].type), refusals
