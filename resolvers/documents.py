"""Documents that were parsed and found valid before, so that a client's usual question is read once."""

from dataclasses import dataclass

from graphql import DocumentNode

from resolvers.kept import Kept

LONGEST = 16_384
"""Characters of a document that is kept at the most; what people and apps write is shorter."""
KEPT = 262_144
"""Characters of all that are kept: parsed, they take some 23 MB."""


@dataclass(slots=True, kw_only=True)
class Documents(Kept[str, DocumentNode]):
    """Valid documents by their text."""

    longest: int = LONGEST
    most: int = KEPT
