"""Planned operations that others can use, so that a usual question is planned once."""

from dataclasses import dataclass, field

import orjson

from policies.view import Snapshot
from policies.viewer import ViewerClass
from resolvers.copies import Memory
from resolvers.givens import Path, written
from resolvers.kept import Kept
from resolvers.prepared import Prepared
from resolvers.reading import Reader

LONGEST = 16_384
"""Characters of a document with the values on which a plan depends, where it is kept at the most."""
KEPT = 131_072
"""Characters of all that are kept."""

_PATH = 64
"""What a path counts for, in characters."""

Document = tuple[str, str | None]
"""The text of a document, and the name of the operation that is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Who may use a plan: `values` are those that it depends on, written down."""

    document: Document
    viewer: ViewerClass
    day: str
    values: bytes

    @property
    def length(self) -> int:
        """Its length in characters and bytes."""
        return len(self.document[0]) + len(self.values)


@dataclass(slots=True, kw_only=True)
class Shelf:
    """Plans of one snapshot, by document, class of viewer, day, and whatever else planning looked at.

    What that is, is learned for each document while it is planned. A plan is found under a key that holds at least the
    values that its own planning opened, so it is never found for others. With another snapshot all are forgotten.
    """

    longest: int = LONGEST
    most: int = KEPT
    memory: Memory = field(default_factory=Memory)
    _snapshot: Snapshot | None = None
    _opened: Kept[Document, frozenset[Path]] = field(init=False)
    _plans: Kept[Key, Prepared] = field(init=False)

    def __post_init__(self) -> None:
        self._opened = Kept(longest=self.longest, most=self.most)
        self._plans = Kept(longest=self.longest, most=self.most)

    def __len__(self) -> int:
        return len(self._plans)

    def find(self, document: Document, reader: Reader) -> Prepared | None:
        """Find the plan that answers this request."""
        if reader.snapshot is not self._snapshot:
            self._snapshot = reader.snapshot
            self._opened.clear()
            self._plans.clear()
            self.memory.clear()
            return None
        opened = self._opened.find(document)
        return self._plans.find(_key(document, reader, opened)) if opened is not None else None

    def keep(self, document: Document, reader: Reader, prepared: Prepared) -> None:
        """Keep the plan that was made for this request, unless the snapshot has changed since."""
        if reader.snapshot is not self._snapshot:
            return
        opened = (self._opened.find(document) or frozenset()) | prepared.opened
        self._opened.keep(document, opened, len(document[0]) + len(opened) * _PATH)
        key = _key(document, reader, opened)
        self._plans.keep(key, prepared, key.length)


def _key(document: Document, reader: Reader, opened: frozenset[Path]) -> Key:
    values = orjson.dumps(written(reader.values, opened), option=orjson.OPT_SORT_KEYS)
    return Key(document=document, viewer=reader.viewer.cls, day=reader.viewer.day, values=values)
