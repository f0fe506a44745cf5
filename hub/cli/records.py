"""What a command is about, found by its id or by the key that its agency has for it."""

from collections.abc import Collection, Iterable

import click

from graph.mirror import read_records
from graph.standing import Standing, former, named, standings
from graph.vocabulary import PERSON_PREFIX, Node
from hub.by_hand import point_out
from hub.cli.signature import operator
from hub.services import Services

FORM = "owner/dataset/key"


async def things(services: Services, name: str, kinds: Collection[Node]) -> list[Standing]:
    """Find what `name` names: one thing of these types, or a person with all records.

    A person who was merged into another is that one, unless some of whom it was went another way since.
    """
    if not name.startswith(PERSON_PREFIX):
        return [await thing(services, name, kinds)]
    ask = services.store.read
    records = await read_records(ask, name)
    if (once := await former(ask, name)) - records:
        said = (
            f"{name} was merged, and what was told of it is of several people now; write the id of one of the records"
        )
        raise await _several(services, name, said, await standings(ask, Node.PERSON, once))
    return await standings(ask, Node.PERSON, records) or [await thing(services, name, kinds)]


async def thing(services: Services, name: str, kinds: Collection[Node]) -> Standing:
    """Find what `name` names among things of these types; a usage error says what else could be written."""
    ask = services.store.read
    found = await named(ask, name, kinds)
    if len(found) == 1:
        return found[0]
    if found:
        raise await _several(services, name, f"{name!r} names several things; write the id of one", found)
    if name.startswith(PERSON_PREFIX) and (records := await read_records(ask, name)):
        said = f"{name} is a person; write the id of one of the records"
        raise await _several(services, name, said, await standings(ask, Node.PERSON, records))
    forms = ", ".join(f"{kind.prefix}..." for kind in sorted(kinds))
    raise click.UsageError(f"nothing is stored of {name!r}; write an id ({forms}) or {FORM}")


async def _several(services: Services, name: str, said: str, found: Iterable[Standing]) -> click.UsageError:
    """Say what could be written, once the ledger has what that tells."""
    one_of = ", ".join(sorted(f"{one.id} ({one.type})" for one in found))
    receipt = await point_out(services, operator(), name, found)
    return click.UsageError(f"{said}: {one_of}\nreceipt {receipt}")
