"""The predicate that the engine executes and the decision in Python are one: no row differs."""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.conditions import first_end
from graph.plan import Guard
from graph.predicates import Parameters, guard
from graph.store import Connection, Store
from graph.vocabulary import Link
from hub.policies import read_policies
from policies.conditions import FACTS, is_defined
from policies.engine import Engine, compile_engine
from policies.view import Snapshot, View
from policies.viewer import Principal, Viewer, ViewerClass
from policies.vocabulary import Purpose
from schema.catalogue import catalogue
from tests.resolvers.parity import KINDS, MANY, TYPES, WARDS, Crowd, ask, crowd, expected, matching, store_crowd
from tests.support.engine import fresh_store, on_every_engine
from tests.support.hub import DAY, PEOPLE
from tests.support.policies import OWNERS, Texts, agreement, policies, texts, viewer_classes
from tests.support.policies import TYPES as POLICY_TYPES

pytestmark = on_every_engine


SOAK = settings.get_current_profile_name() == "soak"
MANY_OF_EACH, FEW_OF_EACH = 1_400, 60
COMPARED_AT_LEAST = 1_000_000 if SOAK else 60_000
"""Different pairs under made-up policies; the shipped ones add more, so that all are 100,000."""
ALL_AT_LEAST = 100_000
MADE_UP = policies(*POLICY_TYPES, "Task", "Referral", "REFERS_TO")
SHIPPED = [
    ("asb-officer", "ASB_PREVENTION"),
    ("housing-officer", "ASB_PREVENTION"),
    ("safeguarding-lead", "CHILD_SAFEGUARDING"),
    ("councillor", "ASB_PREVENTION"),
    ("police-officer", "CRIME_PREVENTION"),
    ("victim-support", "ASB_PREVENTION"),
    ("auditor", "AUDIT"),
]


class Stage:
    """The stored crowd, a loop to ask it in, and how many different pairs of class and conditions were compared.

    A pair counts once for each viewer of one policy.
    """

    def __init__(self, runner: asyncio.Runner, store: Store, people: Crowd) -> None:
        self.runner, self.store, self.people = runner, store, people
        self.compared = 0
        self.differs = False
        self.shown = Counter[tuple[str, bool]]()
        self.asked = dict[str, frozenset[str]]()

    def compare(self, engine: Engine, viewer: Viewer, chance: Random, *, share: float = 1.0) -> None:
        """Compare every type, for any bit and for some single bits; a tenth of the classes is not known yet.

        Of a type of which nothing is given there is nothing to compare; of those with few rows a share is taken.
        """
        known = [one for one in self.people.classes if chance.random() > 0.1]
        snapshot = Snapshot(engine, frozenset(known))
        for name in TYPES:
            view = snapshot.view(viewer.cls, name, viewer.day)
            if any(map(view.cases, known)) and (name in MANY or chance.random() < share):
                bits = [1 << at for at in range(view.entry.full.bit_length())]
                single = chance.sample(bits, min(3, len(bits))) if name in MANY else ()
                self._compare(view, viewer, (view.entry.full, *single))

    def _compare(self, view: View, viewer: Viewer, needs: Sequence[int]) -> None:
        name = view.entry.name
        kind = KINDS.get(name) or first_end(Link(name))
        found = self.runner.run(ask(self.store, view, viewer, needs))
        rows, pairs = self.people.rows[name], set[tuple[str | None, tuple[bool | None, ...]]]()
        assert set(found.conditions) == {row["id"] for row in rows}
        for row in rows:
            first = self.people.first(row)
            facts = tuple(expected(one, kind, first, row, viewer) for one in view.conditions)
            assert found.conditions[row["id"]] == facts, (name, row, view.conditions)
            for need, passing in zip(needs, found.passing, strict=True):
                is_shown = bool(view.mask(row["facts"] or "", facts) & need)
                assert (row["id"] in passing) == is_shown, (name, row, facts, need)
                self.shown[name, is_shown] += 1
            pairs.add((row["facts"], facts))
        self.compared += len(pairs)
        self.asked[name] = self.asked.get(name, frozenset()).union(view.conditions)


@pytest.fixture(scope="module")
def stage(engine_connection: Connection) -> Iterator[Stage]:
    with asyncio.Runner() as runner:
        opened = fresh_store(engine_connection)
        store = runner.run(opened.__aenter__())
        people = crowd(MANY_OF_EACH, FEW_OF_EACH, seed=4)
        runner.run(store_crowd(store, people))
        yield Stage(runner, store, people)
        runner.run(opened.__aexit__(None, None, None))


def test_made_up_policies_show_the_same_rows_in_cypher_and_in_python(stage: Stage) -> None:
    @settings(max_examples=400 if SOAK else 100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        MADE_UP,
        viewer_classes(),
        st.frozensets(st.sampled_from(WARDS)),
        st.integers(0, 1_000),
    )
    def law(documents: Texts, who: ViewerClass, wards: frozenset[str], seed: int) -> None:
        if stage.compared >= COMPARED_AT_LEAST and not stage.differs:
            return
        principal = Principal(subject="somebody", agency=who.agency, roles=who.roles, wards=wards)
        viewer = Viewer(principal=principal, purpose=who.purpose, day=DAY)
        stage.differs = True  # until it is compared: what differs is tried again, however much was compared before
        stage.compare(compile_engine(documents, catalogue()), viewer, Random(seed))  # noqa: S311 - made-up data
        stage.differs = False

    law()
    assert stage.compared >= COMPARED_AT_LEAST


@pytest.mark.parametrize("name", ["Person", "Premises", "RESIDES_AT"])
def test_who_has_no_wards_is_in_no_area_of_theirs_also_of_what_has_no_ward(stage: Stage, name: str) -> None:
    pattern, alias, first, ident = matching(name)
    rows, parameters = stage.people.rows[name], Parameters()
    passes = guard(Guard(terms=((("in_area", False),),), sets=(tuple(stage.people.classes),)), first, alias, parameters)
    text = f"MATCH {pattern} WHERE {passes} RETURN collect({ident})"
    found = stage.runner.run(stage.store.read(text, {"wards": []} | parameters.values))
    assert any(stage.people.first(row)["ward"] is None for row in rows)
    assert set(found) == {row["id"] for row in rows if row["facts"] is not None}


def test_the_shipped_policies_show_the_same_rows_in_cypher_and_in_python(stage: Stage) -> None:
    engine, shown = compile_engine(read_policies(None), catalogue()), stage.shown.copy()
    for seed, (name, purpose) in enumerate(SHIPPED):
        viewer = Viewer(principal=PEOPLE[name], purpose=Purpose(purpose), day=DAY)
        stage.compare(engine, viewer, Random(seed), share=0.3)  # noqa: S311 - made-up data
    sys.stdout.write(f"{stage.compared} different pairs of class and conditions\n")
    assert stage.compared >= ALL_AT_LEAST
    assert stage.shown > shown


def test_no_type_and_no_condition_is_left_out(stage: Stage) -> None:
    """One agreement gives something of every type under each condition that it has, to somebody whom it may reach."""
    asked = {name: [one for one in FACTS if is_defined(name, one)] for name in TYPES}
    grants = [
        {"id": f"{name}-{at}", "type": name, "when": {one: True}, "show": "pointer"}
        for name, conditions in asked.items()
        for at, one in enumerate(conditions)
    ]
    owned = [{"id": name, "type": name, "when": {"owner": "council"}, "show": "pointer"} for name in TYPES]
    stage.asked.clear()
    stage.shown.clear()
    viewer = Viewer(principal=PEOPLE["police-officer"], purpose=Purpose.ASB_PREVENTION, day=DAY)
    flows = [{"from": list(OWNERS), "to": {"police": ["officer"]}}]
    engine = compile_engine(texts(agreement("all", [*grants, *owned], flows)), catalogue())
    stage.compare(engine, viewer, Random(0))  # noqa: S311 - made-up data
    assert stage.asked == {name: frozenset(conditions) for name, conditions in asked.items()}
    assert set(stage.shown) == {(name, is_shown) for name in TYPES for is_shown in (True, False)}
