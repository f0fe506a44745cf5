"""Which connectors there are."""

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

from connectors import areas, food_hygiene, police_street
from connectors.base import Connector
from connectors.errors import ConnectorUnknown
from connectors.mapped.connecting import connector
from connectors.mapped.loading import load
from connectors.schools import links, register
from policies.findings import unknown

MAPPINGS = "mappings"


def connectors() -> Mapping[str, Connector]:
    """Every connector by name, read anew; raises MappingError for a mapping that does not hold."""
    mappings = (entry for entry in files("connectors").joinpath(MAPPINGS).iterdir() if entry.name.endswith(".yaml"))
    loaded = (load(entry.name, entry.read_text(encoding="utf-8")) for entry in mappings)
    written = (food_hygiene, police_street, register, links)
    every = (*(module.connector() for module in written), *areas.every(), *map(connector, loaded))
    return MappingProxyType({entry.name: entry for entry in sorted(every, key=lambda entry: entry.name)})


def named(name: str) -> Connector:
    """The connector of a name; raises ConnectorUnknown with the nearest one."""
    every = connectors()
    if name not in every:
        raise ConnectorUnknown(unknown("connector", name, every))
    return every[name]
