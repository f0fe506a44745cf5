"""What one request was planned for answers another as if it had been planned for that one alone."""

import asyncio
import gc
import logging
import sys
import weakref
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from types import FunctionType, ModuleType
from typing import Any

import orjson
import pytest

from graph.plan import Given
from hub.answers import Answer, GraphQLRequest, refusal
from hub.graphql import GraphQLAnswerer
from policies.view import Snapshot
from policies.viewer import Principal, Viewer
from policies.vocabulary import Purpose
from resolvers.ledger import Entry
from resolvers.prepared import Prepared
from resolvers.reading import Reader
from resolvers.shelf import Document, Shelf
from tests.resolvers.fast.canned import Canned, plans_behind_statements
from tests.resolvers.fast.operations import IDENTS, WORDS, Writer
from tests.resolvers.fast.ways import Ways, canned_ways
from tests.support.hub import ASB, DAY, PEOPLE, ListLedger

OFFICER = PEOPLE["asb-officer"]
COLLEAGUE = replace(OFFICER, subject="somebody-else", wards=frozenset({"E05013792"}))
KINDS = frozenset(
    {
        *("found", "made", "variable", "variable in an argument", "variable in a free value", "variable of an input"),
        "condition by a variable",
    }
)


@pytest.fixture(autouse=True)
def _silent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)  # made-up rows are full of what the hub complains of


@pytest.fixture(autouse=True)
def _plans() -> Iterator[None]:
    with plans_behind_statements():
        yield


@dataclass(slots=True, kw_only=True)
class CountingShelf(Shelf):
    """Counts how often a plan was found."""

    finds: Counter[str] = field(default_factory=Counter)

    def find(self, document: Document, reader: Reader) -> Prepared | None:
        found = super(CountingShelf, self).find(document, reader)
        self.finds["made" if found is None else "found"] += 1
        return found


@dataclass(slots=True)
class Pair:
    """A hub that keeps its plans, beside one that forgets all after each answer."""

    ways: Ways
    rows: Canned
    shelf: CountingShelf = field(default_factory=CountingShelf)

    def __post_init__(self) -> None:
        self.ways.fast.answerer.shelf = self.shelf

    async def keeping(self, asked: "Asked") -> tuple[Answer, list[Entry]]:
        return await _answer(self.ways.fast.answerer, self.rows, asked)

    async def forgetting(self, asked: "Asked") -> tuple[Answer, list[Entry]]:
        answerer = self.ways.fast.answerer
        fresh = GraphQLAnswerer(means=answerer.means, documents=answerer.documents)
        return await _answer(fresh, self.rows, asked)

    @property
    def snapshot(self) -> Snapshot:
        return self.ways.fast.answerer.means.policies.current

    def change(self, chance: Random) -> None:
        """Know other classes from now on."""
        every = sorted(one for found in self.rows.classes.values() for one in found)
        known = frozenset(one for one in every if chance.random() < 0.9)
        self.ways.fast.answerer.means.policies.current = Snapshot(self.snapshot.engine, known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    name: str | None = None
    who: Principal = OFFICER
    purpose: str | None = ASB


async def _answer(answerer: GraphQLAnswerer, rows: Canned, asked: Asked) -> tuple[Answer, list[Entry]]:
    ledger = ListLedger()
    alone = replace(answerer, means=replace(answerer.means, store=rows, ledger=ledger))
    request = GraphQLRequest(query=asked.query, variables=asked.variables, operation_name=asked.name)
    try:
        answer = await alone(request, asked.who, asked.purpose)
    except Exception as error:  # noqa: BLE001 - whatever it is, it leaves as a refusal
        answer = refusal(error, "correlation")
    return answer, ledger.entries


@pytest.fixture(scope="module")
def hubs() -> tuple[Ways, Canned]:
    return canned_ways()


@pytest.fixture
def both(hubs: tuple[Ways, Canned]) -> Pair:
    return Pair(*hubs)


def varied(value: Any, chance: Random) -> Any:  # noqa: ANN401 - what a variable holds
    """Another value of the kind, or now and then of none."""
    if chance.random() < 0.05:
        return chance.choice((None, 5, "", [], {}))
    if isinstance(value, dict):
        return {name: varied(one, chance) for name, one in value.items() if chance.random() < 0.9}
    if isinstance(value, list):
        return [varied(one, chance) for one in value[: chance.randint(0, 3)]]
    alike: tuple[tuple[Any, ...], ...] = ((True, False), (1, 2, 3, 1001), IDENTS, WORDS)
    return chance.choice(next((kind for kind in alike if value in kind), (value,)))


def another(asked: Asked, chance: Random) -> Asked:
    """The same document with other values, asked by the same person, a colleague, or somebody else."""
    variables = {
        name: varied(value, chance) if chance.random() < 0.7 else value
        for name, value in asked.variables.items()
        if chance.random() < 0.98
    }
    who = chance.choice((asked.who, asked.who, chance.choice(list(PEOPLE.values()))))
    if chance.random() < 0.3:
        who = replace(who, subject=chance.choice("abc"), wards=frozenset(chance.choices(("E05013808", "E05013792"))))
    return replace(asked, variables=variables, who=who)


@pytest.mark.parametrize("count", [120, pytest.param(20_000, marks=[pytest.mark.soak, pytest.mark.timeout(7_200)])])
def test_whoever_asks_with_whatever_values_a_kept_plan_answers_as_a_new_one(both: Pair, count: int) -> None:
    kinds = Counter[str]()
    schema = both.ways.fast.answerer.means.schema._schema  # noqa: SLF001 - strawberry offers no public way to its graphql-core schema

    async def story() -> None:
        for at in range(count):
            chance = Random(f"shared {at}")  # noqa: S311 - made-up operations
            both.rows = replace(both.rows, seed=at, odd=chance.choice((0, 0, 0.1)))
            made = Writer(schema, chance).made()
            who = chance.choice(list(PEOPLE.values()))
            purpose = chance.choice((*both.snapshot.purposes(who.agency, who.roles, DAY), None))
            first = Asked(query=made.query, variables=made.variables, name=made.name, who=who, purpose=purpose)
            asked = [first, first, *(another(first, chance) for _ in range(4))]
            kinds.update(made.kinds)
            if chance.random() < 0.3:
                both.change(chance)
            together = await asyncio.gather(*map(both.keeping, asked))
            for one, answer in zip(asked, together, strict=True):
                assert answer == await both.forgetting(one), one
                assert answer == await both.keeping(one), one

    asyncio.run(story())
    kinds.update(both.shelf.finds)
    assert not KINDS - set(kinds)
    assert kinds["found"] > count


PERSON = "query ($v: ID!) { person(id: $v) { id familyName access { level } } }"
SHARED = [
    (PERSON, ("per_1", "per_2", "case_3")),
    ("query ($v: ID!) { case(id: $v) { id reference } }", ("case_1", "case_2", "per_1")),
    (
        "query ($v: String!) { cases(filter: {reference: {eq: $v}}, first: 2) { edges { node { id } } } }",
        ("A", "B", ""),
    ),
    (
        "query ($v: String!) { people(filter: {ward: {eq: $v}}, first: 2) { totalCount edges { node { id } } } }",
        ("E05013808", "E05013792"),
    ),
    ("query ($v: String!) { cases(filter: {not: {reference: {eq: $v}}}, first: 2) { totalCount } }", ("A", "B")),
    (
        "query ($v: String!) { cases(filter: {reference: {eq: $v}}, first: 1) { pageInfo { endCursor } } }",
        ("A", "B"),
    ),
    (
        "query ($v: PersonFilter!) { people(filter: $v, first: 2) { totalCount edges { node { id } } } }",
        ({"ward": {"eq": "E05013808"}}, {"ward": {"eq": "E05013792"}}),
    ),
    (
        "query ($v: CaseFilter) { cases(filter: $v, first: 2) { pageInfo { endCursor } } }",
        ({"or": [{"reference": {"eq": "A"}}, {"status": {"eq": "OPEN"}}]},) * 2
        + ({"or": [{"reference": {"eq": "B"}}, {"status": {"eq": "OPEN"}}]},),
    ),
    ("query ($v: ID!) { me { subject wards } person(id: $v) { id } }", ("per_1", "per_2")),
]
SEEN = [
    ("query ($v: ID!) { node(id: $v) { __typename id } }", ("per_1", "case_1", "agr_asb-panel", "odd")),
    ('query ($v: ID!) { nodes(ids: [$v, "per_1"]) { __typename id } }', ("per_1", "case_1")),
    ("query ($v: [ID!]!) { nodes(ids: $v) { __typename id } }", (["per_1"], ["case_1", "per_2"], "per_3", [])),
    ("query ($v: ID!) { agreement(id: $v) { id title } }", ("agr_asb-panel", "per_1")),
    (
        'query ($v: ID!) { _entities(representations: [{__typename: "Person", id: $v}]) { ... on Person { id } } }',
        ("per_1", "per_2"),
    ),
    (
        "query ($v: String!) { people(filter: {familyName: {startsWith: $v}}, first: 2) { totalCount } }",
        ("Ash", "A", "Ashb"),
    ),
    (
        "query ($v: PartialDate!) { people(filter: {dateOfBirth: {eq: $v}}, first: 2) { totalCount } }",
        ("1987", "198X", "1987-03-12", "soon"),
    ),
    (
        'query ($v: String!) { people(filter: {ward: {in: [$v, "E05013808"]}}, first: 2) { totalCount } }',
        ("E05013808", "E05013792"),
    ),
    (
        "query ($v: PersonFilter!) { people(filter: $v, first: 2) { totalCount edges { node { id } } } }",
        (
            {"ward": {"in": ["E05013808"]}},
            {"ward": {"in": ["E05013792", "E05013808"]}},
            {"familyName": {"startsWith": "Ash"}, "gender": {"eq": "MALE"}},
            {"familyName": {"startsWith": "Ash"}, "gender": {"eq": "FEMALE"}},
            {"familyName": {"startsWith": "Ash"}, "gender": None},
            {"dateOfBirth": {"eq": "1987"}},
            {"and": [{"dateOfBirth": {"eq": "1988-01-01"}}]},
            {"and": [{"dateOfBirth": {"eq": "1988-01-02"}}, {}]},
            {},
        ),
    ),
    ("query ($v: Int!) { cases(first: $v) { totalCount } }", (1, 2, 0, 1001)),
    ("query ($v: Boolean!) { cases(first: 1) { totalCount @skip(if: $v) edges { node { id } } } }", (True, False)),
    ("query ($v: String) { agreements(first: 5, filter: {title: {startsWith: $v}}) { totalCount } }", ("A", None, "Z")),
    ("query ($v: String) { cases(first: 1, after: $v) { totalCount } }", (None, "forged")),
]


@pytest.mark.parametrize(("query", "values"), SHARED)
def test_a_value_that_is_only_compared_is_no_part_of_a_plan(both: Pair, query: str, values: tuple[Any, ...]) -> None:
    async def story() -> None:
        for value in values:
            for who in (OFFICER, COLLEAGUE):
                asked = Asked(query=query, variables={"v": value}, who=who)
                answer = await both.keeping(asked)
                assert answer == await both.forgetting(asked)
                assert "data" in orjson.loads(answer[0].body)

    asyncio.run(story())
    assert len(both.shelf) == 1
    assert both.shelf.finds == {"made": 1, "found": 2 * len(values) - 1}


@pytest.mark.parametrize(("query", "values"), SEEN)
def test_a_value_that_is_looked_at_has_plans_of_its_own(both: Pair, query: str, values: tuple[Any, ...]) -> None:
    async def answered() -> int:
        many = 0
        for value in values:
            asked = Asked(query=query, variables={"v": value})
            answer = await both.keeping(asked)
            assert answer == await both.forgetting(asked)
            many += orjson.loads(answer[0].body).get("data") is not None
        return many

    known = asyncio.run(answered())
    assert 0 < known <= len(both.shelf)
    asyncio.run(answered())  # now that all is known that planning looks at
    both.shelf.finds.clear()
    assert asyncio.run(answered()) == known
    assert both.shelf.finds == {"found": known} | ({"made": len(values) - known} if known < len(values) else {})


PAGES = [
    """query ($v: String!, $after: String) {
      page: cases(first: 1, filter: {reference: {eq: $v}}, after: $after) { pageInfo { endCursor } }
    }""",
    """query ($v: ID!, $after: String) {
      premises(id: $v) { page: residents(first: 1, after: $after) { pageInfo { endCursor } } }
    }""",
]


@pytest.mark.parametrize("query", PAGES)
def test_the_cursors_that_a_shared_plan_tells_are_each_viewers_own(both: Pair, query: str) -> None:
    async def page(who: Principal, after: str | None = None) -> Any:  # noqa: ANN401 - the page, or the refusal
        asked = Asked(query=query, variables={"v": "pre_1", "after": after}, who=who)
        answer = await both.keeping(asked)
        assert answer == await both.forgetting(asked)
        return orjson.loads(answer[0].body)

    def cursor(body: Any) -> Any:  # noqa: ANN401 - as above
        root = body["data"].get("premises", body["data"])
        return root and root["page"]["pageInfo"]["endCursor"]

    async def story() -> None:
        seed = 0
        while (mine := cursor(await page(OFFICER))) is None or (theirs := cursor(await page(COLLEAGUE))) is None:
            both.rows = replace(both.rows, seed=(seed := seed + 1))
        assert len(both.shelf) == 1
        assert mine != theirs
        assert "data" in await page(OFFICER, mine)
        assert (await page(OFFICER, theirs))["errors"][0]["extensions"]["code"] == "CURSOR_INVALID"
        assert (await page(COLLEAGUE, mine))["errors"][0]["extensions"]["code"] == "CURSOR_INVALID"

    asyncio.run(story())


def test_requests_with_one_plan_at_one_time_are_told_apart_also_in_threads(both: Pair) -> None:
    both.rows = replace(both.rows, size=700)
    query = """query ($v: String!) { people(filter: {ward: {eq: $v}}, first: 1000) {
      totalCount edges { node { id familyName dateOfBirth access { level withheld { field } } knownTo { lastSeen } } }
    } }"""
    asked = [
        Asked(query=query, variables={"v": ward}, who=who)
        for ward in ("E05013808", "E05013792", "E05013793")
        for who in (OFFICER, COLLEAGUE, replace(OFFICER, wards=frozenset({"E05013808"})))
    ]
    interval = sys.getswitchinterval()

    async def story() -> None:
        alone = [await both.forgetting(one) for one in asked]
        assert len({answer.body for answer, _ in alone}) == len(asked)
        await both.keeping(asked[0])
        sys.setswitchinterval(1e-6)
        for _ in range(2):
            assert await asyncio.gather(*map(both.keeping, asked)) == alone

    try:
        asyncio.run(story())
    finally:
        sys.setswitchinterval(interval)
    assert len(both.shelf) == 1


def test_a_plan_holds_nothing_of_who_was_first_to_ask(both: Pair) -> None:
    secret = "per_unheard-of"
    who = replace(OFFICER, subject="nobody-else", wards=frozenset({"E0NOWHERE"}))
    asyncio.run(both.keeping(Asked(query=PERSON, variables={"v": secret}, who=who)))
    held, left = set[int](), list[Any](gc.get_referents(both.shelf))
    texts = set[str]()
    while left:
        one = left.pop()
        if id(one) in held or isinstance(one, type | ModuleType) or one is sys.modules:
            continue
        held.add(id(one))
        texts |= {one} if isinstance(one, str) else set()
        if isinstance(one, FunctionType):  # of its globals everything can be reached
            left += one.__closure__ or ()
        else:
            left += gc.get_referents(one)
    assert PERSON in texts
    assert not texts & {secret, "nobody-else", "E0NOWHERE"}


def test_plans_go_with_the_snapshot_that_they_were_made_for(both: Pair) -> None:
    chance = Random(1)  # noqa: S311 - any classes will do
    asked = Asked(query=PERSON, variables={"v": "per_1"})
    asyncio.run(both.keeping(asked))
    viewer = Viewer(principal=asked.who, purpose=Purpose.ASB_PREVENTION, day=DAY)
    view = weakref.ref(both.snapshot.view(viewer.cls, "Person", DAY))
    both.change(chance)
    asyncio.run(both.keeping(asked))
    gc.collect()
    assert view() is None
    assert len(both.shelf) == 1


LOOKS: Mapping[str, Callable[[Any], object]] = {
    "compare": lambda given: given == "a",
    "be compared": lambda given: next(iter("a")) == given,
    "differ": lambda given: given != "a",
    "hash": hash,
    "weigh": bool,
    "write": str,
    "format": lambda given: f"{given}",
    "measure": len,
    "walk": list,
    "begin": "abc".startswith,
    "order": lambda given: given < "b",
    "search": lambda given: given in ("a", "b"),
    "dump": orjson.dumps,
    "dump as text": lambda given: orjson.dumps(given, default=str),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_whoever_looks_at_a_value_that_is_given_later_fails(look: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError):
        look(Given("$v", "ward", "eq"))
