"""Which connectors there are."""

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
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


def connectors() -> Mapping[str, Connector]:
    """Every connector by name, read anew; raises MappingError for a mapping that does not hold.

    A mapping is named like its file, or one that was copied and not renamed would take the place of the other.
    """
    mappings = (entry for entry in files("connectors").joinpath(MAPPINGS).iterdir() if entry.name.endswith(".yaml"))
    loaded = (_mapping(entry) for entry in mappings)
    written = (food_hygiene, police_street, register, links)
    every = (*(module.connector() for module in written), *areas.every(), *map(connector, loaded))
    return MappingProxyType({entry.name: entry for entry in sorted(every, key=lambda entry: entry.name)})


def _mapping(entry: Traversable) -> Mapped:
    mapping = load(entry.name, entry.read_text(encoding="utf-8"))
    if entry.name != f"{mapping.name}.yaml":
        raise MappingError(
            f"{entry.name}: error: the file is not called like its mapping, `{mapping.name}`; rename one"
        )
    return mapping


def named(name: str) -> Connector:
    """The connector of a name; raises ConnectorUnknown with the nearest one."""
    every = connectors()
    if name not in every:
        raise ConnectorUnknown(unknown("connector", name, every))
    return every[name]
