"""What was changed just before a hub ended stands in the ledger all the same, once the next takes its place."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from graph.outbox import Made, made_through
from graph.store import Connection, Store
from hub import missed, stamps
from hub.folder import Folder
from hub.graphql import GraphQLAnswerer
from hub.ledger.reading import Recorded, recorded
from hub.recording import recording
from hub.scribe import GraphScribe
from hub.services import Services
from resolvers.ledger import Entry, Ledger
from tests.resolvers.acting.casework import changed, opened
from tests.support.engine import fresh_store, on_one_engine
from tests.support.hub import ASB, TestHub, a_hub
from tests.support.scenes import state_partnership

pytestmark = on_one_engine
FACT = {"assertionType": "FACT"}


class Lost(Ledger):
    """A ledger whose process ended before anything was written."""

    async def record(self, entry: Entry) -> str:
        del entry
        return "receipt"


@asynccontextmanager
async def serving(store: Store, folder: Path, ledger: Ledger | None = None) -> AsyncIterator[TestHub]:
    """Serve, and record on the folder's first chain; or do not record, though what is made is to be recorded there."""
    async with recording(Services(folder=Folder.open(folder), store=store, engine=None)) as own:
        hub = await a_hub(store)
        means = hub.answerer.means
        assert isinstance(means.scribe, GraphScribe)
        named = replace(means.scribe, ledger=own.name)
        hub.answerer = GraphQLAnswerer(means=replace(means, scribe=named, ledger=ledger or own))
        yield hub


def changes(folder: Path) -> list[Recorded]:
    return [one for one in recorded(folder / "ledger") if one.entry.changes]


async def second_look() -> None:
    """Wait until what is committed late has been looked for."""
    for task in asyncio.all_tasks():
        if task.get_name() == "changes committed late":
            await task


def acts(entries: Sequence[Recorded]) -> list[str]:
    return [changed.act for one in entries for changed in one.entry.changes]


def test_a_change_that_was_not_recorded_is_when_the_hub_begins_again(
    engine_connection: Connection, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await state_partnership(store)
            async with serving(store, tmp_path) as hub:
                case_id = (await opened(hub))["id"]
            async with serving(store, tmp_path, Lost()) as hub:
                await changed(hub, "asb-officer", "addNote", id=case_id, text="Nobody wrote it down", **FACT)
                await changed(hub, "asb-officer", "closeCase", id=case_id, version=1, reason="Over")
            assert acts(changes(tmp_path)) == ["open"]
            async with serving(store, tmp_path):
                pass
            made = changes(tmp_path)
            assert acts(made) == ["open", "note", "close"]
            for one in made:
                entry, (alteration,) = one.entry, one.entry.changes
                assert (entry.subject, entry.agency, entry.purpose) == ("asb-officer", "council", ASB)
                assert (alteration.type, alteration.subject) == ("Case", case_id)
                assert alteration.agreements
            assert {one.entry.operation.split()[1] for one in made[1:]} == {"made"}
            assert "Nobody wrote" not in "".join(path.read_text() for path in (tmp_path / "ledger").glob("*.jsonl"))
            async with serving(store, tmp_path):
                pass
            assert acts(changes(tmp_path)) == ["open", "note", "close"]

    asyncio.run(story())
    assert [record.args for record in caplog.records if "recorded now" in record.msg] == [(2,)]


def test_a_change_that_the_engine_commits_after_its_place_was_taken_is_recorded(
    engine_connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine ends what it was asked by a hub that was killed, when the next has looked already."""
    looks = itertools.count()

    async def late(store: Store, through: str, since: str) -> list[tuple[str, Made]]:
        return await made_through(store, through, since) if next(looks) else []

    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await state_partnership(store)
            async with serving(store, tmp_path, Lost()) as hub:
                await opened(hub)
            monkeypatch.setattr(missed, "made_through", late)
            monkeypatch.setattr(missed, "LATE", 0)
            async with serving(store, tmp_path):
                await second_look()
            async with serving(store, tmp_path):
                pass
            assert acts(changes(tmp_path)) == ["open"]

    asyncio.run(story())


def test_what_this_process_made_itself_is_not_recorded_as_missed(
    engine_connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is about to record it: the second look leaves alone whatever was made since it began."""
    looks, was_made = itertools.count(), asyncio.Event()

    async def patient(store: Store, through: str, since: str) -> list[tuple[str, Made]]:
        if next(looks):
            await was_made.wait()
        return await made_through(store, through, since)

    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await state_partnership(store)
            monkeypatch.setattr(stamps, "now", lambda: "2000-01-01T00:00:00.000Z")
            monkeypatch.setattr(missed, "made_through", patient)
            monkeypatch.setattr(missed, "LATE", 0)
            async with serving(store, tmp_path, Lost()) as hub:
                await opened(hub)
                was_made.set()
                await second_look()
            assert changes(tmp_path) == []
        assert next(looks) == 2

    asyncio.run(story())


def test_what_another_process_makes_is_for_that_to_record(engine_connection: Connection, tmp_path: Path) -> None:
    """Two serve at once: who begins beside one that has not yet recorded what it made leaves that to it."""

    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await state_partnership(store)
            async with serving(store, tmp_path, Lost()) as hub:
                await opened(hub)
                async with serving(store, tmp_path):
                    pass
                assert changes(tmp_path) == []

    asyncio.run(story())
