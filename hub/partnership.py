"""The partner agencies: read from the policy documents, and stated in the graph by the hub itself."""

from collections.abc import Mapping
from pathlib import Path

from graph import agencies
from graph.change import Stamp
from graph.store import Store
from hub.policies import read_policies
from policies.corpus import partners
from policies.documents import AgencyEntry

Partnership = Mapping[str, AgencyEntry]


def read_partnership(folder: Path | None) -> Partnership:
    """The agencies by code, of a folder of policies or the shipped one; raises PolicyError."""
    return partners(read_policies(folder)).agencies


async def state(store: Store, partnership: Partnership, stamp: Stamp) -> None:
    """Store the agencies, their teams and whom to ask; what is stored already is left alone."""
    await agencies.write_agencies(store, map(_entry, partnership.values()), stamp)


def _entry(agency: AgencyEntry) -> agencies.AgencyEntry:
    return agencies.AgencyEntry(
        code=agency.code,
        name=agency.name,
        agency_type=agency.type,
        urn=agency.urn,
        contact_name=agency.contact.name,
        contact_email=agency.contact.email,
        contact_phone=agency.contact.phone,
        teams=tuple(
            agencies.TeamEntry(key=team.code, name=team.name, email=team.email, phone=team.phone)
            for team in agency.teams
        ),
    )
