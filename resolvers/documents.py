"""Documents that were parsed and found valid before, so that a client's usual question is read once."""

from collections import OrderedDict
from dataclasses import dataclass, field

from graphql import DocumentNode

LONGEST = 16_384
"""Characters of a document that is kept at the most; what people and apps write is shorter."""
KEPT = 262_144
"""Characters of all that are kept: parsed, they take some 23 MB."""


@dataclass(slots=True, kw_only=True)
class Documents:
    """Valid documents by their text; bounded by length, the least recently asked is forgotten first."""

    longest: int = LONGEST
    kept: int = KEPT
    _found: OrderedDict[str, DocumentNode] = field(default_factory=OrderedDict)
    _length: int = 0

    def find(self, text: str) -> DocumentNode | None:
        """Find a document that is known to be valid."""
        found = self._found.get(text)
        if found is not None:
            self._found.move_to_end(text)
        return found

    def keep(self, text: str, document: DocumentNode) -> None:
        """Keep a document that was found valid, unless it is too long."""
        if len(text) > self.longest or text in self._found:
            return
        self._found[text] = document
        self._length += len(text)
        while self._length > self.kept:
            forgotten, _ = self._found.popitem(last=False)
            self._length -= len(forgotten)
