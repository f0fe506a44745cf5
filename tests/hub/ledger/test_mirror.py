"""The mirror hears how far a chain came, and keeps what contradicts the chain."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from hub.ledger.lines import Head
from hub.ledger.mirror import Place, Reflection
from hub.ledger.reading import hash_at
from tests.hub.ledger.test_graph_mirror import cut_last_line
from tests.hub.ledger.writing import Notes, checked, opened, told, write


async def recorded_and_noted(folder: Path, notes: Notes) -> Head:
    async with opened(folder, notes) as ledger:
        await ledger.record(told("rec_new"))
        await asyncio.wait_for(notes.noted.wait(), 10)
        return ledger.head


@pytest.mark.parametrize("failing", [0, 1])
def test_the_mirror_hears_how_far_the_chain_came_although_it_was_away(tmp_path: Path, failing: int) -> None:
    notes = Notes(failing)
    head = asyncio.run(recorded_and_noted(tmp_path, notes))
    assert notes.heads == [head]
    assert checked(tmp_path, {0: head}).findings == []


def test_who_records_once_and_is_gone_leaves_the_mirror_with_the_end_of_the_chain(tmp_path: Path) -> None:
    notes = Notes()

    async def scenario() -> Head:
        async with opened(tmp_path, notes) as ledger:
            await ledger.record(told("rec_new"))
        return ledger.head

    assert [asyncio.run(scenario())] == notes.heads


def test_a_chain_goes_on_from_what_the_mirror_remembers_also_in_an_earlier_segment(tmp_path: Path) -> None:
    early = write(tmp_path, [told("rec_a")], segment_bytes=1)
    write(tmp_path, [told("rec_b"), told("rec_c")], segment_bytes=1)
    notes = Notes(before=early)
    head = asyncio.run(recorded_and_noted(tmp_path, notes))
    assert notes.heads == [early, head]


def cut(folder: Path, head: Head) -> Head:
    cut_last_line(folder)
    return head


def cut_and_grown(folder: Path, head: Head) -> Head:
    cut_last_line(folder)
    write(folder, [told("rec_put_in_its_place")])
    return head


def emptied(folder: Path, head: Head) -> Head:
    for path in folder.glob("*.jsonl"):
        os.truncate(path, 0)
    return head


def misremembered(folder: Path, head: Head) -> Head:
    del folder
    return replace(head, hash="0" * 64)


@pytest.mark.parametrize("tampered", [cut, cut_and_grown, emptied, misremembered])
def test_the_mirror_keeps_what_a_chain_that_was_cut_or_rewritten_denies(
    tmp_path: Path, tampered: Callable[[Path, Head], Head], caplog: pytest.LogCaptureFixture
) -> None:
    before = tampered(tmp_path, write(tmp_path, [told("rec_a"), told("rec_b")]))
    head = write(tmp_path, [told("rec_new")])
    notes = Notes(before=before)
    reflection = Reflection(notes, Place(ledger="", chain=0, hash_at=partial(hash_at, tmp_path, 0)))

    async def scenario() -> None:
        reflection.tell(head)
        await asyncio.wait_for(reflection.run(), 10)

    asyncio.run(scenario())
    assert "tampered" in caplog.text
    assert notes.heads == [before]
    assert checked(tmp_path, {0: before}).findings
