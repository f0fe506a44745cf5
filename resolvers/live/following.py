"""When there is something to look at: at once, and whenever something was stirred."""

from collections.abc import AsyncGenerator
from typing import Protocol

from graph.change import Ask
from graph.inbox import Came, Read, since, turns, waiting
from graph.vocabulary import Node
from resolvers.occasions import Occasion, Outcome, Watch


class Stir(Protocol):
    """Who follows something waits here."""

    async def again(self) -> None:
        """Return once something may have happened since this returned last, or since following began."""
        ...


async def follow(watch: Watch, agency: str, ask: Ask, stir: Stir) -> AsyncGenerator[Occasion, None]:
    """Give each occasion to tell something to somebody of an agency; go on after what was told."""
    if watch.ident is None:
        async for occasion in _follow_inbox(watch, agency, ask, stir):
            yield occasion
        return
    occasion = Occasion(subject=watch.ident, is_followed=True, seen=_seen(watch))
    while True:
        yield occasion
        if occasion.outcome is Outcome.WITHDRAWN:
            return
        occasion.seen = occasion.digest
        await stir.again()


async def _follow_inbox(watch: Watch, agency: str, ask: Ask, stir: Stir) -> AsyncGenerator[Occasion, None]:
    """What came before, then what comes; several changes of one thing are one occasion where they come in between.

    After what was told it looks once more before it waits: of what came together not all may have been there to see.
    """
    read = watch.read
    if read is None:
        taken = await turns(ask)
        coming = Came(turn=taken + 1, id="")
        read = Read(last=coming)
        if watch.node is Node.ALERT:
            heard = Read(last=Came(turn=0, id=""))
            async for came in _backlog(agency, ask, coming):
                heard = heard.on(came)
                yield Occasion(subject=came.id, turn=came.turn, told=heard.told)
            read = heard if heard.last.turn == taken else Read(last=Came(turn=taken, id=""))
    while True:
        page = await since(ask, watch.node, agency, read)
        for came in page:
            read = read.on(came)
            yield Occasion(subject=came.id, turn=came.turn, told=read.told, concerns=came.concerns, moves=came.moves)
        if not page:
            await stir.again()


async def _backlog(agency: str, ask: Ask, until: Came) -> AsyncGenerator[Came, None]:
    """The alerts of which nobody has taken notice, the oldest first."""
    last = Came(turn=0, id="")
    while page := await waiting(ask, agency, last):
        for last in page:
            if last >= until:
                return
            yield last


def _seen(watch: Watch) -> str | None:
    key = watch.mark.position.key if watch.mark is not None else None
    return None if key is None else str(key)
