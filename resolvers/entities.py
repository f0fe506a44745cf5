"""Federation: things that another subgraph names, found in batches through the one read path."""

import asyncio
from typing import Any

from graph.vocabulary import Node
from resolvers.branch import Branch
from resolvers.errors import InputRefused
from resolvers.operation import Answer, Operation
from resolvers.planning import FIRST_AT_MOST
from resolvers.reading import Reader
from resolvers.selection import TYPENAME, Selected

_KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "Person": (("id", "personId"),),
    "Premises": (("id", Node.PREMISES.id_property),),
    "Establishment": (("id", Node.ESTABLISHMENT.id_property),),
    "Case": (("id", Node.CASE.id_property),),
    "School": (("id", Node.SCHOOL.id_property), ("urn", "urn")),
    "Ward": (("id", Node.WARD.id_property), ("code", "code")),
    "Agency": (("id", Node.AGENCY.id_property), ("code", "code")),
}
"""By which fields a type is named, and the property behind each."""


def plan_entities(operation: Operation, selected: Selected) -> Answer:
    """Plan finding the things that representations name; null for what is not there for this viewer."""
    representations = operation.planner.opened(selected.arguments["representations"])
    if len(representations) > FIRST_AT_MOST:
        raise InputRefused(f"`representations` takes {FIRST_AT_MOST:,} at the most")
    answers = [_plan(operation, selected, representation) for representation in representations]

    async def answer(reader: Reader) -> list[Branch | None]:
        return list(await asyncio.gather(*(one(reader) for one in answers)))

    return answer


def _plan(operation: Operation, selected: Selected, representation: Any) -> Answer:  # noqa: ANN401 - what the gateway wrote
    typename = representation.get(TYPENAME) if isinstance(representation, dict) else None
    if not isinstance(typename, str) or typename not in _KEYS:
        raise InputRefused(f"a representation names one of {', '.join(_KEYS)} in `{TYPENAME}`")
    named = next((pair for pair in _KEYS[typename] if isinstance(representation.get(pair[0]), str)), None)
    if named is None:
        keys = " or ".join(key for key, _ in _KEYS[typename])
        raise InputRefused(f"a representation of {typename} has its {keys}")
    key, by = named
    search = operation.search(Node(typename), by, selected)
    return lambda reader: reader.find(search, representation[key])
