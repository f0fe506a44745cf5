"""Which connectors there are."""

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from connectors import areas, food_hygiene, police_street
from connectors.base import Connector
from connectors.errors import ConnectorUnknown, MappingError
from connectors.mapped.connecting import connector
from connectors.mapped.loading import load
from connectors.mapped.mapping import Mapping as Mapped
from connectors.schools import links, register
from policies.findings import unknown

MAPPINGS = "mappings"


def connectors(own: Path | None = None) -> Mapping[str, Connector]:
    """Every connector by name, read anew, with the mappings of a folder of one's `own`.

    Raises MappingError for a mapping that does not hold, or would take another connector's place.
    """
    folders = (files("connectors").joinpath(MAPPINGS), *([own] if own is not None else []))
    loaded = (_mapping(entry) for folder in folders for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    written = (food_hygiene, police_street, register, links)
    every = (*(module.connector() for module in written), *areas.every(), *map(connector, loaded))
    found: dict[str, Connector] = {}
    for one in sorted(every, key=lambda one: one.name):
        if found.setdefault(one.name, one) is not one:
            raise MappingError(f"{one.name}.yaml: error: there is another dataset of that name; call it otherwise")
    return MappingProxyType(found)


def _mapping(entry: Path | Traversable) -> Mapped:
    mapping = load(entry.name, entry.read_text(encoding="utf-8"))
    if entry.name != f"{mapping.name}.yaml":
        raise MappingError(
            f"{entry.name}: error: the file is not called like its mapping, `{mapping.name}`; rename one"
        )
    return mapping


def named(name: str, own: Path | None = None) -> Connector:
    """The connector of a name, of a folder of one's own too; raises ConnectorUnknown with the nearest one."""
    every = connectors(own)
    if name not in every:
        raise ConnectorUnknown(unknown("connector", name, every))
    return every[name]
