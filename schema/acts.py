"""What can be done to records, by type: the words of `may` in agreements."""

from collections.abc import Mapping
from types import MappingProxyType

ACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"Case": ("open", "change", "involve", "invite", "join", "leave", "note", "close", "reopen")}
)
