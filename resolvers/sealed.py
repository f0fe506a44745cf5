"""What is kept sealed, as the contract words it once it is opened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from policies.sealing import Seal
from resolvers.branch import project
from resolvers.layout import Mask
from resolvers.selection import Selected, Selection

_WORDED: Mapping[str, Callable[[Sequence[str]], Any]] = {
    "narrative": "\n\n".join,
    "toldPeople": list,
    "describedPeople": lambda texts: [orjson.loads(text) for text in texts],
}
"""The sealed fields of referrals, each with what its texts come to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Opens what an operation selects of sealed fields, where it is told in full."""

    seal: Seal
    selection: Selection

    def mask(self, selected: Selected) -> Mask | None:
        """Give what opens a field; None where it is not sealed."""
        worded = _WORDED.get(selected.name)
        if worded is None:
            return None
        return lambda sealed: project(self.selection, selected, worded(self.seal.open(sealed)))
