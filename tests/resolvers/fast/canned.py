"""A store that answers plans with made-up rows: what agencies hold, and what no agency should."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, partial
from random import Random
from typing import Any

import orjson
import pytest
from graphql import GraphQLEnumType, GraphQLList, GraphQLObjectType, GraphQLSchema, get_named_type, get_nullable_type

from graph.baselines import COUNTED as REFERRED
from graph.baselines import render_baselines
from graph.cypher import Statement, render_listing, render_lookup
from graph.listings import by_record
from graph.plan import Dated, Detail, Given, Happening, LinkRead, Listing, Lookup, NodeRead, Step, Timeline, Viewpoint
from graph.sheets import RECORD, SHEETS
from graph.vocabulary import Node
from graph.workload import render_workload
from resolvers.givens import WANTED
from tests.support.hub import SEAL

PLAN = "plan"
OWNERS = ("council", "police", "housing", "larkhall")
MOMENTS = ("2026-11-02T08:30:00Z", "2026-11-20T16:05:00Z", "2026-11-24T09:00:00Z")
DAYS = ("2026-11-02", "2026-11-24")
LAST_SEEN = ("2026-11-24T09:00:00Z", "2026-11-23T09:00:00Z", None)
BOUNDARY = '{"type":"Polygon","coordinates":[[[-0.1,51.5],[-0.1,51.6],[-0.2,51.6],[-0.1,51.5]]]}'
ODD: tuple[Any, ...] = (5, -1, 2**31, 2**40, 3.5, 4.0, True, "NO SUCH WORD", "", "5", [], [7, 8], ["é", "x"], {"a": 1})
"""Values that a graph without types could hold under any name."""
_DESCRIBED = {
    "givenName": "Ann",
    "familyName": "Ash",
    "dateOfBirth": "1987",
    "phone": None,
    "address": "",
    "role": "VICTIM",
}
_SEALED = {
    name: [SEAL.close(text)]
    for name, text in (
        ("narrative", "Noise"),
        ("toldPeople", "per_1"),
        ("describedPeople", orjson.dumps(_DESCRIBED).decode()),
    )
}
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "dateOfBirth": ("1987-03-12", "1987", "198X", "2010-09-03"),
    "postcode": ("W1D 3DH", "SW1A 1AA", "nowhere"),
    "ward": ("E05013808", "E05013792"),
    "boundary": (BOUNDARY,),
    "footprint": (BOUNDARY,),
}
_TIMES = {"DateTime": MOMENTS, "Date": DAYS}
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
    _made: dict[str, list[Any]] = field(default_factory=dict, init=False)

    async def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - as the port
        """Answer the plan that stands where a real statement has its parameters, each time alike."""
        given = dict(parameters or {})
        plan = given.pop(PLAN)
        asked = f"{self.seed} {statement} {sorted(given.items())}"
        if asked not in self._made:
            self._made[asked] = _Rows(self, Random(asked)).answer(plan, given)  # noqa: S311 - made-up data
        return self._made[asked]


class Counts(StrEnum):
    """What is counted in statements that have no plan: a word stands for them."""

    TASKS = "tasks"
    REFERRALS = "referrals"


@contextmanager
def plans_behind_statements() -> Iterator[None]:
    """Let statements carry the plans that they were rendered from."""

    def listing(plan: Listing, viewpoint: Viewpoint) -> Statement:
        rendered = render_listing(plan, viewpoint)
        return Statement(text=rendered.text, parameters=rendered.parameters | {PLAN: plan})

    def lookup(plan: Lookup, viewpoint: Viewpoint) -> Statement:
        rendered = render_lookup(plan, viewpoint)
        return Statement(text=rendered.text, parameters=rendered.parameters | {PLAN: plan, WANTED: Given(WANTED)})

    def counts(render: Callable[..., Statement], counted: Counts, *given: Any) -> Statement:  # noqa: ANN401 - as it takes them
        rendered = render(*given)
        return Statement(text=rendered.text, parameters=rendered.parameters | {PLAN: counted})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("resolvers.lists.render_listing", listing)
        patch.setattr("resolvers.operation.render_lookup", lookup)
        patch.setattr("resolvers.workloads.render_workload", partial(counts, render_workload, Counts.TASKS))
        patch.setattr("resolvers.baselines.render_baselines", partial(counts, render_baselines, Counts.REFERRALS))
        yield


class _Rows:
    def __init__(self, canned: Canned, chance: Random) -> None:
        self.canned, self.chance = canned, chance
        self.types = _leaf_types(canned.schema)

    def answer(self, plan: object, given: Mapping[str, Any]) -> list[Any]:
        """Answer whatever a statement was rendered from."""
        match plan:
            case Listing():
                return self.listing(plan)
            case Lookup():
                return self.lookup(plan, given[WANTED])
            case Counts():
                return self.counts(plan)
            case _:
                raise TypeError("a statement was rendered from something else")

    def listing(self, plan: Listing) -> list[Any]:
        many = self._some(plan.first + 1)
        nodes = [self.node(plan.node, f"{at:06}") for at in range(many)]
        total = self._total(many) if plan.count else None
        if by_record(plan):
            return [total, [[None, ident, *record] for ident, records, _ in nodes for record in records]]
        return [total, [[None, node] for node in nodes]]

    def lookup(self, plan: Lookup, asked: Sequence[str]) -> list[Any]:
        found = [wanted for wanted in asked if self._is_there()]
        return [[wanted, self.node(plan.node, wanted)] for wanted in found]

    def counts(self, counted: Counts) -> list[Any]:
        """What the hub counts it wrote itself: none of it is odd."""
        row = self._load if counted is Counts.TASKS else self._referred
        return [row() for _ in range(self._some(self.canned.size))]

    def _load(self) -> list[Any]:
        whose = [self.chance.choice(OWNERS), *(self.chance.choice((None, *_NAMES)) for _ in ("team", "person"))]
        numbers = [self.chance.randint(0, 3) for _ in ("open", "unanswered", "overdue")]
        answered = [sorted(self.chance.choices(MOMENTS, k=2)) for _ in range(self.chance.randint(0, 2))]
        return [*whose, *numbers, self.chance.choice((None, *MOMENTS)), answered]

    def _referred(self) -> list[Any]:
        row = {name: _good(self.types, name, self.chance) for name in REFERRED}
        maybe = {name: self.chance.choice((None, row[name])) for name in REFERRED if name != "receivedAt"}
        return list((row | maybe).values())

    def node(self, read: NodeRead, ident: str) -> list[Any]:
        links = [self._link(link, ident) for link in read.links]
        if read.node is Node.PERSON:
            records = [self._record(read, ident if at == 0 else f"rec_{at}{ident}") for at in self._one_to(3)]
            holders = [[code, self.node(read.holder, f"age_{code}")] for code in OWNERS] if read.holder else []
            return [ident, records, *links, *(self._timeline(one, read, ident) for one in read.timelines), holders]
        details = [self._detail(detail, ident) for detail in read.details]
        head = self._head(ident, read.node.value, read.conditions)
        timelines = [self._timeline(one, read, ident) for one in read.timelines]
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

    def _timeline(self, read: Timeline, near: NodeRead, ident: str) -> list[Any]:
        places = [self.chance.randrange(len(read.happenings)) for _ in range(self._some(read.first + 1))]
        events = [self._event(read.happenings[place], place, near.node, f"{at:06}") for at, place in enumerate(places)]
        found = [
            [[event[3], self.node(subject, event[3])] for event in events if event[1] in served and self._is_there()]
            for subject, _, served in read.subjects
        ]
        holders = sorted({event[4] for event in events})
        agencies = [[[code, self.node(read.agencies, f"age_{code}")] for code in holders]] if read.agencies else []
        total = self._total(len(events)) if read.count else None
        return [total, events, *found, *agencies, *([ident] if read.is_anchored else [])]

    def _event(self, happening: Happening, place: int, near: Node, at: str) -> list[Any]:
        step = happening.step
        subject = near if step is None else step.target
        ident = f"{subject.prefix}{at}"
        dated, midway = None, None
        if happening.dated is not Dated.LINK:
            dated = self._head(ident, subject.value, happening.conditions)
        links = [] if step is None else [self._told_by(step, f"lnk_{at}{one}") for one in self._one_to(2)]
        if happening.midway is not None:
            middle, way = happening.midway.step.target, happening.midway
            seen = self._head(f"{middle.prefix}{at}", middle.value, way.conditions)
            midway = [seen, [self._told_by(way.step, f"lnk_{at}{one}m") for one in self._one_to(2)]]
        moment = self.chance.choice(MOMENTS)
        return [moment, place, f"{place:02}{ident}", ident, *self._source(), dated, links, midway]

    def _told_by(self, step: Step, ident: str) -> list[Any]:
        return [*self._head(ident, step.link.name, step.conditions), *self._columns(step.columns)]

    def _source(self) -> tuple[str, str]:
        return self.chance.choice(OWNERS), "casework"

    def _is_there(self) -> bool:
        return self.chance.random() < 0.9

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


@cache
def _leaf_types(schema: GraphQLSchema) -> dict[str, Any]:
    """The type of each field by its name; fields of one name have one kind of value."""
    objects = (one for one in schema.type_map.values() if isinstance(one, GraphQLObjectType))
    return {name: field.type for one in objects for name, field in one.fields.items()} | {
        "role": schema.type_map["CaseRole"]
    }


def _good(types: Mapping[str, Any], name: str, chance: Random) -> Any:  # noqa: ANN401 - a value of any field
    if name in _SEALED:
        return _SEALED[name]
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
    elif named is not None and named.name in _TIMES:
        value = chance.choice(_TIMES[named.name])
    else:
        value = chance.choice(_NAMES)
    if type_ is not None and isinstance(get_nullable_type(type_), GraphQLList):
        return [value] if isinstance(named, GraphQLEnumType) else list(chance.choice(_LISTS))
    return value
