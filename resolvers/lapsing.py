"""That what alerts were raised of is over, so that it may alert anew when it comes back."""

from graph import grounds
from graph.change import Change
from graph.outbox import Reached, Touched
from policies.engine import Engine
from policies.recipients import Recipients
from resolvers.due_alerts import look_for


async def end(change: Change, engine: Engine, day: str) -> None:
    """Note which grounds fell with what was just ended in this change.

    What is left that could be told to nobody does not hold one up: whoever states anew what they see would learn of it.
    """
    touched = change.touched
    reached = Touched(
        records=frozenset(touched.records), persons=frozenset(touched.persons), cases=frozenset(touched.cases)
    )
    recipients = Recipients(engine=engine, day=day)
    await _lapse(change, engine, Reached(position=0, changes=(reached,)), day, recipients)


async def look(change: Change, engine: Engine, reached: Reached, day: str) -> None:
    """Note which grounds fell with what others changed.

    What was only protected stands: to raise it anew when that is lifted would be to tell twice what was stated once.
    """
    await _lapse(change, engine, reached, day, None)


async def _lapse(change: Change, engine: Engine, reached: Reached, day: str, recipients: Recipients | None) -> None:
    rules = {rule.id: rule for rule in engine.alerts if rule.applies(day)}
    standing = {one.key for one in await grounds.around(change.ask, reached) if one.rule in rules}
    if not standing:
        return
    found = [one for rule in rules.values() for one in await look_for(change.ask, rule, reached, day)]
    held = {one.ground.key for one in found if recipients is None or recipients.first(one.rule, one.match) is not None}
    await grounds.lapse(change, standing - held)
