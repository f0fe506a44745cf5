"""In two worlds that differ in what is hidden alone, whoever it is hidden from is answered alike, whatever they do."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

import pytest

from graph.change import Stamp
from graph.doctor import recompute
from graph.store import Connection, Store
from resolvers.alerting import Relay
from tests.faults.test_killed import rounds
from tests.resolvers.acting.overviews import FEW, OVERVIEWS, VIEWERS
from tests.resolvers.acting.script import Move, Script, text
from tests.resolvers.acting.stagecraft import REFUSALS
from tests.resolvers.acting.unheard import REACHED, unheard
from tests.resolvers.acting.worlds import COMMON, DIFFERENCES, KEYS, LIVED_IN, Difference
from tests.resolvers.stage import staged
from tests.support.hub import ASB, DAY, TestHub
from tests.support.scenes import Facts, stamp, write

MADE = {"involvePerson", "involvePremises", "submitReferral", "confirmLikeness", "triageReferral"}
"""What must have been made, or nothing is shown of it."""
ROUNDS = 20
PERSON = "MATCH (r:PersonRecord {key: $key})-[:ABOUT]->(p:Person) RETURN DISTINCT p.personId"
PLACES = "MATCH (m:Premises) WHERE m.key IN ['a', 'b'] RETURN collect([m.owner, m.premisesId])"
CASES = "MATCH (c:Case {key: $key}) RETURN collect(c.caseId)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How many steps by chance a script has, after how many all is looked at, and by whom."""

    steps: int
    between_looks: int
    viewers: Sequence[tuple[str, str]]


SHORT = Length(steps=2, between_looks=100, viewers=FEW)
LONG = Length(steps=30, between_looks=12, viewers=VIEWERS)


@dataclass(slots=True)
class Stamps:
    """Moments by the step and ids by what is done in it, so that what is done unheard shifts no others."""

    step: int = 0
    act: str = ""

    def __call__(self) -> Stamp:
        return stamp(f"{self.act} ", self.moment)

    @property
    def moment(self) -> str:
        minutes, seconds = divmod(self.step, 60)
        return f"2026-11-24T09:{minutes:02}:{seconds:02}.000Z"


@dataclass(slots=True, kw_only=True)
class World:
    """One of the two, as all are told of it from whom the difference is hidden.

    It is to be `like` another that was told before. The `secrets` are of whom, and in which case, the spared work.
    """

    hub: TestHub
    stamps: Stamps
    script: Script
    length: Length
    like: "World | None"
    secrets: tuple[str, str] | None
    told: list[tuple[str, bytes]] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)
    unheard: Counter[str] = field(default_factory=Counter)
    looks: int = 0

    async def play(self) -> None:
        between = self.length.between_looks
        for at, move in enumerate(self.script.moves(self.length.steps)):
            self.stamps.step = at
            await self._work_unheard()
            self.script.learn(await self._act(move))
            if at % between == between - 1:
                await self.look()
        await self.look()

    async def look(self) -> None:
        """Raise what is due, and ask everything as everybody."""
        self.looks += 1
        relay, runs = Relay(store=self.hub.store, engine=self.hub.watch.current.engine), count()
        while await relay.run(stamp(f"relay {self.looks} {next(runs)} ", self.stamps.moment), DAY):
            pass
        await self.hub.watch.refresh(self.hub.store)
        for who, purpose in self.length.viewers:
            if who not in self.script.spared:
                for question in OVERVIEWS:
                    answer = await self.hub.body(who, purpose, question)
                    assert b'"errors"' not in answer, (who, purpose, answer)
                    self._tell(f"{who} for {purpose}: {question}", answer)

    async def _act(self, move: Move) -> dict[str, Any]:
        answer, done = await self._send(move, f"{self.stamps.step:04} heard", self.made)
        self._tell(str(move), answer)
        return done

    async def _work_unheard(self) -> None:
        if self.secrets is None:
            return
        for at, move in enumerate(unheard(self.stamps.step, self.script, *self.secrets)):
            await self._send(move, f"{self.stamps.step:04} unheard {at}", self.unheard)

    async def _send(self, move: Move, key: str, made: Counter[str]) -> tuple[bytes, dict[str, Any]]:
        """Send a change, count it if it was made, and return the answer, and what it says was done."""
        who, name, given = move
        self.stamps.act = key
        answer = await self.hub.body(who, ASB, text(name), {"input": {"idempotencyKey": key, **given}})
        done: dict[str, Any] = json.loads(answer)["data"]["done"]
        if done["__typename"] not in REFUSALS:
            made.update([name])
        return answer, done

    def _tell(self, asked: str, answer: bytes) -> None:
        """Keep an answer, which must be the one that the other world gave."""
        asked = f"{self.stamps.step}: {asked}"
        if self.like is not None:
            asked_there, answer_there = self.like.told[len(self.told)]
            assert asked == asked_there
            assert json.loads(answer) == json.loads(answer_there), asked
            assert answer == answer_there, asked
        self.told.append((asked, answer))


async def knowing(store: Store, seed: int, difference: Difference) -> Script:
    """A script of those who know people, places and cases that are in both worlds."""
    return Script(
        chance=Random(seed),  # noqa: S311 - a script that can be repeated
        people={key: await store.read(PERSON, {"key": key}) for key in KEYS},
        places=sorted(await store.read(PLACES)),
        cases=sorted(await store.read(CASES, {"key": "1"})),
        spared=difference.spared,
    )


async def played(
    connection: Connection, difference: Difference, seed: int, length: Length, like: World | None = None
) -> World:
    """Play a script in the one world, or in the other where it is to be like the one.

    In every third what is hidden is written down when all is done.
    """
    hidden = difference.one if like is None else difference.other
    is_late = seed % 3 == 0 and not difference.is_busy
    stamps = Stamps()
    async with staged(connection, stamp=stamps) as hub:
        await write(hub.store, *COMMON, *(LIVED_IN if difference.is_lived_in else ()), seed="common ")
        if not is_late:
            await hide(hub, hidden)
        world = World(
            hub=hub,
            stamps=stamps,
            script=await knowing(hub.store, seed, difference),
            length=length,
            like=like,
            secrets=await secrets(hub.store) if difference.is_busy and like is not None else None,
        )
        await world.play()
        if is_late:
            await hide(hub, hidden)
            await world.look()
        assert [one async for one in recompute(hub.store)] == []
    return world


async def hide(hub: TestHub, batches: tuple[tuple[Facts, ...], ...]) -> None:
    for at, batch in enumerate(batches):
        await write(hub.store, *batch, seed=f"hidden {at} ")
    await hub.watch.refresh(hub.store)


async def secrets(store: Store) -> tuple[str, str]:
    (covert,) = await store.read(CASES, {"key": "9"})
    return await store.read(PERSON, {"key": "zed"}), covert


async def compared(connection: Connection, difference: Difference, seed: int, length: Length) -> int:
    """Play the same in both worlds, and return how many answers were the same."""
    one = await played(connection, difference, seed, length)
    other = await played(connection, difference, seed, length, one)
    assert len(one.told) == len(other.told)
    assert set(one.made) >= MADE, one.made
    assert not difference.is_busy or set(other.unheard) == REACHED, other.unheard
    return len(one.told)


@pytest.mark.parametrize("difference", DIFFERENCES.values(), ids=DIFFERENCES)
def test_two_worlds_that_differ_in_what_is_hidden_tell_the_same(
    engine_connection: Connection, difference: Difference
) -> None:
    asyncio.run(compared(engine_connection, difference, 1, SHORT))


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("difference", DIFFERENCES.values(), ids=DIFFERENCES)
def test_whatever_people_do_in_them(engine_connection: Connection, difference: Difference) -> None:
    async def whole() -> int:
        return sum([await compared(engine_connection, difference, seed, LONG) for seed in rounds(ROUNDS)])

    answers = asyncio.run(whole())
    sys.stderr.write(f"{len(rounds(ROUNDS))} scripts, {answers} answers, 0 differences\n")
