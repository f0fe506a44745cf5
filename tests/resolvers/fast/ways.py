"""Both ways side by side: one hub hands complete trees over, the other lets the library walk each of them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, product
from random import Random
from typing import Any, NoReturn

import orjson
from strawberry.federation import Schema

from hub.answers import Answer, GraphQLRequest, refusal
from hub.graphql import GraphQLAnswerer, Means
from hub.policies import read_policies
from hub.watch import PolicyWatch
from policies.engine import Engine, compile_engine
from policies.view import Snapshot, View
from policies.viewer import Viewer
from policies.vocabulary import Purpose
from resolvers.binding import bound_contract
from resolvers.documents import Documents
from resolvers.happenings import HAPPENINGS
from resolvers.ledger import Entry
from resolvers.reading import Store
from resolvers.selection import TYPENAME
from schema.catalogue import catalogue
from tests.resolvers.fast.canned import Canned
from tests.resolvers.fast.operations import Made, Writer
from tests.support.hub import DAY, PEOPLE, SEAL, SECRET, ListLedger

SOURCES = (
    ("council", "council-asb-people"), ("council", "council-asb-cases"), ("council", "food-hygiene"),
    ("police", "police-nominals"), ("housing", "housing-tenancies"), ("larkhall", "school-roll"),
    ("hub", "wards-2025"), ("hub", "partnership"), ("hub", "imports"),
    ("hub", "schools-register"), ("hub", "schools-links"), ("police", "police-street"),
    ("council", "casework"), ("council", "referrals"), ("housing", "referrals"),
)  # fmt: skip
SEEING_MOST = ("asb-officer",) * 3
"""Asks more often than others, as most is told then."""
_EVENT = re.compile(
    "|".join(sorted({"TimelineEvent", *(one.kind for many in HAPPENINGS.values() for one in many)})).encode()
)
"""What events are, and of which kinds: it stands nowhere but in timelines."""
MARKS = ("OFFICIAL/-/-", "OFFICIAL/-/-", "OFFICIAL-SENSITIVE/-/-", "OFFICIAL/refuge/refuge")


def classes(engine: Engine) -> dict[str, tuple[str, ...]]:
    """Classes of every type that somebody may see."""
    every = {
        name: [f"{name}/{'/'.join(source)}/{marks}" for source, marks in product(SOURCES, MARKS)]
        for name in engine.catalogue.types
    }
    snapshot = Snapshot(engine, frozenset(chain.from_iterable(every.values())))
    viewers = [
        Viewer(principal=who, purpose=Purpose(purpose), day=DAY)
        for who in PEOPLE.values()
        for purpose in engine.purposes(who.agency, who.roles, DAY)
    ]
    views = {name: [snapshot.view(viewer.cls, name, DAY) for viewer in viewers] for name in every}
    seen = {name: tuple(filter(partial(_is_seen, views[name]), found)) for name, found in every.items()}
    assert all(seen.values()), [name for name, found in seen.items() if not found]
    return seen


def _is_seen(views: Iterable[View], facts: str) -> bool:
    return any(view.mask(facts, [True] * len(view.conditions)) for view in views)


class Unwritten:
    """Writes nothing: what is asked here are questions."""

    seal = SEAL

    async def commit(self, _work: object) -> NoReturn:
        raise AssertionError("a question wrote something")

    async def add(self, _work: object) -> NoReturn:
        raise AssertionError("a question wrote something")

    async def renew(self) -> NoReturn:
        raise AssertionError("a question looked for what others wrote")


@dataclass(slots=True)
class Way:
    """A hub that answers in one of the ways, and what its ledger holds."""

    answerer: GraphQLAnswerer
    ledger: ListLedger

    @classmethod
    def over(cls, schema: Schema, watch: PolicyWatch, store: Store, *, fast_way: bool) -> "Way":
        ledger = ListLedger()
        means = Means(
            schema=schema,
            store=store,
            scribe=Unwritten(),
            policies=watch,
            ledger=ledger,
            cursor_secret=SECRET,
            today=lambda: DAY,
            fast_way=fast_way,
        )
        return cls(GraphQLAnswerer(means=means), ledger)

    async def answer(self, made: Made, who: str, purpose: str | None) -> tuple[Answer, list[Entry]]:
        """Answer as over HTTP, and take what was recorded."""
        request = GraphQLRequest(query=made.query, variables=made.variables, operation_name=made.name)
        try:
            answer = await self.answerer(request, PEOPLE[who], purpose)
        except Exception as error:  # noqa: BLE001 - whatever it is, it leaves as a refusal
            answer = refusal(error, "correlation")
        entries, self.ledger.entries = self.ledger.entries, []
        return answer, entries


@dataclass(slots=True)
class Ways:
    """Asks both ways, and counts what came."""

    fast: Way
    plain: Way
    kinds: Counter[str] = field(default_factory=Counter)
    differences: list[tuple[Made, Answer, Answer]] = field(default_factory=list)

    @classmethod
    def over(cls, store: Store, watch: PolicyWatch) -> "Ways":
        """Both over one contract."""
        schema = bound_contract()
        fast, plain = (Way.over(schema, watch, store, fast_way=fast_way) for fast_way in (True, False))
        return cls(fast, plain)

    def copies(self) -> int:
        """How many copies the fast way keeps of what it told."""
        return sum(map(len, self.fast.answerer.shelf.memory._copies.values()))  # noqa: SLF001 - nobody else has to know

    async def ask(self, made: Made, who: str, purpose: str | None, *, is_known: bool) -> None:
        """Ask both; the fast way knows the document from the plain one, or reads it anew."""
        walked = self.fast.answerer.walked_total
        plain = await self.plain.answer(made, who, purpose)
        self.fast.answerer.documents = self.plain.answerer.documents if is_known else Documents()
        kept, answers = self.copies(), [await self.fast.answer(made, who, purpose)]
        if self.fast.answerer.walked_total == walked:
            answers.append(
                await self.fast.answer(made, who, purpose)
            )  # by a plan that was made before, it keeps copies
        if self.copies() > kept:
            answers.append(await self.fast.answer(made, who, purpose))
            self.kinds["told from copies"] += 1
        self.differences += [(made, fast[0], plain[0]) for fast in answers if fast != plain]
        self.kinds["known document" if is_known else "new document"] += 1
        self.kinds.update(made.kinds)
        self.kinds.update(_outcome(made, plain[0], is_walked=self.fast.answerer.walked_total > walked))


def _outcome(made: Made, answer: Answer, *, is_walked: bool) -> Iterable[str]:
    body = orjson.loads(answer.body)
    data, errors = body.get("data"), body.get("errors", ())
    for error in errors:
        code = error["extensions"]["code"]
        if "path" not in error:
            yield f"refused: {code}"
        else:
            yield "value that does not fit" if data is not None else "value that takes all away"
    if data is not None:
        yield "walked" if is_walked else "handed over"
        yield from (reached(made.roots[key]) for key, told in data.items() if key in made.roots and _tells(told))
        if _EVENT.search(answer.body):
            yield "event"
    if body.get("extensions", {}).get("withheld"):
        yield "withheld"


def reached(root: str) -> str:
    """The kind of an answer in which that root field told something."""
    return f"reached: {root}"


def _tells(value: Any) -> bool:  # noqa: ANN401 - whatever an answer holds
    """Whether something is told: a word, or a number of things, or that there is one; not the name of a type alone."""
    if isinstance(value, dict):
        return any(_tells(one) for key, one in value.items() if key != TYPENAME)
    return any(map(_tells, value)) if isinstance(value, list) else bool(value)


def canned_ways() -> tuple[Ways, Canned]:
    """Both ways over made-up rows."""
    engine = compile_engine(read_policies(None), catalogue())
    known = classes(engine)
    watch = PolicyWatch(engine, frozenset(one for found in known.values() for one in found))
    schema = bound_contract()._schema  # noqa: SLF001 - strawberry offers no public way to its graphql-core schema
    store = Canned(schema=schema, classes=known)
    return Ways.over(store, watch), store


async def fuzz(ways: Ways, count: int, seed: int, store: Canned | None = None) -> None:
    """Ask that many made-up operations, each over rows of its own where the store makes them up."""
    schema = ways.fast.answerer.means.schema._schema  # noqa: SLF001 - as above
    for at in range(count):
        chance = Random(f"{seed} {at}")  # noqa: S311 - made-up operations
        if store is not None:
            rows = replace(store, seed=at, odd=chance.choice((0, 0, 0.1, 0.3)))
            for way in (ways.fast, ways.plain):
                way.answerer.means = replace(way.answerer.means, store=rows)
        who = chance.choice((*sorted(PEOPLE), *SEEING_MOST))
        purposes = ways.fast.answerer.means.policies.current.engine.purposes(PEOPLE[who].agency, PEOPLE[who].roles, DAY)
        purpose = chance.choice(purposes) if chance.random() < 0.9 else chance.choice((None, None, "AUDIT", "NONE"))
        await ways.ask(Writer(schema, chance).made(), who, purpose, is_known=at % 10 != 0)


def told(kinds: Mapping[str, int], count: int, seconds: float) -> str:
    """Say what occurred."""
    rows = "\n".join(f"  {many:>7} {kind}" for kind, many in sorted(kinds.items()))
    return f"\n{count} operations, {count / seconds:.0f} a second of processor time\n{rows}"
