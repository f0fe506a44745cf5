"""Markings that people raise and lift."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.by_hand import carry_out, marking, of_person
from graph.errors import GraphError
from graph.linkage.partition import HIDING
from graph.markings import Adjustment
from graph.standing import Standing, standings
from graph.store import Connection, Store
from graph.vocabulary import Node
from policies.vocabulary import WHEREABOUTS, Protection
from tests.graph.making import (
    LATER,
    differences,
    dump,
    facts_of,
    people,
    person,
    person_of,
    premises,
    record_id,
    resides,
    stamp,
    tell,
    write,
)
from tests.support.by_hand import hand, mark

VICTIM = person("council/1", nhsNumber="943 476 5919")
SAME = person("council/2", nhsNumber="943 476 5919")
PLACES = st.sampled_from("ab")
CLASS = "Person/council/council-test/OFFICIAL"


def test_a_raised_marking_reaches_the_whole_person_and_lifting_it_restores_all(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await write(store, VICTIM, SAME)
        before = await facts_of(store, "PersonRecord")
        await mark(store, VICTIM.ref, frozenset({Protection.REFUGE}), stamp(LATER))
        assert await facts_of(store, "PersonRecord") == {
            "council/1": f"{CLASS}/refuge/refuge",
            "council/2": f"{CLASS}/-/refuge",
        }
        await mark(store, VICTIM.ref, frozenset(), stamp(LATER))
        assert await facts_of(store, "PersonRecord") == before

    tell(engine_connection, story)


def test_a_marking_that_sets_apart_gives_the_record_a_person_of_its_own(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await write(store, VICTIM, SAME)
        assert len(await people(store)) == 1
        await mark(store, SAME.ref, frozenset({Protection.WITNESS}), stamp(LATER))
        assert len(await people(store)) == 2
        await mark(store, SAME.ref, frozenset(), stamp(LATER))
        assert len(await people(store)) == 1

    tell(engine_connection, story)


def test_who_lives_at_a_hidden_place_stands_apart_for_as_long(engine_connection: Connection) -> None:
    hiding = Protection.COVERT
    lair, house = premises("police/lair"), premises("police/house")
    lodger, same, later = (person(f"police/{key}", nhsNumber="943 476 5919") for key in range(3))
    one, other, last = (frozenset({who.source.owner + "/" + who.source.key}) for who in (lodger, same, later))

    async def story(store: Store) -> None:
        async def parted(*marks: Protection) -> set[frozenset[str]]:
            await mark(store, lair.ref, frozenset(marks), stamp(LATER))
            assert await differences(store) == []
            assert (await person_of(store, "police/1"))["personId"] == known_by
            return await people(store)

        await write(store, lodger, same, lair, house, resides(lodger, lair))
        before = await facts_of(store, "PersonRecord")
        known_by = (await person_of(store, "police/1"))["personId"]
        assert await parted(hiding) == {one, other}
        assert await facts_of(store, "PersonRecord") == {
            "police/0": f"Person/police/police-test/OFFICIAL/-/{hiding}",
            "police/1": "Person/police/police-test/OFFICIAL/-/-",
        }
        await write(store, later)
        assert await people(store) == {one, other | last}
        assert await parted(hiding, Protection.REFUGE) == {one | other | last}  # a refuge follows to all records
        assert await parted(hiding) == {one, other | last}
        assert await parted() == {one | other | last}
        assert before.items() <= (await facts_of(store, "PersonRecord")).items()
        await write(store, premises("police/house", hiding), resides(lodger, house))
        assert await people(store) == {one, other | last}
        await write(store, premises("police/house"))
        assert await people(store) == {one | other | last}

    tell(engine_connection, story)


def test_who_arrives_at_a_hidden_place_never_joins_anybody(engine_connection: Connection) -> None:
    lair = premises("police/lair", Protection.COVERT)
    lodger, same, later = (person(f"police/{key}", nhsNumber="943 476 5919") for key in range(3))

    async def story(store: Store) -> None:
        await write(store, lodger, same, lair, resides(lodger, lair))
        apart = (await person_of(store, "police/0"))["personId"]
        await write(store, later, resides(later, lair))
        await write(store, person("police/0", nhsNumber="943 476 5919", givenName="Eve"))
        assert (await person_of(store, "police/0"))["personId"] == apart
        assert await people(store) == {frozenset({f"police/{key}"}) for key in range(3)}
        assert await store.read("MATCH (p:Person) RETURN count(p)") == 3

    tell(engine_connection, story)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.tuples(PLACES, st.sets(st.sampled_from(sorted(Protection)), max_size=2)),
            st.tuples(PLACES, st.integers(0, 3)),
        ),
        min_size=4,
        max_size=8,
    )
)
def test_however_it_came_about_those_stand_apart_who_live_at_hidden_places(
    engine_connection: Connection, steps: list[tuple[str, set[Protection] | int]]
) -> None:
    marks: dict[str, set[Protection]] = {}
    homes = {key: set[str]() for key in range(4)}
    lodgers = [person(f"council/{key}", nhsNumber="943 476 5919") for key in homes]

    async def story(store: Store) -> None:
        await write(store, *lodgers, premises("council/a"), premises("council/b"))
        for place, change in steps:
            if isinstance(change, int):
                homes[change].add(place)
                await write(store, resides(lodgers[change], premises(f"council/{place}")))
            else:
                marks[place] = change
                await write(store, premises(f"council/{place}", *change))
        found = {key: set[Protection]().union(*(marks.get(place, ()) for place in at)) for key, at in homes.items()}
        apart = {key for key, protections in found.items() if protections & HIDING and not protections & WHEREABOUTS}
        alone = [frozenset({f"council/{key}"}) for key in apart]
        together = frozenset(f"council/{key}" for key in homes if key not in apart)
        assert await people(store) == {group for group in (*alone, together) if group}

    tell(engine_connection, story)


def test_an_import_keeps_what_people_raised_and_lifted_and_adds_what_it_newly_states(
    engine_connection: Connection,
) -> None:
    async def story(store: Store) -> None:
        stated = person("council/1", Protection.REFUGE, givenName="Ada")
        await write(store, stated)
        await mark(store, stated.ref, frozenset({Protection.SILENT}), stamp(LATER))
        before = await dump(store)
        await write(store, stated)
        assert await dump(store) == before
        await write(store, person("council/1", Protection.REFUGE, Protection.COVERT, givenName="Eve"))
        protections = "covert+silent"
        assert await facts_of(store, "PersonRecord") == {"council/1": f"{CLASS}/{protections}/{protections}"}

    tell(engine_connection, story)


def test_only_what_is_stored_can_be_marked(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        raising = Adjustment(raised=frozenset({Protection.REFUGE}))
        for kind, text in ((Node.PREMISES, "there is no Premises gone"), (Node.WARD, "a Ward cannot be marked")):
            gone = Standing(id="gone", type=kind, source="council/gone", facts="", person=None)
            with pytest.raises(GraphError, match=text):
                await carry_out(store, stamp(), hand("ann"), marking([gone], raising))

    tell(engine_connection, story)


def test_what_is_lifted_holds_again_once_a_file_stated_the_thing_without_it(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        marked, plain = person("council/1", Protection.REFUGE, givenName="Ada"), person("council/1", givenName="Ada")
        await write(store, marked)
        await mark(store, marked.ref, frozenset(), stamp(LATER))
        await write(store, person("council/1", Protection.REFUGE, givenName="Eve"))
        assert await facts_of(store, "PersonRecord") == {"council/1": f"{CLASS}/-/-"}
        await write(store, plain)
        await write(store, marked)
        assert await facts_of(store, "PersonRecord") == {"council/1": f"{CLASS}/refuge/refuge"}

    tell(engine_connection, story)


def test_a_person_who_has_other_records_by_now_is_not_marked(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await write(store, VICTIM)
        about = (await person_of(store, "council/1"))["personId"]
        known = await standings(store.read, Node.PERSON, [await record_id(store, "council/1")])
        deed = of_person(about, marking(known, Adjustment(raised=frozenset({Protection.REFUGE}))))
        await write(store, SAME)
        with pytest.raises(GraphError, match="has other records by now"):
            await carry_out(store, stamp(), hand("ann"), deed)
        assert await facts_of(store, "PersonRecord") == {f"council/{key}": f"{CLASS}/-/-" for key in (1, 2)}

    tell(engine_connection, story)
