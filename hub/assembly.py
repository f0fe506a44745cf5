"""The hub put together: policies, identity, ledger and contract around an open graph."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager

from graph.store import Store
from hub import clock, partnership, stamps
from hub.admission import Admitting, of_the_demo, roles_of
from hub.alerting import Alerting
from hub.app import Parts
from hub.bell import Bell
from hub.folder import Folder
from hub.gatekeeping import gate_of
from hub.gates import Gate
from hub.graphql import GraphQLAnswerer, Means
from hub.health import Health, examinations
from hub.live.conversation import Means as LiveMeans
from hub.live.endpoint import LiveEndpoint
from hub.live.feed import Feed
from hub.live.streams import Streams
from hub.master_key import master_key
from hub.policies import read_policies
from hub.public import PublicDesk, nobody
from hub.recording import recording
from hub.rounds import Chore, Rounds
from hub.scribe import GraphScribe
from hub.services import Services
from hub.settings import Mode, Settings
from hub.watch import PolicyWatch
from policies.engine import Engine, compile_engine
from policies.sealing import Seal
from resolvers.acting.standing_in import StandIns
from resolvers.alerting import Relay
from resolvers.binding import bound_contract
from resolvers.turns import InTurn
from schema.catalogue import catalogue

SECRET_SIZE = 32


@asynccontextmanager
async def assembled(settings: Settings, services: Services) -> AsyncIterator[Parts]:
    """Give the parts of the application.

    Raises PolicyError for policies that cannot be used, IssuersUnusable for the documents of issuers, LedgerError for a
    ledger that cannot be written, FolderError where the key of what is sealed is gone.
    """
    engine = compile_engine(read_policies(settings.policies), catalogue())
    await partnership.state(services.store, engine.agencies, stamps.stamp())
    watch = PolicyWatch(engine)
    await watch.refresh(services.store)
    bell = Bell()
    feed = Feed(store=services.store, bell=bell)
    watching = [watch.run(services.store), feed.run(), *(one.run() for one in _rounds(services.store, engine, bell))]
    if settings.redis is not None:
        watching.append(_carrying(settings.redis, bell))
    master = await master_key(settings, services)
    async with (
        _admitting(settings, services.folder, watch) as admitted,
        recording(services) as ledger,
        _beside([*watching, *(one.run() for one in admitted.keys)]),
        gate_of(settings, master) as gate,
    ):
        answerer = GraphQLAnswerer(
            means=Means(
                schema=bound_contract(),
                store=InTurn(services.store),
                scribe=_scribe(services.store, watch, bell, master, ledger.name),
                policies=watch,
                ledger=ledger,
                cursor_secret=services.folder.secret("cursors", SECRET_SIZE),
                today=clock.today,
                fast_way=settings.fast_way,
            )
        )
        health = Health(
            examinations=examinations(services, lambda: watch.current.engine, clock.today), clock=time.monotonic
        )
        desk = _public(answerer, gate)
        yield _parts(answerer, feed, admitted, health, desk)


def _scribe(store: Store, watch: PolicyWatch, bell: Bell, master: bytes, ledger: str) -> GraphScribe:
    return GraphScribe(
        store=store,
        watch=watch,
        stamp=stamps.stamp,
        wake=bell.ring,
        seal=Seal(master=master, chance=secrets.token_bytes),
        ledger=ledger,
    )


def _carrying(url: str, bell: Bell) -> Coroutine[None, None, None]:
    """Carry wake-ups between this process and the others."""
    from hub.live.carrier import Carrier  # noqa: PLC0415 - without a Redis nobody waits for its package

    return Carrier(url=url, bell=bell).run()


def _rounds(store: Store, engine: Engine, bell: Bell) -> list[Rounds]:
    chores: dict[str, Chore] = {
        "alerts could not be raised": Alerting(store=store, relay=Relay(store=store, engine=engine)),
        "tasks could not be handed on": StandIns(store=store),
    }
    return [
        Rounds(chore=chore, failure=failure, stamp=stamps.stamp, today=clock.today, bell=bell)
        for failure, chore in chores.items()
    ]


@asynccontextmanager
async def _beside(watching: Iterable[Coroutine[None, None, None]]) -> AsyncIterator[None]:
    """Run what goes on while the block lasts."""
    async with asyncio.TaskGroup() as tasks:
        running = [tasks.create_task(one) for one in watching]
        try:
            yield
        finally:
            for task in running:
                task.cancel()


@asynccontextmanager
async def _admitting(settings: Settings, folder: Folder, policies: PolicyWatch) -> AsyncIterator[Admitting]:
    """Let in people of the demo, or in production whoever the documents of issuers say."""
    agencies = roles_of(policies.current.engine.agencies)
    if settings.mode is Mode.DEMO:
        yield of_the_demo(folder, settings.mode, agencies)
        return
    from hub.federation import federated  # noqa: PLC0415 - in the demo nobody waits for what speaks to providers

    async with federated(settings, folder, policies, agencies) as admitted:
        yield admitted


def _parts(
    answerer: GraphQLAnswerer, feed: Feed, admitting: Admitting, health: Health, public: PublicDesk | None
) -> Parts:
    streams = Streams(answerer=answerer, feed=feed)
    return Parts(
        answerer=answerer,
        door=admitting.door,
        live=LiveEndpoint(means=LiveMeans(streams=streams, door=admitting.door, ids=stamps.nonce)),
        health=health,
        requests=stamps.nonce,
        explorer=admitting.explorer,
        reception=admitting.reception,
        public=public,
    )


def _public(answerer: GraphQLAnswerer, gate: Gate | None) -> PublicDesk | None:
    """Give the desk for the public, where a role of an agency is for it and it is let in."""
    principal = nobody(answerer.means.policies.current.engine)
    if principal is None or gate is None:
        return None
    return PublicDesk(answerer=answerer, principal=principal, gate=gate, keys=stamps.nonce)
