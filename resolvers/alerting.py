"""Alerts: what changed is looked at once, and who is to be told of it finds it among their agency's own records.

An alert that nobody can be told is looked at again, see graph.undelivered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from graph import grounds, nodes, outbox, receipts, undelivered
from graph.change import Change, Stamp, commit
from graph.outbox import AT_ONCE, MARK, Past, Reached, Touched
from graph.store import Store
from graph.undelivered import Undelivered
from graph.vocabulary import Node
from graph.writer import state
from policies.alert_documents import DATASET
from policies.engine import Engine
from policies.recipients import Recipients
from resolvers import lapsing
from resolvers.due_alerts import Due, look_for

READER = DATASET
KEPT = timedelta(days=7)
"""How long the outbox keeps what was read, and a receipt is good for."""
HOUR = len("2026-11-24T09")
"""How much of a moment says its hour."""


@dataclass(slots=True, kw_only=True)
class Relay:
    """Raises alerts by the rules in force. Several may run: each change is looked at once.

    Up to the position that it has `passed` it found nothing to look at since that was last marked. In the hour named by
    `forgot` there is nothing more to forget.
    """

    store: Store
    engine: Engine
    passed: int = 0
    forgot: str = ""

    async def run(self, stamp: Stamp, day: str) -> int:
        """Look at what changed since anybody looked, and raise what is due; returns how much was looked at.

        Where nothing changed, look again at what nobody could be told on another day, or under other policies, and
        forget what was kept for long enough, whether or not anything is ever changed that is to be looked at.
        """
        marked = await outbox.read_to(self.store, READER)
        reached = await outbox.after(self.store, max(marked, self.passed))
        if reached is not None and reached.is_nothing and reached.position < marked + AT_ONCE:
            self.passed = reached.position  # to mark it would keep writers waiting
        elif reached is not None:
            return await commit(self.store, stamp, lambda change: self._look(change, marked, reached, day))
        if await undelivered.stale(self.store.read, self._mark(day)):
            return await commit(self.store, stamp, lambda change: self._look_again(change, day))
        return await self._tidy(stamp, marked)

    async def _tidy(self, stamp: Stamp, marked: int) -> int:
        """Forget some of what is past its time, and look no more in an hour in which there is nothing left of it.

        No turn is taken for nothing: who begins to follow looks closer at what came with the last.
        """
        hour = stamp.now[:HOUR]
        if self.forgot == hour:
            return 0
        moment = (datetime.fromisoformat(stamp.now) - KEPT).isoformat(timespec="milliseconds")
        past = Past(position=max(marked, self.passed), before=moment.replace("+00:00", "Z"))
        if await outbox.is_past(self.store, past) or await receipts.is_past(self.store.read, past.before):
            return await commit(self.store, stamp, lambda change: self._forget(change, marked, past))
        self.forgot = hour
        return 0

    async def _forget(self, change: Change, marked: int, past: Past) -> int:
        """Mark how far nothing is left to look at, unless somebody else did, and forget what was kept up to there."""
        await change.take_turn()
        if await change.ask(outbox.READ_TO, {"name": READER}) != marked:
            return 0
        await change.tx.run(MARK, {"name": READER, "position": past.position})
        return await outbox.forget(change.tx, past) + await receipts.forget(change, past.before)

    async def _look(self, change: Change, marked: int, reached: Reached, day: str) -> int:
        """Raise what is due and mark how far was read, unless somebody else did; all in one transaction."""
        await change.take_turn()
        if await change.ask(outbox.READ_TO, {"name": READER}) != marked:
            return 0
        if not reached.is_nothing:
            await lapsing.look(change, self.engine, reached, day)
            await self._raise(change, await self._due(change, reached, day), day)
        await change.tx.run(MARK, {"name": READER, "position": reached.position})
        return reached.position - marked

    async def _look_again(self, change: Change, day: str) -> int:
        """Look at the next that nobody could be told; what is not due any more is settled, if its rule is in force."""
        await change.take_turn()
        waiting = await undelivered.stale(change.ask, self._mark(day))
        around = Reached(position=0, changes=(Touched(persons=await undelivered.children(change.ask, waiting)),))
        due = await self._due(change, around, day)
        asleep = {rule.id for rule in self.engine.alerts if not rule.applies(day)}
        found = {one.key for one in due}
        await undelivered.settle(
            change, {one.key for one in waiting if one.key not in found and one.rule not in asleep}
        )
        await undelivered.keep(change, (one for one in waiting if one.rule in asleep), self._mark(day))
        await self._raise(change, due, day)
        return len(waiting)

    async def _due(self, change: Change, reached: Reached, day: str) -> list[Due]:
        """Find what is due by the rules in force, each around what wakes it; one alert by each tie that raises it."""
        found: list[Due] = []
        for rule in self.engine.alerts:
            if rule.applies(day):
                found += await look_for(change.ask, rule, reached.by(rule.trigger.wakes), day)
        often = await grounds.lapsed(change.ask, {one.ground.key for one in found})
        return [replace(one, lapsed=often.get(one.ground.key, 0)) for one in found]

    async def _raise(self, change: Change, due: Sequence[Due], day: str) -> None:
        """Raise what somebody can be told and was not, and keep what nobody could be and nobody was."""
        recipients = Recipients(engine=self.engine, day=day)
        first = [(one, recipients.first(one.rule, one.match)) for one in due]
        told = {str(one.source(agency)): (one, agency) for one, agency in first if agency is not None}
        arriving = {one.key for one, _ in told.values()}
        lost = {one.key: one for one in due if one.key not in arriving}
        ever = [str(one.source(agency)) for one in lost.values() for agency in self.engine.agencies]
        known = await nodes.found(change.ask, Node.ALERT, [*told, *ever])
        anew = [(one, to) for key, (one, to) in told.items() if key not in known]
        if anew:
            stored = await state(change, [fact for one, to in anew for fact in one.facts(to, change)])
            await grounds.stand(change, (one.ground for one, _ in anew))
            named = f"{Node.ALERT}:"
            change.outgoing.things.update(ident for name, ident in stored.ids.items() if name.startswith(named))
        heard = {key.split("/", 2)[2] for key in known}
        kept = {key: one for key, one in lost.items() if key not in heard}
        await undelivered.settle(change, {one.key for one in due} - kept.keys())
        await undelivered.keep(change, (_undelivered(one, recipients) for one in kept.values()), self._mark(day))

    def _mark(self, day: str) -> str:
        return f"{day} {self.engine.policy_hash}"


def _undelivered(due: Due, recipients: Recipients) -> Undelivered:
    kept_back = recipients.are_kept_from_it(due.rule, due.match)
    return Undelivered(key=due.key, rule=due.rule.id, child=due.match.child, is_kept_back=kept_back)
