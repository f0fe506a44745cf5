"""The town that is measured is as the hub would hold it, and every question about it is answered."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.engines import Kind
from bench.holding import hold
from bench.loading import opened
from bench.overhearing import overhear
from bench.questions import Dialect, Question, document
from bench.servers import Ground
from bench.setting import Plan, Setting
from bench.tables import live
from bench.town import settle
from graph import doctor
from graph.store import Connection
from tests.support.engine import fresh_store

PEOPLE = 120


@pytest.fixture(scope="module")
def setting(embedded: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    folder = tmp_path_factory.mktemp("bench")
    plan = Plan(kind=Kind.EMBEDDED, folder=folder, rounds=1, seconds=1, rows=1, sizes=(PEOPLE,))
    town = settle(PEOPLE)
    asyncio.run(hold(embedded, town))
    yield Setting(plan=plan, ground=Ground(connection=embedded, folder=folder), town=town)
    asyncio.run(_forget(embedded))


async def _forget(connection: Connection) -> None:
    async with fresh_store(connection):
        pass


def test_every_fact_and_class_is_what_follows_from_what_is_stated(setting: Setting) -> None:
    async def differences() -> list[doctor.Difference]:
        async with opened(setting.ground.connection) as store:
            return [one async for one in doctor.recompute(store)]

    assert asyncio.run(differences()) == []


def test_every_question_takes_one_statement_and_tells_of_somebody(setting: Setting) -> None:
    overheard = asyncio.run(overhear(setting, *Question))
    more = [text for text, _ in overheard.statements if "ORDER BY k IS NULL" in text]
    assert len(more) == 1, "a ward of so small a town is less than a page, so all of it is asked for in order"
    assert len(overheard.statements) == len(Question) + len(more)
    for question, entry in zip(Question, overheard.entries, strict=True):
        assert entry.refusal is None, question
        assert "Person" in {told.type for told in entry.disclosures}, question


@pytest.mark.parametrize("question", Question)
def test_both_sides_are_asked_with_the_same_values(setting: Setting, question: Question) -> None:
    ours, theirs = (document(question, dialect, setting.town)["variables"] for dialect in Dialect)
    assert json.dumps(ours) == json.dumps(theirs)


@pytest.mark.soak
def test_who_does_not_read_has_the_hub_wait_while_it_is_measured_how_soon_others_hear(setting: Setting) -> None:
    (table,) = asyncio.run(live.compare(replace(setting, plan=replace(setting.plan, seconds=2))))
    assert "wait in the kernel" in table.figures[-1].note


def test_a_town_is_the_same_each_time_and_its_widest_case_at_every_size() -> None:
    small, again, large = settle(PEOPLE), settle(PEOPLE), settle(PEOPLE * 3)
    assert small == again
    for town in (small, large):
        widest = town.matters[0]
        assert (len(widest.people), len(widest.places), len(widest.venues), len(widest.agencies)) == (6, 3, 12, 5)
        assert all(len(town.people[at].stays) == 2 and not town.people[at].refuge for at, _ in widest.people)
