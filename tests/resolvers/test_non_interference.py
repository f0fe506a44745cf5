"""A change of what a viewer may not see changes no byte of any answer to this viewer."""

import asyncio
import sys
from itertools import product

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from graph.store import Connection
from policies.viewer import Viewer
from policies.vocabulary import Purpose
from tests.resolvers.projection import Dump, dump, projection
from tests.resolvers.questions import (
    CASE,
    LINKS,
    MEMBERS,
    OF_REFERRALS,
    OTHERS,
    PERSON,
    PREMISES,
    TIES,
    WORK,
    Question,
    cases,
    nodes,
    pages,
    people,
    places,
)
from tests.resolvers.scenery import (
    CASES,
    HOMES,
    asked,
    beginning,
    changes,
    entry,
    every_class,
    facts,
    heard_of,
    marked,
    noted,
    placed_otherwise,
    referred,
    requested,
    ties,
    told_otherwise,
)
from tests.resolvers.stage import staged
from tests.support.engine import on_every_engine
from tests.support.hub import DAY, PEOPLE, TestHub
from tests.support.neo4j.server import USER as NEO4J
from tests.support.scenes import SENSITIVE, Facts, chance, clear, person, write

VIEWERS = (
    ("asb-officer", "ASB_PREVENTION"),
    ("housing-officer", "ASB_PREVENTION"),
    ("safeguarding-lead", "CHILD_SAFEGUARDING"),
    ("councillor", "ASB_PREVENTION"),
    ("police-officer", "CRIME_PREVENTION"),
    ("victim-support", "ASB_PREVENTION"),
    ("youth-worker", "CHILD_SAFEGUARDING"),
    ("probation-officer", "SERIOUS_VIOLENCE"),
    ("auditor", "AUDIT"),
)
HOUSING, COUNCILLOR = VIEWERS[1], VIEWERS[3]
FEW = (HOUSING, COUNCILLOR)
"""Those who ask Neo4j outside of soak: each has statements of his own, and it plans them for up to seconds each."""
SHE = person("council/0")
WARD, POSTCODE = HOMES[0]["ward"], HOMES[0]["postcode"]
HARTS = {"familyName": {"in": ["Hart", "Quill"]}}
QUESTIONS: tuple[Question, ...] = (
    *(people(HARTS, fields=fields) for fields in (PERSON, LINKS, TIES, WORK)),
    people(HARTS, "FAMILY_NAME"),
    people({"ward": {"eq": WARD}}),
    people({"ward": {"in": [home["ward"] for home in HOMES]}}, "FAMILY_NAME"),
    people(HARTS | {"not": {"ward": {"in": [WARD]}}}),
    people(HARTS | {"not": {"not": {"phone": {"eq": "+447700900123"}}}}),
    people({"or": [{"postcode": {"startsWith": "W1D"}}, {"dateOfBirth": {"eq": "1991"}}]}),
    people({"phone": {"eq": "+447700900123"}}),
    people(HARTS | {"or": [{"phone": {"eq": "+447700900777"}}, {"postcode": {"eq": POSTCODE}}]}),
    people(HARTS | {"not": {"phone": {"eq": "+447700900777"}}}),
    people(HARTS | {"dateOfBirth": {"gte": "1991-04-03"}}),
    people({"dateOfBirth": {"eq": "1991-04-02"}}, fields="id dateOfBirth knownTo { contact lastSeen }"),
    people(HARTS | {"not": {"or": [{"gender": {"eq": "MALE"}}, {"email": {"eq": "a@example.org"}}]}}),
    people({"givenName": {"eq": "Grace"}}),
    people(HARTS | {"and": [{"postcode": {"eq": POSTCODE}}, {"not": {"ward": {"eq": "E05013792"}}}]}),
    places(None, fields=PREMISES),
    places({"ward": {"eq": WARD}}, "POSTCODE"),
    places({"postcode": {"eq": POSTCODE}}),
    places({"not": {"postcode": {"eq": POSTCODE}}}, "POSTCODE"),
    cases(None, "OPENED_ON", fields=CASE),
    cases({"premises": {"ward": {"eq": WARD}}}, "CLOSED_ON_DESC"),
    cases({"not": {"premises": {"postcode": {"eq": POSTCODE}}}}, "REFERENCE_DESC"),
    cases({"not": {"agencies": {"code": {"eq": "housing"}}}}),
    people(HARTS | {"knownTo": {"eq": "victim_support"}}, "DATE_OF_BIRTH_DESC"),
    people(HARTS | {"not": {"warningMarkers": {"has": "DOG"}}}, "WARD_DESC"),
    people(HARTS | {"address": {"startsWith": "1 "}}, "POSTCODE_DESC"),
    ("{ cases(first: 9, filter: {not: {status: {eq: CLOSED}}}) { totalCount edges { cursor node { id } } } }", {}),
    *OTHERS,
    (f'{{ people(first: 1, after: "bm90aGluZw==", filter: {{ward: {{eq: "{WARD}"}}}}) {{ totalCount }} }}', {}),
)
PAGED: tuple[tuple[Question, str], ...] = (
    (people(HARTS, "FAMILY_NAME", 1), "people"),
    (places(None, "POSTCODE", 1), "premisesList"),
    ((MEMBERS, {}), "cases.edges.0.node.people"),
)
COMPARED_AT_LEAST = 2_000
SOAK = settings.get_current_profile_name() == "soak"
PREFIXES = ("per_", "rec_", "pre_", "case_", "task_", "step_")


def viewer_of(name: str, purpose: str) -> Viewer:
    return Viewer(principal=PEOPLE[name], purpose=Purpose(purpose), day=DAY)


def future_ids(seed: str) -> list[str]:
    """The first ids that a change will give, as the same seed gives the same."""
    make = chance(seed)
    tails = [make("") for _ in range(4)]
    return [prefix + tail for prefix, tail in product(PREFIXES, tails)]


class Law:
    """Tells stories of changes, and compares the answers around each of them."""

    def __init__(self, hub: TestHub, questions: tuple[Question, ...]) -> None:
        self.hub, self.questions = hub, questions
        self.viewers: list[tuple[str, str]] = []
        self.compared = 0
        self.noticed = 0

    async def meet(self) -> None:
        """Have every class of facts seen once, as a hub that works has: each new one makes other statements."""
        await write(self.hub.store, *beginning(), *every_class(), seed="meeting")

    async def story(self, before: list[Facts], changes: list[list[Facts]]) -> None:
        await clear(self.hub.store)
        await write(self.hub.store, *beginning(), *before, seed="beginning")
        old = await self._look()
        ids = [ident for kind in old[0].values() for ident in kind] + _persons(old)
        questions = [
            *self.questions,
            nodes([*ids, *(one for at in range(len(changes)) for one in future_ids(f"{at}"))]),
        ]
        seen, told = self._projections(old), await self._answers(questions)
        for at, change in enumerate(changes):
            await write(self.hub.store, *change, seed=f"{at}")
            new = await self._look()
            if new == old:
                continue
            now, tells = self._projections(new), await self._answers(questions)
            for who in self.viewers:
                if now[who] == seen[who]:
                    self._compare(who, told[who], tells[who])
                else:
                    self.noticed += 1
            old, seen, told = new, now, tells

    def _compare(self, who: tuple[str, str], one: list[bytes], other: list[bytes]) -> None:
        for at, (before, after) in enumerate(zip(one, other, strict=True)):
            assert before == after, (who, at, before.decode(), after.decode())
            self.compared += 1

    async def _look(self) -> Dump:
        await self.hub.watch.refresh(self.hub.store)
        return await dump(self.hub.store)

    def _projections(self, whole: Dump) -> dict[tuple[str, str], dict[str, object]]:
        snapshot = self.hub.watch.current
        return {who: projection(snapshot, viewer_of(*who), whole) for who in self.viewers}

    async def _answers(self, questions: list[Question]) -> dict[tuple[str, str], list[bytes]]:
        answers = await asyncio.gather(*(self._ask(*who, questions) for who in self.viewers))
        return dict(zip(self.viewers, answers, strict=True))

    async def _ask(self, name: str, purpose: str, questions: list[Question]) -> list[bytes]:
        found = [await self.hub.body(name, purpose, *question) for question in questions]
        for question, path in PAGED:
            found += await pages(self.hub, name, purpose, question, path)
        return found


def _persons(whole: Dump) -> list[str]:
    return sorted({person["personId"] for kind in whole[0].values() for _, person in kind.values() if person})


@pytest.mark.timeout(7200 if SOAK else 600)
@on_every_engine
def test_a_change_of_what_a_viewer_may_not_see_changes_no_byte(engine_connection: Connection) -> None:
    is_quick = SOAK or engine_connection.user != NEO4J
    asking, questions = (VIEWERS, (*QUESTIONS, *OF_REFERRALS)) if is_quick else (FEW, QUESTIONS)
    with asyncio.Runner() as runner:
        opened = staged(engine_connection)
        law = Law(runner.run(opened.__aenter__()), questions)
        runner.run(law.meet())

        @settings(
            max_examples=200 if SOAK else 40,
            deadline=None,
            database=None,
            derandomize=not SOAK,  # the same stories everywhere; soak looks for others
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        )
        @given(
            st.permutations(asking).map(lambda viewers: viewers[:3]),
            st.lists(st.one_of(facts, marked, ties), max_size=6),
            st.lists(
                st.one_of(st.lists(changes, min_size=1, max_size=2), noted, requested, heard_of), min_size=3, max_size=5
            ),
        )
        @example([COUNCILLOR], [], [[placed_otherwise(0, {"postcode": "W1D 3DJ"})]])
        @example(
            [HOUSING], [], [entry("police", CASES[1], (), "Seen again"), entry("council", CASES[0], (SENSITIVE,), "x")]
        )
        @example(
            [HOUSING, COUNCILLOR],
            [],
            [asked("police", "council", CASES[0], (), "x"), asked("council", "housing", CASES[1], (SENSITIVE,), "y")],
        )
        @example(
            [HOUSING, COUNCILLOR],
            [],
            [referred("police", CASES[0], SHE, (), "x"), referred("council", CASES[0], SHE, (SENSITIVE,), "y")],
        )
        @example([HOUSING], [], [[told_otherwise(1, {"phone": "+447700900123"})]])
        def holds(viewers: list[tuple[str, str]], before: list[Facts], then: list[list[Facts]]) -> None:
            if law.compared >= COMPARED_AT_LEAST and not SOAK:
                return
            law.viewers = viewers
            runner.run(law.story(before, then))

        try:
            holds()
        finally:
            runner.run(opened.__aexit__(None, None, None))
    sys.stdout.write(f"{law.compared} answers compared, {law.noticed} changes were to be seen\n")
    assert law.compared >= COMPARED_AT_LEAST, (law.compared, law.noticed)
