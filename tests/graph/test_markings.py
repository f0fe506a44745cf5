"""Markings that people raise and lift."""

import pytest

from graph.errors import GraphError
from graph.markings import mark
from graph.store import Connection, Store
from graph.vocabulary import Node
from policies.vocabulary import Protection
from tests.graph.making import LATER, dump, facts_of, people, person, ref, stamp, tell, write

VICTIM = person("council/1", nhsNumber="943 476 5919")
SAME = person("council/2", nhsNumber="943 476 5919")
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
        for kind, text in ((Node.PREMISES, "no Premises with key 1"), (Node.WARD, "a Ward cannot be marked")):
            with pytest.raises(GraphError, match=text):
                await mark(store, ref(kind, "council/1"), frozenset(), stamp())

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
