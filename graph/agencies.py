"""The partner agencies and their teams, stated by the hub itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.change import Stamp
from graph.participation import AGENCIES, agency
from graph.records import LinkFact, Marking, NodeFact, Ref, Source, Value
from graph.store import Store
from graph.vocabulary import Link, Node
from graph.writer import write_facts
from policies.vocabulary import HUB, AgencyType, Sensitivity

URNS = "MATCH (a:Agency {sourceKey: $key}) RETURN collect(a.urn)"
OPEN = Marking(sensitivity=Sensitivity.OFFICIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamEntry:
    """A part of an agency; `key` is unique within it."""

    key: str
    name: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyEntry:
    """A partner and whom to ask there."""

    code: str
    name: str
    agency_type: AgencyType
    urn: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    teams: tuple[TeamEntry, ...] = ()


async def write_agencies(store: Store, entries: Iterable[AgencyEntry], stamp: Stamp) -> None:
    """Store the agencies; those that are stored already are left alone."""
    await write_facts(store, [fact for entry in entries for fact in _facts(entry)], stamp)


async def own_nodes(store: Store, code: str, register: str) -> dict[Node, Ref]:
    """The nodes that stand for an agency: itself, and the school of its reference number in a dataset of the hub's."""
    urns = await store.read(URNS, {"key": str(agency(code).source)})
    schools = (Ref(type=Node.SCHOOL, source=Source(owner=HUB, dataset=register, key=urn)) for urn in urns)
    return {Node.AGENCY: agency(code), **{ref.type: ref for ref in schools}}


def _facts(entry: AgencyEntry) -> Iterator[NodeFact | LinkFact]:
    ref = agency(entry.code)
    yield NodeFact(type=ref.type, source=ref.source, marking=OPEN, values=_known(_agency_values(entry)))
    for team in entry.teams:
        source = Source(owner=HUB, dataset=AGENCIES, key=f"{entry.code}/{team.key}")
        values = _known({"name": team.name, "email": team.email, "phone": team.phone})
        fact = NodeFact(type=Node.TEAM, source=source, marking=OPEN, values=values)
        yield fact
        yield LinkFact(type=Link.HAS_TEAM, source=source, marking=OPEN, start=ref, end=fact.ref)


def _agency_values(entry: AgencyEntry) -> dict[str, str | None]:
    return {
        "code": entry.code,
        "name": entry.name,
        "agencyType": entry.agency_type.value,
        "urn": entry.urn,
        "contactName": entry.contact_name,
        "contactEmail": entry.contact_email,
        "contactPhone": entry.contact_phone,
    }


def _known(values: dict[str, str | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}
