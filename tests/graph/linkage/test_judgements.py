"""Judgements in the graph: made by rules and by people, withdrawn, and the partition with them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import GraphError
from graph.facts import protections
from graph.linkage.partition import Opinion
from graph.linkage.rules import CROWD
from graph.store import Connection, Store
from graph.vocabulary import Link, Verdict
from policies.vocabulary import Protection
from tests.graph.making import (
    LATER,
    agency,
    case,
    concerns,
    counting,
    differences,
    facts_of,
    links_of,
    members_of,
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
from tests.support.by_hand import judge, withdraw

NHS = "943 476 5919"
NAME = {"givenName": "Ruth", "familyName": "Moss", "dateOfBirth": "1988-05-06"}
STANDING = """
MATCH (j:Judgement) WHERE j.withdrawnAt IS NULL RETURN collect([j.judgementId, j.author, j.verdict])"""
SUCCESSOR = "MATCH (p:Person {personId: $id})-[:SUCCEEDED_BY*]->(s:Person) RETURN collect(s.personId)"


async def opine(store: Store, left: str, right: str, verdict: Verdict, author: str = "ann") -> str:
    opinion = Opinion(
        left=await record_id(store, left), right=await record_id(store, right), verdict=verdict, author=author
    )
    return await judge(store, opinion, stamp(LATER))


def test_a_strong_identifier_joins_within_an_agency_and_name_birth_and_phone_across(
    engine_connection: Connection,
) -> None:
    async def story(store: Store) -> None:
        await write(
            store,
            person("council/1", nhsNumber=NHS, phone="020 7946 0001", **NAME),
            person("council/2", nhsNumber=NHS),
            person("police/1", phone="02079460001", **NAME),
            person("police/2", **NAME),
            person("housing/1", nhsNumber=NHS),
        )
        assert await people(store) == {
            frozenset({"council/1", "council/2", "police/1"}),
            frozenset({"police/2"}),
            frozenset({"housing/1"}),
        }
        standing = await store.read(STANDING)
        assert sorted(author for _, author, _ in standing) == ["rule:name-birth-identifier", "rule:strong-identifier"]

    tell(engine_connection, story)


def test_a_rule_takes_its_judgement_back_when_the_values_no_longer_agree(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await write(store, person("council/1", nhsNumber=NHS), person("council/2", nhsNumber=NHS))
        first = (await person_of(store, "council/1"))["personId"]
        await write(store, person("council/2", nhsNumber="999 999 9468"))
        assert await people(store) == {frozenset({"council/1"}), frozenset({"council/2"})}
        assert (await person_of(store, "council/1"))["personId"] == first
        assert await store.read(STANDING) == []
        await write(store, person("council/2", nhsNumber=NHS))
        assert len(await people(store)) == 1

    tell(engine_connection, story)


def test_records_that_come_together_are_one_person_whom_the_marking_of_each_protects(
    engine_connection: Connection,
) -> None:
    async def story(store: Store) -> None:
        hidden = person("council/1", Protection.REFUGE, nhsNumber=NHS, dateOfBirth="1988-05-06")
        plain, home = person("council/2", nhsNumber=NHS), premises("council/3")
        await write(store, plain, hidden, home, resides(plain, home))
        assert await people(store) == {frozenset({"council/1", "council/2"})}
        about = await person_of(store, "council/2")
        assert (about["protections"], about["adultOn"]) == (["refuge"], "2006-05-06")
        told = [*(await facts_of(store, "PersonRecord")).values(), *(await links_of(store, Link.RESIDES_AT)).values()]
        assert [protections(facts) for facts in told] == [("refuge",)] * 3

    tell(engine_connection, story)


def test_new_records_of_which_one_is_like_an_older_one_join_its_person(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await write(store, person("council/1", nhsNumber=NHS))
        first = (await person_of(store, "council/1"))["personId"]
        between = person("council/2", nhsNumber=NHS, phone="020 7946 0001", **NAME)
        await write(store, person("police/1", phone="02079460001", **NAME), between, person("police/2"))
        assert await people(store) == {frozenset({"council/1", "council/2", "police/1"}), frozenset({"police/2"})}
        assert (await person_of(store, "police/1"))["personId"] == first

    tell(engine_connection, story)


def test_a_retired_person_leads_to_its_successor(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        matter = case("police/c", "police")
        await write(store, person("council/1"), agency("police"), at=stamp("2026-01-01T00:00:00Z"))
        await write(store, person("council/2"), at=stamp("2026-01-02T00:00:00Z"))
        await write(store, matter, concerns(matter, person("council/2")))
        old, young = [(await person_of(store, f"council/{key}"))["personId"] for key in (1, 2)]
        whose = "MATCH (r:PersonRecord {key: '2'}) RETURN elementId(r)"
        before = await store.read(whose)
        said = await opine(store, "council/1", "council/2", Verdict.SAME)
        assert await store.read(whose) != before
        merged = await person_of(store, "council/2")
        assert merged["personId"] == old
        assert merged["caseAgencies"] == ["police"]
        assert await members_of(store) == {"council/1": ",police,", "council/2": ",police,"}
        assert await store.read(SUCCESSOR, {"id": young}) == [old]
        await withdraw(store, said, "ann", stamp(LATER))
        assert (await person_of(store, "council/1"))["personId"] == old
        assert (await person_of(store, "council/1"))["caseAgencies"] == []
        assert await members_of(store) == {"council/1": "", "council/2": ",police,"}
        assert (await person_of(store, "council/2"))["personId"] not in {old, young}

    tell(engine_connection, story)


def test_what_a_human_holds_apart_no_rule_joins(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await write(store, person("council/1", nhsNumber=NHS), person("council/2", nhsNumber=NHS))
        said = await opine(store, "council/1", "council/2", Verdict.NOT_SAME)
        assert len(await people(store)) == 2
        await write(store, person("council/2", nhsNumber=NHS, givenName="Ruth"))
        assert len(await people(store)) == 2
        await opine(store, "council/2", "council/1", Verdict.UNSURE, "bob")
        assert len(await people(store)) == 1
        with pytest.raises(GraphError, match="withdrawn"):
            await withdraw(store, said, "ann", stamp(LATER))

    tell(engine_connection, story)


def test_a_rules_judgement_that_a_human_withdrew_is_not_made_again(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await write(store, person("council/1", nhsNumber=NHS), person("council/2", nhsNumber=NHS))
        ((id_, _, _),) = await store.read(STANDING)
        await withdraw(store, id_, "ann", stamp(LATER))
        await write(store, person("council/2", nhsNumber=NHS, givenName="Ruth"))
        assert len(await people(store)) == 2

    tell(engine_connection, story)


@pytest.mark.parametrize("apart", [Protection.ADOPTION, Protection.WITNESS, Protection.COVERT, Protection.SILENT])
def test_a_protected_record_never_shares_a_person_and_its_judgement_waits(
    engine_connection: Connection, apart: Protection
) -> None:
    async def story(store: Store) -> None:
        await write(store, person("council/1", nhsNumber=NHS), person("council/2", apart, nhsNumber=NHS))
        await opine(store, "council/1", "council/2", Verdict.SAME)
        assert len(await people(store)) == 2
        assert (await person_of(store, "council/1"))["protections"] == []
        await write(store, person("council/2", nhsNumber=NHS))
        assert len(await people(store)) == 1

    tell(engine_connection, story)


def test_a_number_that_a_crowd_shares_joins_nobody(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        crowd = [person(f"council/{key}", nhsNumber=NHS) for key in range(CROWD + 1)]
        await write(store, *crowd[1:])
        assert len(await people(store)) == 1
        await write(store, crowd[0])
        assert len(await people(store)) == CROWD + 1
        assert await differences(store) == []
        await write(store, person("council/1", givenName="Ruth"))
        assert len(await people(store)) == 2

    tell(engine_connection, story)


def test_a_judgement_needs_a_human_and_two_records(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        for opinion in (
            Opinion(left="a", right="b", verdict=Verdict.SAME, author="rule:mine"),
            Opinion(left="a", right="a", verdict=Verdict.SAME, author="ann"),
            Opinion(left="a", right="b", verdict=Verdict.SAME, author="ann"),
        ):
            with pytest.raises(GraphError):
                await judge(store, opinion, stamp())

    tell(engine_connection, story)


STEPS = st.lists(
    st.tuples(st.sampled_from(list(Verdict)), st.lists(st.integers(0, 4), min_size=2, max_size=2, unique=True)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_history_of_judgements_leaves_the_partition_that_the_standing_ones_say(
    engine_connection: Connection, steps: list[tuple[Verdict, list[int]]]
) -> None:
    async def story(store: Store) -> None:
        await write(store, *(person(f"council/{key}") for key in range(5)), at=stamp(chance=counting()))
        said = []
        for index, (verdict, (left, right)) in enumerate(steps):
            said.append(await opine(store, f"council/{left}", f"council/{right}", verdict))
            if index % 3 == 2:
                standing = [id_ for id_, *_ in await store.read(STANDING)]
                await withdraw(store, standing[0], "bob", stamp(LATER))
        groups = await people(store)
        assert sum(map(len, groups)) == 5

    tell(engine_connection, story)
