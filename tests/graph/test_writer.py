"""Rows into the graph."""

from collections.abc import Callable

import pytest

from graph.change import Stamp
from graph.records import LinkFact, NodeFact, Reject, Row
from graph.runs import Counts, finish_run, quarantined, runs, start_run
from graph.store import Connection, Store
from graph.vocabulary import Link, Node, RunState
from policies.vocabulary import Protection
from tests.graph.making import (
    LATER,
    NOW,
    RUN,
    agency,
    case,
    concerns,
    counting,
    dump,
    facts_of,
    links_of,
    person,
    premises,
    ref,
    resides,
    rows,
    source,
    stamp,
    tell,
    write,
)
from tests.support.batches import write_batch
from tests.support.engine import on_every_engine

pytestmark = on_every_engine


ANNA = person("council/1", givenName="Anna", familyName="Archer", dateOfBirth="2010-02-03", nhsNumber="943 476 5919")
HOME = premises("council/home", address="1 Low Road", ward="E05000001")
NOISE = case("council/n1", "council", "police", reference="N1")
STORY: tuple[NodeFact | LinkFact, ...] = (
    ANNA,
    HOME,
    NOISE,
    resides(ANNA, HOME),
    concerns(NOISE, ANNA),
    concerns(NOISE, HOME),
    agency("council"),
    agency("police"),
)
NODE = "MATCH (r:PersonRecord {sourceKey: $key}) RETURN [r.recordId, elementId(r), r.address, r.lastSeen, r.firstSeen]"


def test_a_batch_is_stored_once_and_again_changes_nothing(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        first = await write(store, *STORY)
        before = await dump(store)
        second = await write(store, *STORY, at=stamp(LATER))
        assert first.counts == Counts(rows_in=8, stored=8)
        assert second.counts == Counts(rows_in=8, unchanged=8)
        assert await dump(store) == before

    tell(engine_connection, story)


def test_a_changed_row_is_a_new_node_with_the_old_id_and_the_old_edges(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await write(store, *STORY)
        key = {"key": str(source("council/1"))}
        old = await store.read(NODE, key)
        edges = await _edges(store)
        moved = person("council/1", **{**ANNA.values, "address": "2 High Road"})
        outcome = await write(store, moved, at=stamp(LATER))
        new = await store.read(NODE, key)
        assert outcome.counts == Counts(rows_in=1, stored=1)
        assert new[0] == old[0]
        assert new[1] != old[1]
        assert new[2:] == ["2 High Road", LATER, NOW]
        assert await _edges(store) == edges

    tell(engine_connection, story)


async def _edges(store: Store) -> list[list[object]]:
    statement = """
MATCH (r:PersonRecord)-[e]-(x)
RETURN collect([type(e), coalesce(x.personId, x.premisesId, x.caseId, x.value), properties(e)])"""
    return sorted(await store.read(statement), key=repr)


def test_two_linked_records_that_change_together_keep_their_link(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        one, two = person("larkhall/1", givenName="Ada"), person("larkhall/2", givenName="Ben")
        link = LinkFact(
            type=Link.SIBLING_OF, source=source("larkhall/s"), marking=ANNA.marking, start=one.ref, end=two.ref
        )
        await write(store, one, two, link)
        changed = [person(f"larkhall/{key}", givenName="Eve") for key in (1, 2)]
        await write(store, *changed)
        assert list(await links_of(store, Link.SIBLING_OF)) == ["larkhall/s"]

    tell(engine_connection, story)


def test_a_link_that_is_stated_of_other_ends_moves_and_keeps_its_id(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        other, away = person("council/2", givenName="Bea"), premises("council/away", ward="E05000002")
        await write(store, *STORY, other, away)
        link = resides(ANNA, HOME)
        moved = LinkFact(type=link.type, source=link.source, marking=link.marking, start=other.ref, end=away.ref)
        statement = """
MATCH (r:PersonRecord)-[e:RESIDES_AT]->(m:Premises) RETURN collect([r.key, m.key, e.linkId])"""
        ((_, _, id_),) = await store.read(statement)
        await write(store, moved)
        assert await store.read(statement) == [["2", "away", id_]]

    tell(engine_connection, story)


def test_a_link_without_an_end_is_a_reject_and_its_row_is_stored(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await start_run(store, RUN, NOW, lambda _: True)
        lost = resides(ANNA, ref(Node.PREMISES, "council/nowhere"))
        whole = Row(line=2, key="1", facts=(ANNA, lost))
        bare = Row(line=3, key="2", facts=(lost,))
        unread = Row(line=4, key=None, facts=(), rejects=(Reject(line=4, column="born", reason="no date", raw="x"),))
        outcome = await write_batch(store, [whole, bare, unread], RUN, stamp())
        reason = "its Premises is not here"
        assert [(reject.line, reject.reason) for reject in outcome.rejects] == [
            (2, reason),
            (3, reason),
            (4, "no date"),
        ]
        assert outcome.counts == Counts(rows_in=3, stored=1, quarantined=2)
        again = await write_batch(store, [whole, bare, unread], RUN, stamp())
        assert again.counts == Counts(rows_in=3, unchanged=1, quarantined=2)
        await finish_run(store, RUN.id, RunState.FINISHED, LATER)
        (report,) = await runs(store)
        assert report.counts == Counts(rows_in=6, stored=1, unchanged=1, quarantined=4)
        assert (report.state, report.finished_at) == (RunState.FINISHED, LATER)
        assert len(await quarantined(store, RUN.id)) == 6

    tell(engine_connection, story)


def test_participants_follow_the_case(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await write(store, agency("council"), agency("police"), agency("housing"))
        outcome = await write(store, case("council/n1", "council", "police", "ghost"))
        assert [(reject.line, reject.reason) for reject in outcome.rejects] == [(1, "its Agency is not here")]
        await write(store, case("council/n1", "housing", "police"))
        assert set(await links_of(store, Link.PARTICIPATES_IN)) == {"council/n1/police", "council/n1/housing"}

    tell(engine_connection, story)


class Death(Exception):  # noqa: N818 - it is what happens
    """The process ends here."""


def failing(after: int) -> Callable[[str], str]:
    """Ids until one day the process dies."""
    ids, given = counting(), []

    def chance(prefix: str) -> str:
        given.append(prefix)
        if len(given) > after:
            raise Death
        return ids(prefix)

    return chance


@pytest.mark.parametrize("after", [0, 1, 3, 5, 7, 8])
def test_a_batch_that_dies_half_way_leaves_nothing(engine_connection: Connection, after: int) -> None:
    async def story(store: Store) -> None:
        await write(store, person("police/9", familyName="Other", nhsNumber="943 476 5919"))
        before = await dump(store)
        with pytest.raises(Death):
            await write(store, *STORY, at=Stamp(now=LATER, chance=failing(after)))
        assert await dump(store) == before
        assert (await write(store, *STORY)).counts == Counts(rows_in=8, stored=8)

    tell(engine_connection, story)


def test_a_later_row_of_a_batch_holds_where_two_state_the_same(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        first, second = (premises("council/home", Protection.REFUGE, address=text) for text in ("old", "new"))
        outcome = await write_batch(store, rows(first, second), RUN, stamp())
        assert outcome.counts == Counts(rows_in=2, stored=2)
        assert await store.read("MATCH (m:Premises) RETURN collect(m.address)") == ["new"]
        assert await facts_of(store, "Premises") == {
            "council/home": "Premises/council/council-test/OFFICIAL/refuge/refuge"
        }

    tell(engine_connection, story)
