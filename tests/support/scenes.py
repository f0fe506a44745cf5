"""Small scenes in the graph: who and what there is, in a line each."""

import hashlib
from collections.abc import Callable
from itertools import count

from graph.change import Stamp
from graph.records import LinkFact, Marking, NodeFact, Source, Value
from graph.store import Store, Transaction
from graph.vocabulary import Link, Node
from graph.writer import write_facts
from hub.partnership import read_partnership, state
from policies.vocabulary import Protection, Sensitivity

NOW = "2026-11-24T09:00:00Z"
KEPT = ("Agency", "Team", "Migration", "Turn", "FactClass")
CLEAR = "MATCH (n) WHERE NOT head(labels(n)) IN $kept WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS gone"
_DATASETS = {
    "council": "council-asb-people",
    "police": "police-nominals",
    "housing": "housing-tenancies",
    "victim_support": "victim-support-clients",
    "larkhall": "school-roll",
    "fennel": "school-roll",
    "hub": "wards-2025",
}
OFFICIAL, SENSITIVE = Sensitivity.OFFICIAL, Sensitivity.OFFICIAL_SENSITIVE
Facts = NodeFact | LinkFact


def chance(seed: str = "") -> Callable[[str], str]:
    """Ids that look random and are the same each time; another seed gives others."""
    numbers = count(1)
    return lambda prefix: prefix + hashlib.blake2b(f"{seed}{next(numbers)}".encode(), digest_size=8).hexdigest()


def stamp(seed: str = "", now: str = NOW) -> Stamp:
    return Stamp(now=now, chance=chance(seed))


def source(name: str) -> Source:
    """`council/7` is key 7 in the council's people, `council/food-hygiene/7` in another of its datasets."""
    owner, *dataset, key = name.split("/")
    return Source(owner=owner, dataset=dataset[0] if dataset else _DATASETS[owner], key=key)


def thing(kind: Node, name: str, /, *marks: Protection | Sensitivity, **values: Value | None) -> NodeFact:
    """Something that an agency states, OFFICIAL unless it is said; a value that is None is not stated."""
    known = {field: value for field, value in values.items() if value is not None}
    marking = Marking(
        sensitivity=SENSITIVE if SENSITIVE in marks else OFFICIAL,
        protections=frozenset(mark for mark in marks if isinstance(mark, Protection)),
    )
    return NodeFact(type=kind, source=source(name), marking=marking, values=known)


def person(name: str, /, *marks: Protection | Sensitivity, **values: Value | None) -> NodeFact:
    return thing(Node.PERSON, name, *marks, **values)


def premises(name: str, /, *marks: Protection | Sensitivity, **values: Value | None) -> NodeFact:
    return thing(Node.PREMISES, name, *marks, **values)


def establishment(name: str, /, **values: Value | None) -> NodeFact:
    return thing(Node.ESTABLISHMENT, name, **values)


def case(name: str, /, *participants: str, status: str = "OPEN", **values: Value | None) -> NodeFact:
    """A case with its participating agencies, the lead first."""
    stated: dict[str, Value | None] = {"status": status, "participants": list(participants), "reference": name}
    return thing(Node.CASE, name, **stated | values)


def link(kind: Link, start: NodeFact, end: NodeFact, /, *protections: Protection, **values: Value) -> LinkFact:
    """A link that the owner of its start states, named after its ends."""
    key = f"{kind}-{start.source.key}-{end.source.owner}-{end.source.key}"
    own = start.source
    return LinkFact(
        type=kind,
        source=Source(owner=own.owner, dataset=own.dataset, key=key),
        marking=Marking(sensitivity=OFFICIAL, protections=frozenset(protections)),
        start=start.ref,
        end=end.ref,
        values=values,
    )


def resides(who: NodeFact, where: NodeFact, *protections: Protection, **values: Value) -> LinkFact:
    return link(Link.RESIDES_AT, who, where, *protections, **values)


def concerns(matter: NodeFact, what: NodeFact, role: str | None = None, *protections: Protection) -> LinkFact:
    return link(Link.CONCERNS, matter, what, *protections, **({} if role is None else {"role": role}))


def sibling(one: NodeFact, other: NodeFact) -> LinkFact:
    return link(Link.SIBLING_OF, one, other)


def associate(one: NodeFact, other: NodeFact, **values: Value) -> LinkFact:
    return link(Link.ASSOCIATES_WITH, one, other, **values)


def occupies(business: NodeFact, where: NodeFact) -> LinkFact:
    return link(Link.OCCUPIES, business, where)


async def state_partnership(store: Store) -> None:
    """State the shipped partnership's agencies, as `hub serve` does."""
    await state(store, read_partnership(None), stamp("partnership"))


async def write(store: Store, *facts: Facts, seed: str = "") -> None:
    """Store facts with what follows from them; the same seed gives the same ids."""
    await write_facts(store, facts, stamp(seed))


async def clear(store: Store) -> None:
    """Forget everything but the partnership and the classes that were ever seen."""

    async def work(transaction: Transaction) -> int:
        rows = await transaction.run(CLEAR, {"kept": list(KEPT)})
        return int(rows[0][0])

    while await store.write(work):
        pass
