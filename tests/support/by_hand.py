"""What those who run the hub do by hand, as `hub mark` and `hub judge` do it, in a line each."""

from graph.by_hand import Hand, carry_out, judging, marking, withdrawing
from graph.change import Stamp
from graph.linkage.judgements import records_of
from graph.linkage.partition import Opinion
from graph.markings import Adjustment
from graph.records import Ref
from graph.standing import named
from graph.store import Store
from policies.vocabulary import Protection


async def mark(store: Store, what: Ref, protections: frozenset[Protection], stamp: Stamp) -> None:
    """Let something that is stored be protected in exactly this way: raise these, and lift all others."""
    (found,) = await named(store.read, str(what.source), [what.type])
    adjustment = Adjustment(raised=protections, lifted=frozenset(Protection) - protections)
    await carry_out(store, stamp, hand("ann"), marking([found], adjustment))


async def judge(store: Store, opinion: Opinion, stamp: Stamp) -> str:
    """Say what somebody holds of two records; gives the id of the judgement."""
    by = hand(opinion.author)
    return (await carry_out(store, stamp, by, judging(opinion, by.reason))).result


async def withdraw(store: Store, judgement: str, author: str, stamp: Stamp) -> None:
    """Take a judgement back, whoever made it."""
    records = await records_of(store.read, judgement) or ()
    by = hand(author)
    await carry_out(store, stamp, by, withdrawing(judgement, records, by))


def hand(author: str) -> Hand:
    return Hand(author=author, reason="so it is", operator="os:somebody", only_tries=False)
