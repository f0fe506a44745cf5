"""A file that says one thing twice."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import LinkFact, Marking, NodeFact, Row, Source, Value
from graph.vocabulary import Link, Node
from hub.survey import Survey
from policies.vocabulary import Protection, Sensitivity

PLAIN = Marking(sensitivity=Sensitivity.OFFICIAL)
REFUGE = Marking(sensitivity=Sensitivity.OFFICIAL_SENSITIVE, protections=frozenset({Protection.REFUGE}))
WITNESS = Marking(sensitivity=Sensitivity.OFFICIAL, protections=frozenset({Protection.WITNESS}))


def _person(key: str, marking: Marking = PLAIN, **values: Value) -> NodeFact:
    source = Source(owner="council", dataset="people", key=key)
    return NodeFact(type=Node.PERSON, source=source, marking=marking, values=values)


def _home(marking: Marking = PLAIN, **values: Value) -> NodeFact:
    source = Source(owner="council", dataset="people", key="1 high row")
    return NodeFact(type=Node.PREMISES, source=source, marking=marking, values=values)


def _row(line: int, key: str | None, *facts: NodeFact | LinkFact) -> Row:
    return Row(line=line, key=key, facts=facts)


@contextmanager
def _surveyed(rows: Sequence[Row]) -> Iterator[list[Row]]:
    survey = Survey()
    survey.see(rows)
    yield survey.settle(rows)
    survey.close()


def test_rows_that_say_different_things_pass_as_they_are() -> None:
    rows = [_row(2, "a", _person("a", givenName="Ada")), _row(3, "b", _person("b", givenName="Bea"))]
    with _surveyed(rows) as settled:
        assert settled == rows


def test_a_second_row_with_the_same_key_is_set_aside_and_names_the_first() -> None:
    with _surveyed([_row(2, "a", _person("a")), _row(7, "a", _person("a"))]) as (first, second):
        assert first.facts
        assert second.facts == ()
        assert second.rejects[0].reason == "has the same key as line 2"
        assert second.rejects[0].line == 7


@pytest.mark.parametrize("order", [(PLAIN, REFUGE, WITNESS), (REFUGE, WITNESS, PLAIN), (WITNESS, PLAIN, REFUGE)])
def test_a_thing_is_marked_as_all_its_rows_together_mark_it(order: tuple[Marking, ...]) -> None:
    with _surveyed([_row(line, str(line), _home(marking)) for line, marking in enumerate(order)]) as settled:
        assert {fact.marking for row in settled for fact in row.facts} == {
            Marking(
                sensitivity=Sensitivity.OFFICIAL_SENSITIVE,
                protections=frozenset({Protection.REFUGE, Protection.WITNESS}),
            )
        }


def test_a_row_that_is_set_aside_for_its_key_still_protects() -> None:
    with _surveyed([_row(2, "a", _person("a")), _row(3, "a", _person("a", REFUGE))]) as (first, second):
        assert first.facts[0].marking == REFUGE
        assert second.facts == ()


def test_the_first_row_stands_where_a_later_one_says_something_else_of_a_person() -> None:
    rows = [_row(2, "a", _person("x", phone="+441")), _row(5, "b", _person("x", phone="+442"))]
    with _surveyed(rows) as (_, second):
        assert second.facts[0].values == {"phone": "+441"}
        assert second.rejects[0].reason == "says something else of the same Person than line 2, which stands"


def test_two_spellings_of_one_place_are_no_matter() -> None:
    rows = [_row(2, "a", _home(address="1 High Row")), _row(3, "b", _home(address="1, HIGH ROW"))]
    with _surveyed(rows) as (_, second):
        assert second.facts[0].values == {"address": "1 High Row"}
        assert second.rejects == ()


def test_a_node_and_a_link_of_one_key_are_two_things() -> None:
    person, home = _person("a"), _home()
    stays = LinkFact(type=Link.RESIDES_AT, source=person.source, marking=REFUGE, start=person.ref, end=home.ref)
    with _surveyed([_row(2, "a", person, stays)]) as (row,):
        assert row.facts == (person, stays)


def _rows() -> st.SearchStrategy[list[Row]]:
    facts = st.builds(
        _person,
        st.sampled_from("xyz"),
        st.sampled_from((PLAIN, REFUGE, WITNESS)),
        phone=st.sampled_from(("+441", "+442")),
    )
    keys = st.one_of(st.none(), st.sampled_from("abcdef"))
    made = st.lists(st.tuples(keys, st.lists(facts, max_size=2, unique_by=lambda fact: fact.source)), max_size=8)
    return made.map(lambda rows: [_row(line, key, *facts) for line, (key, facts) in enumerate(rows, start=2)])


@given(_rows())
def test_a_settled_file_says_one_thing_of_everything_and_no_row_protects_less_than_it_asked(rows: list[Row]) -> None:
    with _surveyed(rows) as settled:
        said = {(fact.source, fact.marking, tuple(fact.values.items())) for row in settled for fact in row.facts}
        assert len(said) == len({source for source, *_ in said})
        for asked, given_ in zip(rows, settled, strict=True):
            assert given_.line == asked.line
            for fact, other in zip(given_.facts, asked.facts, strict=False):
                assert fact.marking.protections >= other.marking.protections
    with _surveyed(rows) as again:
        assert again == settled


@given(_rows(), st.integers(0, 8))
def test_it_does_not_matter_in_how_many_goes_a_file_is_looked_through(rows: list[Row], cut: int) -> None:
    with _surveyed(rows) as whole, closing(Survey()) as survey:
        for part in (rows[:cut], rows[cut:]):
            survey.see(part)
        assert [*survey.settle(rows[:cut]), *survey.settle(rows[cut:])] == whole
