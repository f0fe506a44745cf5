"""What a mapping makes of rows, and of those that are not as they should be."""

import io

import pytest

from connectors.mapped.connecting import connector
from connectors.mapped.loading import load
from graph.records import LinkFact, NodeFact, Row
from graph.vocabulary import Link, Node
from policies.vocabulary import Protection, Sensitivity
from tests.connectors import standard

MAPPING = """
name: people
title: People
licence: none
owner: council
marking: {sensitivity: OFFICIAL, column: marking}
key: [id]
columns:
  id: {type: text, required: true}
  name: {type: text, required: true}
  born: {type: date, forms: [YYYY-MM-DD, YYYY]}
  phone: phone
  aliases: {type: list, separator: ;}
  address: text
  postcode: postcode
  uprn: uprn
  friend: text
  school: text
  marking: text
nodes:
  person:
    type: Person
    key: [id]
    values: {givenName: name, dateOfBirth: born, phone: phone, aliases: aliases, address: address}
  home:
    type: Premises
    place: {address: address, postcode: postcode, uprn: uprn}
    values: {address: address, postcode: postcode}
    protections: [refuge]
links:
  - {type: RESIDES_AT, start: person, end: home}
  - {type: ASSOCIATES_WITH, start: person, end: {type: Person, key: [friend]}}
  - {type: SIBLING_OF, start: person, end: {type: Person, dataset: roll, owner_column: school, key: [friend]}}
"""
HEADER = "id,name,born,phone,aliases,address,postcode,uprn,friend,school,marking"


def _row(line: str, mapping: str = MAPPING) -> Row:
    parse = connector(load("people.yaml", mapping)).parse
    (row,) = parse(io.BytesIO(f"{HEADER}\n{line}\n".encode()), standard.context("council"))
    return row


def _nodes(row: Row) -> dict[Node, NodeFact]:
    return {fact.type: fact for fact in row.facts if isinstance(fact, NodeFact)}


def _links(row: Row) -> dict[Link, LinkFact]:
    return {fact.type: fact for fact in row.facts if isinstance(fact, LinkFact)}


def test_a_full_row_states_its_nodes_and_links() -> None:
    row = _row('7,Ada,1987,07700 900001,Addie;Countess,"1, High Row",w1d4cv,,8,fennel,')
    person = _nodes(row)[Node.PERSON]
    assert row.key == "7"
    assert str(person.source) == "council/people/7"
    assert person.values == {
        "givenName": "Ada",
        "dateOfBirth": "1987",
        "phone": "+447700900001",
        "aliases": ["Addie", "Countess"],
        "address": "1, High Row",
    }
    assert _nodes(row)[Node.PREMISES].source.key == "1 high row|W1D 4CV"
    links = _links(row)
    assert links[Link.RESIDES_AT].end == _nodes(row)[Node.PREMISES].ref
    assert str(links[Link.ASSOCIATES_WITH].end.source) == "council/people/8"
    assert str(links[Link.SIBLING_OF].end.source) == "fennel/roll/8"


def test_empty_cells_state_nothing() -> None:
    row = _row("7,Ada,,,,,,,,,")
    assert _nodes(row).keys() == {Node.PERSON}
    assert _nodes(row)[Node.PERSON].values == {"givenName": "Ada"}
    assert _links(row) == {}
    assert row.rejects == ()


def test_a_bad_value_is_set_aside_and_the_row_stands() -> None:
    row = _row("7,Ada,yesterday,none,,,,,,,")
    assert _nodes(row)[Node.PERSON].values == {"givenName": "Ada"}
    assert [(reject.line, reject.column, reject.raw) for reject in row.rejects] == [
        (2, "born", "yesterday"),
        (2, "phone", "none"),
    ]


@pytest.mark.parametrize("born", ["2026-11-24", "2026-11-23", "2026"])
def test_a_birth_until_today_is_stored(born: str) -> None:
    assert _nodes(_row(f"7,Ada,{born},,,,,,,,"))[Node.PERSON].values["dateOfBirth"] == born


@pytest.mark.parametrize("born", ["2026-11-25", "2027-01-01", "2027"])
def test_a_birth_that_is_still_to_come_is_set_aside(born: str) -> None:
    row = _row(f"7,Ada,{born},,,,,,,,")
    assert _nodes(row)[Node.PERSON].values == {"givenName": "Ada"}
    assert [(reject.column, reject.reason) for reject in row.rejects] == [("born", "is a date that is still to come")]


def test_what_began_later_than_today_is_no_birth_and_stands() -> None:
    mapping = MAPPING.replace(", dateOfBirth: born", "").replace(
        "start: person, end: home", "start: person, end: home, values: {since: born}"
    )
    row = _row("7,Ada,2027,,,1 High Row,,,,,", mapping)
    assert _links(row)[Link.RESIDES_AT].values == {"since": "2027"}


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",Ada,,,,,,,,,", "id"),
        ("7,,,,,,,,,,", "name"),
        ("7,Ada,,,,1 High Row,nowhere,,,,", "postcode"),
        ("7,Ada,,,,1 High Row,,5.0E6,,,", "uprn"),
        ("7,Ada,,,,,,,,,hush-hush", "marking"),
        ("7,Ada,,,,,,,,,SECRET", "marking"),
        ("7,Ada,,,,,,,7,,", None),
    ],
)
def test_a_row_without_its_key_or_marking_is_set_aside_whole(line: str, column: str | None) -> None:
    row = _row(line)
    assert row.facts == ()
    assert column in [reject.column for reject in row.rejects]


def test_a_marking_is_on_every_fact_of_the_row_but_a_place_carries_only_what_is_a_places() -> None:
    row = _row("7,Ada,,,,1 High Row,,,8,,OFFICIAL-SENSITIVE refuge witness")
    both, refuge = frozenset({Protection.REFUGE, Protection.WITNESS}), frozenset({Protection.REFUGE})
    assert {fact.marking.sensitivity for fact in row.facts} == {Sensitivity.OFFICIAL_SENSITIVE}
    assert {fact.type: fact.marking.protections for fact in row.facts} == {
        Node.PERSON: both,
        Node.PREMISES: refuge,
        Link.RESIDES_AT: both,
        Link.ASSOCIATES_WITH: both,
        Link.SIBLING_OF: both,
    }


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("", {Protection.REFUGE, Protection.WITNESS}),
        ("    protections: []\n", set()),
        ("    protections: [witness]\n", {Protection.WITNESS}),
    ],
)
def test_a_place_takes_what_its_mapping_lists_and_all_without_a_list(said: str, kept: set[Protection]) -> None:
    mapping = MAPPING.replace("    protections: [refuge]\n", said)
    row = _row("7,Ada,,,,1 High Row,,,8,,OFFICIAL-SENSITIVE refuge witness", mapping)
    assert _nodes(row)[Node.PREMISES].marking.protections == kept


@pytest.mark.parametrize("address", ["1, High Row", "1 HIGH ROW", " 1  high-row "])
def test_a_place_is_one_however_its_address_is_written(address: str) -> None:
    assert _nodes(_row(f'7,Ada,,,,"{address}",W1D 4CV,,,,'))[Node.PREMISES].source.key == "1 high row|W1D 4CV"


def test_a_place_is_told_by_its_property_reference_where_there_is_one() -> None:
    assert _nodes(_row("7,Ada,,,,1 High Row,,00123,,,"))[Node.PREMISES].source.key == "123"


def test_an_association_is_one_in_both_directions() -> None:
    one, other = (_links(_row(line))[Link.ASSOCIATES_WITH] for line in ("7,Ada,,,,,,,8,,", "8,Bea,,,,,,,7,,"))
    assert (one.source, one.start, one.end) == (other.source, other.start, other.end)


def test_keys_with_a_bar_in_them_are_not_mistaken_for_two() -> None:
    one, other = (_links(_row(line))[Link.ASSOCIATES_WITH] for line in ("a|b,Ada,,,,,,,c,,", "a,Ada,,,,,,,b|c,,"))
    assert one.source != other.source
