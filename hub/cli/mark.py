"""`hub mark`: what protects somebody or a place, raised and lifted by hand."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from typing import Any

import click

from graph.by_hand import Hand, Outcome, marking, of_person
from graph.facts import protections
from graph.households import written_down
from graph.markings import MARKABLE, Adjustment, Marks
from graph.standing import Standing, named, standings
from graph.store import Store
from graph.vocabulary import PERSON_PREFIX, Node
from hub.by_hand import do
from hub.cli.records import things
from hub.cli.shifts import listed, shifts
from hub.cli.signature import BY, DRY_RUN, WHY, operator
from hub.services import Services, open_ready
from hub.settings import Settings
from policies.classes import FactClass
from policies.vocabulary import Protection

Marked = dict[str, tuple[Marks, Marks]]
"""How each thing was marked, and how it is, by id."""
NO_SCHOOL = (
    "it stands in the public register, and its marking would not follow to its pupils;"
    " mark the records of those who are not to be found there"
)
_WORD = click.Choice([word.value for word in Protection], case_sensitive=False)


@click.command()
@click.argument("record")
@click.option("--protection", "raised", type=_WORD, multiple=True, help="What is to protect it from now on.")
@click.option("--lift", "lifted", type=_WORD, multiple=True, help="What is to protect it no longer.")
@BY
@WHY
@DRY_RUN
def mark(record: str, raised: tuple[str, ...], lifted: tuple[str, ...], **signed: Any) -> None:  # noqa: ANN401 - as the options have it
    """Protect RECORD, a person's record, premises, an establishment or a case, or lift what protects it.

    RECORD is its id, or owner/dataset/key; the id of a person names all their records. It holds at once, also in a
    hub that runs; --dry-run says what would come of it. What is raised here stays until it is lifted here, whatever
    is imported. What is lifted here stays lifted until a file states RECORD without it; if it is stated again after
    that, it holds. The ledger has who did it, on whose word and why.
    """
    adjustment = Adjustment(raised=frozenset(map(Protection, raised)), lifted=frozenset(map(Protection, lifted)))
    if not raised and not lifted:
        raise click.UsageError("say what: --protection or --lift")
    if both := adjustment.raised & adjustment.lifted:
        raise click.UsageError(f"{listed(both)} cannot be raised and lifted at once")
    hand = Hand(author=signed["by"], reason=signed["why"], operator=operator(), only_tries=signed["only_tries"])
    for line in asyncio.run(_mark(record, hand, adjustment)):
        click.echo(line)


async def _mark(record: str, hand: Hand, adjustment: Adjustment) -> list[str]:
    """Do it, and say what came of it."""
    async with open_ready(Settings.read(os.environ)) as services:
        found = await _found(services, record)
        deed = marking(found, adjustment)
        is_person = record.startswith(PERSON_PREFIX)
        elsewhere = await _elsewhere(services.store, found, adjustment)
        done = await do(services, hand, of_person(record, deed) if is_person else deed, elsewhere)
    heading = [f"{record}: all records, {len(found)} in number"] if is_person else []
    said = _said(found, done.outcome, only_tries=hand.only_tries)
    notes = _notes(found, done.outcome, adjustment)
    others = (f"note: the same place is {one.id} ({one.source}), which is not so marked" for one in elsewhere)
    return [*heading, *said, *dict.fromkeys(notes), *others, f"receipt {done.receipt}"]


async def _found(services: Services, record: str) -> list[Standing]:
    ask = services.store.read
    if not await named(ask, record, MARKABLE) and await named(ask, record, [Node.SCHOOL]):
        raise click.UsageError(f"{record} is a school, which is not marked: {NO_SCHOOL}")
    return await things(services, record, MARKABLE)


def _said(found: Sequence[Standing], outcome: Outcome[Marked], *, only_tries: bool) -> Iterator[str]:
    for one in found:
        before, after = outcome.result[one.id]
        yield f"{one.id} ({one.type}, {one.source})"
        if before == after:
            yield "  nothing changes: it is so already"
        else:
            yield f"  {'would be' if only_tries else 'is'} marked {listed(after.marked)}, was {listed(before.marked)}"
        yield (
            f"  its dataset states {listed(after.stated)}; raised by hand {listed(after.raised)},"
            f" lifted by hand {listed(after.lifted)}"
        )
    yield from shifts(outcome.shifts)


def _notes(found: Sequence[Standing], outcome: Outcome[Marked], adjustment: Adjustment) -> Iterator[str]:
    """What whoever asked for it may not expect."""
    for one in found:
        _, after = outcome.result[one.id]
        in_force = protections(outcome.after[one.id].facts)
        if raised := adjustment.raised:
            yield f"note: {listed(raised)} stays, whatever is imported, until it is lifted by hand"
        if lifted := adjustment.lifted & set(after.lifted):
            yield (
                f"note: its dataset states {listed(lifted)} still; it stays lifted until a file states it without that"
            )
        if left := adjustment.lifted & set(in_force):
            yield f"note: {listed(left)} protects it all the same: something else that it is tied to is marked so"
    if len({outcome.after[one.id].person for one in found}) > 1:
        yield "note: these records are not one person's any more: name each by its own id from now on"


async def _elsewhere(store: Store, found: Sequence[Standing], adjustment: Adjustment) -> list[Standing]:
    """The same place in other datasets, whose residents are not protected by this."""
    here = {one.id for one in found if one.type is Node.PREMISES}
    if not here:
        return []
    places = await written_down(store.read, here) - here
    return [
        other
        for other in await standings(store.read, Node.PREMISES, places)
        if not adjustment.raised.issubset(FactClass.parse(other.facts).marked or ())
    ]
