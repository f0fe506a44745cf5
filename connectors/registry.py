"""Which connectors there are."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
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
SUFFIX = ".yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Every connector by name, and by the name of its file what is wrong with each mapping that does not hold."""

    sound: Mapping[str, Connector]
    complaints: Mapping[str, str]


def connectors(own: Path | None = None) -> Registry:
    """What there is, read anew, with the mappings of a folder of one's `own`.

    A mapping that would take another connector's place does not hold, and neither of the two is sound.
    """
    written = (food_hygiene, police_street, register, links)
    sound = {one.name: one for one in (*(module.connector() for module in written), *areas.every())}
    complaints: dict[str, str] = {}
    for entry in _mappings(own):
        name = entry.name.removesuffix(SUFFIX)
        try:
            sound[name] = connector(_mapping(entry, sound))
        except MappingError as error:
            complaints[name] = str(error)
    held = {name: sound[name] for name in sorted(sound.keys() - complaints.keys())}
    return Registry(sound=MappingProxyType(held), complaints=MappingProxyType(complaints))


def _mappings(own: Path | None) -> Iterator[Path | Traversable]:
    for folder in (files("connectors").joinpath(MAPPINGS), *([own] if own is not None else [])):
        yield from sorted((one for one in folder.iterdir() if one.name.endswith(SUFFIX)), key=lambda one: one.name)


def _mapping(entry: Path | Traversable, taken: Container[str]) -> Mapped:
    try:
        text = entry.read_text(encoding="utf-8")
    except OSError as error:
        raise MappingError(f"{entry.name}: error: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise MappingError(f"{entry.name}: error: is not in UTF-8") from error
    mapping = load(entry.name, text)
    if entry.name != f"{mapping.name}{SUFFIX}":
        raise MappingError(
            f"{entry.name}: error: the file is not called like its mapping, `{mapping.name}`; rename one"
        )
    if mapping.name in taken:
        raise MappingError(f"{entry.name}: error: there is another dataset of that name; call it otherwise")
    return mapping


def named(name: str, own: Path | None = None) -> Connector:
    """The connector of a name, of a folder of one's own too.

    Raises MappingError for one that does not hold, and ConnectorUnknown with the nearest one, and with the files of
    which nobody knows whether they were meant.
    """
    every = connectors(own)
    if name in every.complaints:
        raise MappingError(every.complaints[name])
    if name not in every.sound:
        unread = ", ".join(f"{one}{SUFFIX}" for one in sorted(every.complaints))
        further = f" (mappings that do not hold: {unread}; `hub doctor` says why)" if unread else ""
        raise ConnectorUnknown(f"{unknown('connector', name, (*every.sound, *every.complaints))}{further}")
    return every.sound[name]
