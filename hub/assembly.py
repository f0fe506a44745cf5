"""The hub put together: policies, identity, ledger and contract around an open graph."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager

from graph.store import Store
from hub import clock, partnership, stamps
from hub.alerting import Alerting
from hub.app import Parts
from hub.bell import Bell
from hub.explorer.routes import Explorer
from hub.gatekeeping import gate_of
from hub.gates import Gate
from hub.graphql import GraphQLAnswerer, Means
from hub.health import Health, examinations
from hub.identity.bearer import Door
from hub.identity.development import ISSUER, KEY_NAME, KEY_SIZE, DevelopmentIssuer, development_issuer
from hub.identity.verifier import Verifier
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
from hub.work.reception import Reception
from policies.engine import Engine, compile_engine
from policies.sealing import Seal
from resolvers.acting.standing_in import StandIns
from resolvers.alerting import Relay
from resolvers.binding import bound_contract
from resolvers.turns import InTurn
from schema.catalogue import catalogue

SECRET_SIZE = 32
QUERY = """\
{
  wards(filter: {vintage: {eq: 2025}}, first: 50) { edges { node { code name } } }
}
"""
"""What the explorer begins with, where the demo does not put its own question."""


@asynccontextmanager
async def assembled(settings: Settings, services: Services) -> AsyncIterator[Parts]:
    """Give the parts of the application.

    Raises PolicyError for policies that cannot be used, LedgerError for a ledger that cannot be written, FolderError
    where the key of what is sealed is gone.
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
    async with recording(services) as ledger, _beside(watching), gate_of(settings, master) as gate:
        answerer = GraphQLAnswerer(
            means=Means(
                schema=bound_contract(),
                store=InTurn(services.store),
                scribe=GraphScribe(
                    store=services.store,
                    watch=watch,
                    stamp=stamps.stamp,
                    wake=bell.ring,
                    seal=Seal(master=master, chance=secrets.token_bytes),
                    ledger=ledger.name,
                ),
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
        yield _parts(settings, services, Streams(answerer=answerer, feed=feed), health, desk)


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


def _parts(
    settings: Settings, services: Services, streams: Streams, health: Health, public: PublicDesk | None
) -> Parts:
    answerer = streams.answerer
    issuer, engine = _issuer(settings, services), answerer.means.policies.current.engine
    roles = {code: frozenset(agency.roles) for code, agency in engine.agencies.items()}
    verifier = Verifier(issuers={} if issuer is None else {ISSUER: issuer.public}, agencies=lambda: roles)
    door = Door(verifier, clock.moment)
    return Parts(
        answerer=answerer,
        door=door,
        live=LiveEndpoint(means=LiveMeans(streams=streams, door=door, ids=stamps.nonce)),
        health=health,
        requests=stamps.nonce,
        explorer=None if issuer is None else Explorer(issuer=issuer, clock=clock.moment, query=QUERY),
        reception=None if issuer is None else Reception(issuer=issuer, door=door, clock=clock.moment),
        public=public,
    )


def _public(answerer: GraphQLAnswerer, gate: Gate | None) -> PublicDesk | None:
    """Give the desk for the public, where a role of an agency is for it and it is let in."""
    principal = nobody(answerer.means.policies.current.engine)
    if principal is None or gate is None:
        return None
    return PublicDesk(answerer=answerer, principal=principal, gate=gate, keys=stamps.nonce)


def _issuer(settings: Settings, services: Services) -> DevelopmentIssuer | None:
    """Give the issuer of the demo's tokens, which in production there is not."""
    if settings.mode is not Mode.DEMO:
        return None
    return development_issuer(services.folder.secret(KEY_NAME, KEY_SIZE), settings.mode)
