"""The ledger of a running hub: who waits, what a failing disk does, and what the mirror hears."""

import asyncio
import itertools
import os
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from hub.ledger import writer
from hub.ledger.disk import Disk, KernelDisk, Then, ThreadDisk, disk
from hub.ledger.errors import LedgerError
from hub.ledger.reading import recorded
from hub.ledger.segments import SegmentFile
from resolvers.ledger import Entry, LedgerUnavailable
from tests.hub.ledger.writing import REFUSED, checked, opened, told


def test_an_entry_with_personal_data_is_on_disk_when_its_receipt_returns(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(tmp_path) as ledger:
            receipt = await ledger.record(told("rec_a"))
            assert [one.receipt for one in recorded(tmp_path)] == [receipt]

    asyncio.run(scenario())


class HeldDisk:
    """Makes nothing durable until it is let go."""

    def __init__(self) -> None:
        self.groups = 0
        self._then: Then | None = None

    def sync(self, descriptor: int, then: Then) -> None:
        del descriptor
        self.groups += 1
        self._then = then

    def let_go(self, error: OSError | None = None) -> None:
        then, self._then = self._then, None
        assert then is not None
        then(error)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> HeldDisk:
    held = HeldDisk()
    monkeypatch.setattr(writer, "disk", lambda: nullcontext(held))
    return held


def test_an_entry_without_personal_data_does_not_wait_and_is_durable_before_the_end(
    tmp_path: Path, held: HeldDisk
) -> None:
    async def scenario() -> None:
        async with opened(tmp_path) as ledger:
            receipts = [await ledger.record(entry) for entry in (REFUSED, told("ward_a", personal=False))]
            await asyncio.sleep(0)
            asyncio.get_running_loop().call_soon(held.let_go)
        assert [one.receipt for one in recorded(tmp_path)] == receipts

    asyncio.run(scenario())
    assert held.groups == 1


def test_an_answer_waits_for_the_disk_and_is_withheld_where_it_fails(tmp_path: Path, held: HeldDisk) -> None:
    async def scenario() -> None:
        async with opened(tmp_path) as ledger:
            first = asyncio.create_task(ledger.record(told("rec_a")))
            await asyncio.wait([first], timeout=0.05)
            second = asyncio.create_task(ledger.record(told("rec_b")))
            await asyncio.wait([second], timeout=0.05)
            assert (first.done(), second.done(), held.groups) == (False, False, 1)
            held.let_go()
            await first
            assert (second.done(), held.groups) == (False, 2)
            held.let_go(OSError(5, "Input/output error"))
            with pytest.raises(LedgerUnavailable, match="Input/output error"):
                await second

    asyncio.run(scenario())
    assert [one.entry.disclosures[0].records for one in recorded(tmp_path)] == [("rec_a",)]
    assert checked(tmp_path).torn == []


FOR_EVER = 1e9


async def idle() -> None:
    """Let the loop do all that is ready."""
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.parametrize("follows", [True, False])
def test_an_entry_waits_until_whoever_may_follow_waits_too_or_ended_without_one(
    tmp_path: Path, held: HeldDisk, monkeypatch: pytest.MonkeyPatch, *, follows: bool
) -> None:
    monkeypatch.setattr(writer, "PATIENCE", FOR_EVER)

    async def scenario() -> None:
        async with opened(tmp_path) as ledger:
            with ledger.expecting():
                with ledger.expecting():
                    entries = [asyncio.create_task(ledger.record(told("rec_a")))]
                    await idle()
                    assert held.groups == 0
                    if follows:
                        entries.append(asyncio.create_task(ledger.record(told("rec_b"))))
                        await idle()
                        assert held.groups == 1
                await idle()
                assert held.groups == 1
                held.let_go()
                await asyncio.gather(*entries)

    asyncio.run(scenario())


def test_an_entry_waits_for_whoever_may_follow_no_longer_than_for_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with opened(tmp_path) as ledger, asyncio.timeout(60):
            with ledger.expecting(), ledger.expecting():
                monkeypatch.setattr(writer, "PATIENCE", 0.05)
                for number in range(3):
                    await ledger.record(told(f"rec_{number}"))

    asyncio.run(scenario())
    assert len(list(recorded(tmp_path))) == 3


@pytest.mark.parametrize("made_by", [KernelDisk, ThreadDisk])
def test_sixteen_who_wait_together_are_written_in_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_by: type[Disk]
) -> None:
    groups: list[int] = []
    if made_by is ThreadDisk:
        monkeypatch.setattr("hub.ledger.disk.KernelDisk", refusing)
    sync = made_by.sync

    def counted(self: Disk, descriptor: int, then: Then) -> None:
        groups.append(descriptor)
        sync(self, descriptor, then)

    monkeypatch.setattr(made_by, "sync", counted)

    async def scenario() -> float:
        async with opened(tmp_path) as ledger:

            async def ask(who: int) -> None:
                for number in range(100):
                    await ledger.record(told(f"rec_{who}_{number}"))

            started = time.perf_counter()
            await asyncio.gather(*map(ask, range(16)))
            return 1600 / (time.perf_counter() - started)

    rate = asyncio.run(scenario())
    assert 0 < len(groups) < 800
    assert len(list(recorded(tmp_path))) == 1600
    assert rate > 200, "an answer would wait for the ledger"
    assert checked(tmp_path).findings == []


def refusing() -> KernelDisk:
    """A kernel that makes nothing durable by itself."""
    raise OSError(38, "Function not implemented")


@pytest.mark.parametrize("made_by", [KernelDisk, ThreadDisk])
def test_what_cannot_be_made_durable_is_said(made_by: type[Disk], monkeypatch: pytest.MonkeyPatch) -> None:
    if made_by is ThreadDisk:
        monkeypatch.setattr("hub.ledger.disk.KernelDisk", refusing)

    async def scenario() -> BaseException | None:
        loop, (reader, other) = asyncio.get_running_loop(), os.pipe()
        done: asyncio.Future[BaseException | None] = loop.create_future()
        try:
            with disk() as quickest:
                assert isinstance(quickest, made_by)
                quickest.sync(other, done.set_result)
                return await done
        finally:
            os.close(reader)
            os.close(other)

    assert asyncio.run(scenario()) is not None


def failing(times: int, error: OSError) -> Callable[[SegmentFile, bytes], None]:
    """Replace the write by one that fails half way, `times` times."""
    write, left = SegmentFile._write, itertools.count(times, -1)  # noqa: SLF001 - the system call is what fails

    def half(self: SegmentFile, data: bytes) -> None:
        if next(left) > 0:
            write(self, data[: len(data) // 2])
            raise error
        write(self, data)

    return half


def test_failed_writes_withhold_every_answer_of_their_groups_and_the_next_one_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with opened(tmp_path) as ledger:
            await ledger.record(told("rec_a"))
            with monkeypatch.context() as full:
                full.setattr(SegmentFile, "_write", failing(100, OSError(28, "No space left on device")))
                public = await ledger.record(told("ward_a", personal=False))
                outcomes = await asyncio.gather(
                    *(ledger.record(told(f"rec_{number}")) for number in range(3)), return_exceptions=True
                )
            assert [type(outcome) for outcome in outcomes] == [LedgerUnavailable] * 3
            after = await ledger.record(told("rec_b"))
            assert [one.receipt for one in recorded(tmp_path)][1:] == [public, after]

    asyncio.run(scenario())
    report = checked(tmp_path)
    assert (report.findings, report.torn) == ([], [])


@pytest.mark.parametrize("good", range(3))
def test_a_disk_that_fails_while_a_segment_is_sealed_or_the_next_one_opened_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: int
) -> None:
    """Of the three writes that follow a full segment (seal, opening, entry), the one after `good` fails."""

    async def scenario() -> None:
        async with opened(tmp_path, segment_bytes=1) as ledger:
            write, left = SegmentFile._write, itertools.count(good, -1)  # noqa: SLF001 - the system call is what fails

            def failing_write(self: SegmentFile, data: bytes) -> None:
                if next(left) == 0:
                    write(self, data[:10])
                    raise OSError(28, "No space left on device")
                write(self, data)

            monkeypatch.setattr(SegmentFile, "_write", failing_write)
            with pytest.raises(LedgerUnavailable):
                await ledger.record(told("rec_lost"))
            await ledger.record(told("rec_a"))
            assert checked(tmp_path, {0: ledger.head}).findings == []

    asyncio.run(scenario())
    assert [one.entry.disclosures[0].records for one in recorded(tmp_path)] == [("rec_a",)]


def test_a_cut_that_fails_too_is_made_good_before_the_next_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with opened(tmp_path) as ledger:
            await ledger.record(told("rec_a"))
            cut, left = SegmentFile._cut, itertools.count(2, -1)  # noqa: SLF001 - the system call is what fails

            def failing_cut(self: SegmentFile) -> None:
                if next(left) > 0:
                    raise OSError(5, "Input/output error")
                cut(self)

            monkeypatch.setattr(SegmentFile, "_write", failing(1, OSError(5, "Input/output error")))
            monkeypatch.setattr(SegmentFile, "_cut", failing_cut)
            for _ in range(2):
                with pytest.raises(LedgerUnavailable):
                    await ledger.record(told("rec_lost"))
            await ledger.record(told("rec_b"))

    asyncio.run(scenario())
    report = checked(tmp_path)
    assert (report.findings, report.torn) == ([], [])
    assert [one.entry.disclosures[0].records for one in recorded(tmp_path)] == [("rec_a",), ("rec_b",)]


@pytest.mark.parametrize("entry", [told("rec_\ud800")])
def test_an_entry_that_cannot_be_written_down_withholds_the_answer(tmp_path: Path, entry: Entry) -> None:
    async def scenario() -> None:
        async with opened(tmp_path) as ledger:
            with pytest.raises(LedgerUnavailable):
                await ledger.record(entry)
            await ledger.record(told("rec_a"))

    asyncio.run(scenario())


def test_a_closed_ledger_takes_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(tmp_path) as ledger:
            pass
        with pytest.raises(LedgerUnavailable):
            await ledger.record(told("rec_a"))

    asyncio.run(scenario())


def test_a_waiter_that_gives_up_harms_nobody(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(tmp_path) as ledger:
            impatient = asyncio.create_task(ledger.record(told("rec_a")))
            patient = asyncio.create_task(ledger.record(told("rec_b")))
            await asyncio.sleep(0)
            impatient.cancel()
            await patient

    asyncio.run(scenario())
    assert len(list(recorded(tmp_path))) == 2


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_recorded(tmp_path: Path) -> None:
    blocked = tmp_path / "ledger"
    blocked.write_text("not a folder", encoding="utf-8")

    async def scenario() -> None:
        with pytest.raises(LedgerError, match="cannot be written"):
            async with opened(blocked):
                pass

    asyncio.run(scenario())
