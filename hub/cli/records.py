"""What a command is about, found by its id or by the key that its agency has for it."""

from collections.abc import Collection

import click

from graph.mirror import read_records
from graph.standing import Standing, former, named, standings
from graph.store import Store
from graph.vocabulary import PERSON_PREFIX, Node

FORM = "owner/dataset/key"


async def things(store: Store, name: str, kinds: Collection[Node]) -> list[Standing]:
    """Find what `name` names: one thing of these types, or a person with all records.

    A person who was merged into another is that one, unless some of whom it was went another way since.
    """
    if not name.startswith(PERSON_PREFIX):
        return [await thing(store, name, kinds)]
    records = await read_records(store.read, name)
    if (once := await former(store.read, name)) - records:
        raise click.UsageError(
            f"{name} was merged, and what was told of it is of several people now;"
            f" write the id of one of the records: {', '.join(sorted(once))}"
        )
    return await standings(store.read, Node.PERSON, records) or [await thing(store, name, kinds)]


async def thing(store: Store, name: str, kinds: Collection[Node]) -> Standing:
    """Find what `name` names among things of these types; a usage error says what else could be written."""
    found = await named(store.read, name, kinds)
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(f"{one.id} ({one.type})" for one in found)
        raise click.UsageError(f"{name!r} names several things; write the id of one: {several}")
    if name.startswith(PERSON_PREFIX) and (records := sorted(await read_records(store.read, name))):
        raise click.UsageError(f"{name} is a person; write the id of one of the records: {', '.join(records)}")
    forms = ", ".join(f"{kind.prefix}..." for kind in sorted(kinds))
    raise click.UsageError(f"nothing is stored of {name!r}; write an id ({forms}) or {FORM}")
