"""Measuring in alternated rounds, A B A B, so that whatever slows the machine slows all alike."""

import asyncio
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from urllib.parse import urlsplit

from bench.processes import BenchError
from bench.questions import Asker, Question
from bench.town import Town

WARM_SECONDS = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much is measured: rounds, seconds of each, and clients that ask at the same time."""

    rounds: int
    seconds: float
    clients: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One round of one server: requests a second, and milliseconds of an answer."""

    rate: float
    p50: float
    p99: float
    longest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A value of each round: the median, with the range."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Iterable[float]) -> "Span":
        return cls(values=tuple(values))

    @property
    def middle(self) -> float:
        return median(self.values)

    @property
    def least(self) -> float:
        return min(self.values)

    @property
    def most(self) -> float:
        return max(self.values)


Samples = Mapping[str, Sequence[Sample]]


async def alternate(askers: Sequence[Asker], question: Question, town: Town, effort: Effort) -> Samples:
    """Let each server be asked in turn, round by round, after rounds that warm up."""
    await warm(askers, question, town, effort)
    found: dict[str, list[Sample]] = {asker.name: [] for asker in askers}
    for _ in range(effort.rounds):
        for asker in askers:
            found[asker.name].append(await measure(asker, question, town, effort))
    return found


async def warm(askers: Sequence[Asker], question: Question, town: Town, effort: Effort) -> None:
    """Let each server be asked in turn, twice, so that the first alone does not pay for an engine that is cold."""
    for asker in (*askers, *askers):
        brief = replace(effort, seconds=min(WARM_SECONDS, effort.seconds))
        await _send(asker.url, asker.request(question, town), brief)


async def measure(asker: Asker, question: Question, town: Town, effort: Effort) -> Sample:
    """One round of one server."""
    return await ask(asker.url, asker.request(question, town), effort)


async def ask(url: str, request: str, effort: Effort) -> Sample:
    """One round of a request; raises BenchError where it is refused, or not answered in that time."""
    times = await _send(url, request, effort)
    if not times:
        raise BenchError(f"{url} answers nothing in {effort.seconds:g} seconds; give it more with SECONDS")
    return Sample(
        rate=len(times) / effort.seconds,
        p50=times[len(times) // 2],
        p99=times[len(times) * 99 // 100],
        longest=times[-1],
    )


async def _send(url: str, request: str, effort: Effort) -> list[float]:
    """Let a process of its own send the request; gives the milliseconds of each answer in order of size."""
    address = urlsplit(url)
    asked = {
        "host": address.hostname,
        "port": address.port,
        "clients": effort.clients,
        "seconds": effort.seconds,
        "warm": min(0.5, effort.seconds / 4),
        "request": request,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.load", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate(json.dumps(asked).encode())
    if process.returncode:
        raise BenchError(f"{url} does not answer as it should")
    return sorted(json.loads(output)["milliseconds"])


def rates_of(samples: Samples, name: str) -> Span:
    """How many requests a second a server answered."""
    return Span.of(one.rate for one in samples[name])


def p50s(samples: Samples, name: str) -> Span:
    """How long a server took for its median answer."""
    return Span.of(one.p50 for one in samples[name])


def rates(samples: Samples, ours: str, theirs: str) -> Span:
    """How many times as many requests a second one server answered as the other, round by round."""
    return Span.of(one.rate / other.rate for one, other in zip(samples[ours], samples[theirs], strict=True))


def times(samples: Samples, ours: str, theirs: str) -> Span:
    """How many times as long one server took as the other, by the median answer of each round."""
    return Span.of(one.p50 / other.p50 for one, other in zip(samples[ours], samples[theirs], strict=True))
