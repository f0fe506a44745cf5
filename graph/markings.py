"""Markings that people raise and lift, beside what a dataset states."""

from graph import consequences, nodes
from graph.change import Change, Stamp, commit
from graph.errors import GraphError
from graph.facts import effective
from graph.linkage.persons import repartition
from graph.records import Ref
from graph.store import Store
from graph.vocabulary import Node
from policies.vocabulary import Protection

MARKABLE = frozenset({Node.PERSON, Node.PREMISES, Node.ESTABLISHMENT, Node.CASE})


async def mark(store: Store, ref: Ref, protections: frozenset[Protection], stamp: Stamp) -> None:
    """Let a stored thing be protected in exactly this way, with all that follows, in one transaction.

    A later import keeps it: what a person raised stays raised, and what a person lifted stays lifted while the
    dataset states it; a protection that the dataset newly states holds. Raises GraphError for a thing that is not
    stored.
    """
    if ref.type not in MARKABLE:
        raise GraphError(f"a {ref.type} cannot be marked")

    async def work(change: Change) -> None:
        await change.take_turn()
        known = await nodes.found(change.ask, ref.type, [str(ref.source)])
        if not known:
            raise GraphError(f"no {ref.type} with key {ref.source.key}")
        (held,) = known.values()
        id_ = held.id
        (row,) = await nodes.read(change.ask, ref.type, [id_])
        raised = sorted(protections.difference(row["stated"]))
        lifted = sorted(set(row["stated"]).difference(protections))
        marked = list(effective(row["stated"], raised, lifted))
        new = {**row, "raised": raised, "lifted": lifted, "marked": marked, "lastSeen": stamp.now}
        await nodes.replace(change, ref.type, [nodes.classified(change, ref.type, new)])
        change.touch(ref.type, {id_})
        change.outgoing.note(ref.type)
        if ref.type is Node.PERSON:
            await repartition(change, {id_})
        await consequences.draw(change)

    await commit(store, stamp, work)
