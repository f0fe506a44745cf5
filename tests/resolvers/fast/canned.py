"""A store that answers plans with made-up rows: what agencies hold, and what no agency should."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

import orjson
import pytest
from graphql import GraphQLEnumType, GraphQLList, GraphQLObjectType, GraphQLSchema, get_named_type, get_nullable_type

from graph.cypher import Statement, render_listing, render_lookup
from graph.errors import GraphUnavailable
from graph.plan import Detail, Given, LinkRead, Listing, Lookup, NodeRead, Timeline, Viewpoint
from graph.sheets import RECORD, SHEETS
from graph.vocabulary import Node
from resolvers.givens import WANTED

PLAN = "plan"
OWNERS = ("council", "police", "housing", "larkhall")
LAST_SEEN = ("2026-11-24T09:00:00Z", "2026-11-23T09:00:00Z", None)
BOUNDARY = '{"type":"Polygon","coordinates":[[[-0.1,51.5],[-0.1,51.6],[-0.2,51.6],[-0.1,51.5]]]}'
ODD: tuple[Any, ...] = (5, -1, 2**31, 2**40, 3.5, 4.0, True, "NO SUCH WORD", "", "5", [], [7, 8], ["é", "x"], {"a": 1})
"""Values that a graph without types could hold under any name."""
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "dateOfBirth": ("1987-03-12", "1987", "198X", "2010-09-03"),
    "postcode": ("W1D 3DH", "SW1A 1AA", "nowhere"),
    "ward": ("E05013808", "E05013792"),
    "boundary": (BOUNDARY,),
}
_NAMES = ("Ann Mary", "Bob", "Čapek", 'a "quoted" name', "line\nbreak", "\U0001f600")
_LISTS = (("KNIFE", "DOG"), ("DOG",), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Canned:
    """Answers each plan with rows that depend on `seed`, the statement and what it is given.

    `size` is how many things stand under a root at the most, `odd` how often a value is none that the contract knows.
    """

    schema: GraphQLSchema
    classes: Mapping[str, tuple[str, ...]]
    seed: int = 0
    size: int = 3
    odd: float = 0.0

    async def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - as the port
        """Answer the plan that stands where a real statement has its parameters."""
        given = dict(parameters or {})
        plan = given.pop(PLAN, None)
        if plan is None:
            raise GraphUnavailable("nothing is made up for what is counted")
        rows = _Rows(self, Random(f"{self.seed} {statement} {sorted(given.items())}"))  # noqa: S311 - made-up data
        return rows.listing(plan) if isinstance(plan, Listing) else rows.lookup(plan, given[WANTED])


@contextmanager
def plans_behind_statements() -> Iterator[None]:
    """Let statements carry the plans that they were rendered from."""

    def listing(plan: Listing, viewpoint: Viewpoint) -> Statement:
        rendered = render_listing(plan, viewpoint)
        return Statement(text=rendered.text, parameters=rendered.parameters | {PLAN: plan})

    def lookup(plan: Lookup, viewpoint: Viewpoint) -> Statement:
        rendered = render_lookup(plan, viewpoint)
        return Statement(text=rendered.text, parameters=rendered.parameters | {PLAN: plan, WANTED: Given(WANTED)})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("resolvers.lists.render_listing", listing)
        patch.setattr("resolvers.operation.render_lookup", lookup)
        yield


class _Rows:
    def __init__(self, canned: Canned, chance: Random) -> None:
        self.canned, self.chance = canned, chance
        self.types = _leaf_types(canned.schema)

    def listing(self, plan: Listing) -> list[Any]:
        many = self._some(plan.first + 1)
        rows = [[None, self.node(plan.node, f"{at:06}")] for at in range(many)]
        return [self._total(many) if plan.count else None, rows]

    def lookup(self, plan: Lookup, asked: Sequence[str]) -> list[Any]:
        found = [wanted for wanted in asked if self.chance.random() < 0.9]
        return [[wanted, self.node(plan.node, wanted)] for wanted in found]

    def node(self, read: NodeRead, ident: str) -> list[Any]:
        links = [self._link(link, ident) for link in read.links]
        if read.node is Node.PERSON:
            records = [self._record(read, ident if at == 0 else f"rec_{at}{ident}") for at in self._one_to(3)]
            holders = [[code, self.node(read.holder, f"age_{code}")] for code in OWNERS] if read.holder else []
            return [ident, records, *links, *map(_nothing_happened, read.timelines), holders]
        details = [self._detail(detail, ident) for detail in read.details]
        head = self._head(ident, read.node.value, read.conditions)
        timelines = map(_nothing_happened, read.timelines)
        sheet = [self._sheet(read.node, {})] if read.has_sheet else []
        return [*head, *sheet, *self._columns(read.columns), *links, *details, *timelines]

    def _record(self, read: NodeRead, ident: str) -> list[Any]:
        source = dict(
            zip(RECORD, (ident, self.chance.choice((1, 3, None)), self.chance.choice(LAST_SEEN)), strict=True)
        )
        return [*self._head(ident, "Person", read.conditions)[1:], self._sheet(read.node, source)]

    def _link(self, read: LinkRead, ident: str) -> list[Any]:
        many = self._some(read.first + 1)
        key = [None] if read.order is not None else []
        prefix = read.target.node.prefix
        rows = [[self._edges(read, at), self.node(read.target, f"{prefix}{at}"), *key] for at in range(many)]
        return [self._total(many) if read.count else None, rows, *([ident] if read.is_anchored else [])]

    def _edges(self, read: LinkRead, at: int) -> list[Any]:
        return [
            [
                *self._head(f"lnk_{at}{one}", read.link.value, read.conditions),
                self.chance.choice(LAST_SEEN),
                *self._columns(read.columns),
            ]
            for one in self._one_to(2)
        ]

    def _detail(self, read: Detail, ident: str) -> list[Any]:
        many = self._some(read.first + 1)
        rows = [[self._value(name) for name in read.columns] for _ in range(many)]
        return [self._total(many) if read.count else None, rows, *([ident] if read.is_anchored else [])]

    def _head(self, ident: str, type_name: str, conditions: tuple[str, ...]) -> list[Any]:
        facts = self.chance.choice(self.canned.classes[type_name])
        return [ident, facts, *(self.chance.choice((True, True, False, None)) for _ in conditions)]

    def _sheet(self, node: Node, known: Mapping[str, Any]) -> str:
        return orjson.dumps([known[name] if name in known else self._value(name) for name in SHEETS[node]]).decode()

    def _columns(self, names: tuple[str, ...]) -> list[Any]:
        return [self._value(name) for name in names]

    def _value(self, name: str) -> Any:  # noqa: ANN401 - a value of any field
        return self._maybe_odd(_good(self.types, name, self.chance), nullable=True)

    def _maybe_odd(self, value: Any, *, nullable: bool) -> Any:  # noqa: ANN401 - a value of any field
        if self.chance.random() < self.canned.odd:
            return self.chance.choice(ODD)
        return None if nullable and self.chance.random() < self.canned.odd else value

    def _total(self, many: int) -> int:
        return 2**31 if self.chance.random() < self.canned.odd / 2 else many

    def _some(self, most: int) -> int:
        return self.chance.randint(0, min(most, self.canned.size)) or self.chance.randint(0, 1)

    def _one_to(self, most: int) -> range:
        return range(self.chance.randint(1, most))


def _nothing_happened(read: Timeline) -> list[Any]:
    anchor = ["nowhere"] if read.is_anchored else []
    return [0 if read.count else None, [], *([] for _ in read.subjects), [], *anchor]


def _leaf_types(schema: GraphQLSchema) -> dict[str, Any]:
    """The type of each field by its name; fields of one name have one kind of value."""
    objects = (one for one in schema.type_map.values() if isinstance(one, GraphQLObjectType))
    return {name: field.type for one in objects for name, field in one.fields.items()} | {
        "role": schema.type_map["CaseRole"]
    }


def _good(types: Mapping[str, Any], name: str, chance: Random) -> Any:  # noqa: ANN401 - a value of any field
    if name in _TEXTS:
        return chance.choice(_TEXTS[name])
    type_ = types.get(name)
    named = get_named_type(type_) if type_ is not None else None
    if name == "location":
        return [-0.13, 51.51]
    if isinstance(named, GraphQLEnumType):
        value: Any = chance.choice(list(named.values))
    elif named is not None and named.name == "Int":
        value = chance.randint(0, 3000)
    else:
        value = chance.choice(_NAMES)
    if type_ is not None and isinstance(get_nullable_type(type_), GraphQLList):
        return [value] if isinstance(named, GraphQLEnumType) else list(chance.choice(_LISTS))
    return value
