"""The agencies that the hub itself states."""

from dataclasses import replace

from graph.agencies import AgencyEntry, TeamEntry, write_agencies
from graph.store import Connection, Store
from graph.vocabulary import Link
from policies.vocabulary import AgencyType
from tests.graph.making import LATER, case, dump, links_of, stamp, tell, write

COUNCIL = AgencyEntry(
    code="council",
    name="The Council",
    agency_type=AgencyType.LOCAL_AUTHORITY,
    teams=(TeamEntry(key="asb", name="ASB team", email="asb@council.example"),),
)
POLICE = AgencyEntry(code="police", name="The Police", agency_type=AgencyType.POLICE)
NAMES = "MATCH (a:Agency) WITH a ORDER BY a.code RETURN collect([a.code, a.name])"


def test_agencies_are_stated_once_and_replaced_when_they_change(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await write_agencies(store, [COUNCIL, POLICE], stamp())
        await write(store, case("council/c", "council", "police"))
        before = await dump(store)
        await write_agencies(store, [COUNCIL, POLICE], stamp(LATER))
        assert await dump(store) == before
        await write_agencies(store, [replace(COUNCIL, name="The City Council"), POLICE], stamp(LATER))
        assert await store.read(NAMES) == [["council", "The City Council"], ["police", "The Police"]]
        assert await links_of(store, Link.HAS_TEAM) == {"hub/council/asb": "HAS_TEAM/hub/agencies/OFFICIAL/-/-"}
        assert len(await links_of(store, Link.PARTICIPATES_IN)) == 2

    tell(engine_connection, story)
