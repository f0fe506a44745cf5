"""Import runs and what they could not store."""

from dataclasses import replace

from graph.classes import known_classes
from graph.runs import finish_run, quarantined, runs, start_run
from graph.store import Connection, Store
from graph.vocabulary import RunState
from tests.graph.making import LATER, NOW, RUN, person, tell, write


def test_a_run_whose_process_is_gone_is_failed_by_the_next_one(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        dead, alive, other, new = (
            replace(RUN, id=id_, process=id_, connector=connector)
            for id_, connector in (("dead", "asb"), ("alive", "asb"), ("other", "wards"), ("new", "asb"))
        )
        for run in (dead, alive, other):
            await start_run(store, run, NOW, lambda _: True)
        await start_run(store, new, LATER, lambda process: process == "alive")
        assert {report.run.id: report.state for report in await runs(store)} == {
            "dead": RunState.FAILED,
            "alive": RunState.RUNNING,
            "other": RunState.RUNNING,
            "new": RunState.RUNNING,
        }
        assert (await runs(store, limit=1))[0].run == new

    tell(engine_connection, story)


def test_a_batch_tells_its_run_how_far_it_came(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await start_run(store, RUN, NOW, lambda _: True)
        await write(store, person("council/1"), person("council/2"))
        (report,) = await runs(store)
        assert (report.state, report.counts.rows_in, report.counts.stored) == (RunState.RUNNING, 2, 2)
        assert await quarantined(store, RUN.id) == []
        await finish_run(store, RUN.id, RunState.FAILED, LATER)
        assert (await runs(store))[0].state is RunState.FAILED

    tell(engine_connection, story)


def test_the_class_of_a_run_is_known(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await start_run(store, RUN, NOW, lambda _: True)
        assert await known_classes(store.read) == {"ImportRun/council/test/OFFICIAL/-/-"}

    tell(engine_connection, story)
