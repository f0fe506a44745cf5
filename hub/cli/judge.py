"""`hub judge` and `hub judgements`: whether two records are of one person, as people say."""

import asyncio
import os
from collections.abc import Iterator
from typing import Any

import click

from graph.by_hand import Deed, Hand, Outcome, judging, withdrawing
from graph.linkage.history import Judged
from graph.linkage.judgements import records_of
from graph.linkage.partition import Opinion
from graph.store import Store
from graph.vocabulary import Node, Verdict
from hub.by_hand import Recorded, do
from hub.cli.records import thing
from hub.cli.shifts import shifts
from hub.cli.signature import BY, DRY_RUN, WHY, operator
from hub.judged import Listed, look_up
from hub.services import Services, open_ready
from hub.settings import Settings

VERDICTS = {"SAME": Verdict.SAME, "DIFFERENT": Verdict.NOT_SAME, "UNSURE": Verdict.UNSURE}
_PEOPLE = frozenset({Node.PERSON})


@click.command()
@click.argument("verdict", required=False, type=click.Choice(list(VERDICTS)))
@click.argument("records", nargs=-1)
@click.option("--withdraw", "judgement", metavar="ID", help="Take back a judgement, also one that a rule made.")
@BY
@WHY
@DRY_RUN
def judge(verdict: str | None, records: tuple[str, ...], judgement: str | None, **signed: Any) -> None:  # noqa: ANN401 - as the options have it
    """Say that two RECORDS are of the SAME person, or of DIFFERENT ones, or that you are UNSURE; or take that back.

    A record is named by its id, or owner/dataset/key. People are heard before rules, and a later judgement of the
    same two takes the place of an earlier one; UNSURE leaves it to the rules. What a person took back no rule makes
    again. The ledger has who did it, on whose word and why; the judgement keeps the last two.
    """
    if judgement is not None and (verdict is not None or records):
        raise click.UsageError("--withdraw names the judgement, and nothing else is judged with it")
    if judgement is None and (verdict is None or len(records) != 2):  # noqa: PLR2004 - two, as the words say
        raise click.UsageError("say SAME, DIFFERENT or UNSURE and two records, or --withdraw and a judgement")
    hand = Hand(author=signed["by"], reason=signed["why"], operator=operator(), only_tries=signed["only_tries"])
    done = asyncio.run(_judge(hand, verdict, records, judgement))
    for line in _said(done.outcome, verdict, only_tries=hand.only_tries):
        click.echo(line)
    click.echo(f"receipt {done.receipt}")


@click.command()
@click.argument("record", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many, newest first.")
def judgements(record: str | None, limit: int) -> None:
    """List what people judged of records, and what they took back, newest first.

    Of RECORD, an id or owner/dataset/key, the judgements of rules are listed too. The ledger has who looked, and of
    which records they were told; nothing is listed unless it has.
    """
    found = asyncio.run(_judgements(record, limit))
    for one in found.judgements:
        click.echo("\n    ".join(_lines(one)))
    if not found.judgements:
        click.echo("nothing was judged")
    click.echo(f"receipt {found.receipt}")


async def _judge(hand: Hand, verdict: str | None, records: tuple[str, ...], judgement: str | None) -> Recorded[str]:
    async with open_ready(Settings.read(os.environ)) as services:
        deed = (
            await _judging(services, hand, VERDICTS[verdict], records)
            if verdict is not None
            else await _withdrawing(services.store, hand, str(judgement))
        )
        return await do(services, hand, deed)


async def _judging(services: Services, hand: Hand, verdict: Verdict, records: tuple[str, ...]) -> Deed[str]:
    left, right = [(await thing(services, record, _PEOPLE)).id for record in records]
    if left == right:
        raise click.UsageError("that is one record, named twice")
    return judging(Opinion(left=left, right=right, verdict=verdict, author=hand.author), hand.reason)


async def _withdrawing(store: Store, hand: Hand, judgement: str) -> Deed[str]:
    records = await records_of(store.read, judgement)
    if records is None:
        raise click.UsageError(f"there is no judgement {judgement!r}, or it was taken back; see `hub judgements`")
    return withdrawing(judgement, records, hand)


async def _judgements(record: str | None, limit: int) -> Listed:
    async with open_ready(Settings.read(os.environ)) as services:
        of = None if record is None else (await thing(services, record, _PEOPLE)).id
        return await look_up(services, operator(), of, limit)


def _said(outcome: Outcome[str], verdict: str | None, *, only_tries: bool) -> Iterator[str]:
    did = "withdrawn" if verdict is None else "judged " + verdict
    yield f"would be {did}" if only_tries else f"{outcome.result}: {did}"
    yield from shifts(outcome.shifts)
    if not outcome.shifts:
        yield "  nobody's records come together or apart by it"
    if verdict == "SAME" and len({outcome.after[id_].person for id_ in outcome.subjects}) > 1:
        yield (
            "note: they stay apart: what is marked adoption, covert, silent or witness stands alone,"
            " and so do records that somebody judged DIFFERENT"
        )


def _lines(one: Judged) -> Iterator[str]:
    verdict = next((word for word, verdict in VERDICTS.items() if verdict == one.verdict), one.verdict)
    yield f"{one.made_at}  {one.id}  {verdict}  {' '.join(one.records)}"
    yield f"by {one.author}: {one.reason or '-'}"
    if one.withdrawn_at is not None:
        yield f"withdrawn {one.withdrawn_at} by {one.withdrawn_by}: {one.withdrawn_reason or '-'}"
