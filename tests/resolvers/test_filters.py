"""Filters: what matches, what must narrow, and what cannot be asked."""

import json

import pytest

from tests.resolvers.partnership import ALL, ASH, IN, OUT, Stage

WIDE = f"""{{ people(filter: {{{ASH}}}, first: 1000) {{ edges {{ node {{
  siblings(first: 1000) {{ edges {{ node {{ id }} }} }} }} }} }} }}"""


LEVEL, BACK = "edges { node { siblings(first: 1) { " * 11, "} } } " * 11


DEEP = f"{{ people(filter: {{{ASH}}}, first: 1) {{ {LEVEL} totalCount {BACK} }} }}"


@pytest.mark.parametrize(
    ("filter_", "names"),
    [
        ('{familyName: {eq: "Ash"}}', "ABD"),
        ('{familyName: {eq: "ash"}}', ""),
        ('{familyName: {in: ["Birch", "Nobody"]}}', "C"),
        ("{familyName: {in: []}}", ""),
        ('{familyName: {startsWith: "Bir"}}', "C"),
        ('{dateOfBirth: {eq: "1987"}}', "ABC"),
        ('{dateOfBirth: {eq: "1987-03"}}', "AB"),
        ('{dateOfBirth: {eq: "1987-03-12"}}', "A"),
        (f'{{{ALL}, dateOfBirth: {{eq: "198X"}}}}', "ABC"),
        (f'{{{ALL}, dateOfBirth: {{gte: "1987-01-01", lte: "1987-12-31"}}}}', "A"),
        (f'{{{ALL}, not: {{dateOfBirth: {{eq: "1987"}}}}}}', "D"),
        (f'{{{ALL}, not: {{dateOfBirth: {{gte: "1988-01-01"}}}}}}', "A"),
        (f"{{{ALL}, gender: {{eq: FEMALE}}}}", "AD"),
        (f"{{{ALL}, not: {{gender: {{eq: FEMALE}}}}}}", "B"),
        (f'{{{ALL}, not: {{not: {{givenName: {{eq: "Ann"}}}}}}}}', "A"),
        (f'{{{ALL}, or: [{{givenName: {{eq: "Ann"}}}}, {{givenName: {{eq: "Cat"}}}}]}}', "AC"),
        (f'{{{ALL}, and: [{{givenName: {{startsWith: "A"}}}}, {{gender: {{eq: FEMALE}}}}]}}', "A"),
        (f'{{{ALL}, not: {{or: [{{givenName: {{eq: "Ann"}}}}, {{gender: {{eq: MALE}}}}]}}}}', "D"),
        (f'{{{ALL}, not: {{and: [{{givenName: {{eq: "Ann"}}}}, {{gender: {{eq: FEMALE}}}}]}}}}', "BCD"),
        ('{or: [{familyName: {eq: "Birch"}}, {phone: {eq: "+447700900001"}}]}', "AC"),
        ('{email: {eq: "ann@example.org"}}', "A"),
        ('{nhsNumber: {in: ["9434765919"]}}', "A"),
        (f'{{ward: {{eq: "{IN}"}}}}', "AC"),
        (f'{{ward: {{in: ["{IN}", "{OUT}"]}}}}', "ABC"),
        ('{postcode: {startsWith: "W1D"}}', "A"),
        (f"{{{ALL}, givenName: null, phone: {{eq: null}}}}", "ABCD"),
    ],
)
def test_a_filter_matches_what_is_told_and_nothing_else(stage: Stage, filter_: str, names: str) -> None:
    assert stage.names(filter_) == names


@pytest.mark.parametrize(
    ("filter_", "names"),
    [
        (f"{{{ASH}}}", "A"),
        (f'{{{ASH}, dateOfBirth: {{eq: "1987"}}}}', "A"),
        (f'{{{ASH}, dateOfBirth: {{eq: "1987-03-12"}}}}', ""),
        (f'{{{ASH}, dateOfBirth: {{eq: "1987-03"}}}}', ""),
        (f'{{{ASH}, not: {{dateOfBirth: {{eq: "1990-01-01"}}}}}}', ""),
        (f'{{{ASH}, not: {{dateOfBirth: {{eq: "1990"}}}}}}', "A"),
        (f'{{{ASH}, not: {{phone: {{eq: "nothing"}}}}}}', ""),
        (f'{{{ASH}, or: [{{phone: {{eq: "+447700900001"}}}}, {{givenName: {{eq: "Ann"}}}}]}}', "A"),
        ('{phone: {eq: "+447700900001"}}', ""),
        (f'{{ward: {{eq: "{IN}"}}}}', "A"),
        (f'{{ward: {{eq: "{OUT}"}}}}', ""),
    ],
)
def test_what_is_withheld_never_matches_also_not_under_not(stage: Stage, filter_: str, names: str) -> None:
    """Housing sees Ann as far as its case goes, full names and the year of birth; of Dee and Cat an outline."""
    narrowed = filter_.replace("{", '{givenName: {eq: "Ann"}, ', 1)
    assert stage.names(narrowed, "housing-officer") == names


def _days(count: int) -> str:
    return json.dumps([f"{1900 + at}-01-01" for at in range(count)])


def _born_on_any_of(count: int) -> str:
    alternatives = (f"{{dateOfBirth: {{eq: {json.dumps(day)}}}}}" for day in json.loads(_days(count)))
    return f"{{or: [{', '.join(alternatives)}]}}"


@pytest.mark.parametrize(
    "filter_",
    [
        "{}",
        '{givenName: {eq: "Ann"}}',
        "{gender: {eq: FEMALE}}",
        '{familyName: {startsWith: "As"}}',
        '{dateOfBirth: {eq: "198X"}}',
        '{dateOfBirth: {gte: "1987-01-01"}}',
        '{not: {familyName: {eq: "Ash"}}}',
        '{or: [{familyName: {eq: "Ash"}}, {gender: {eq: MALE}}]}',
        "{or: []}",
        "{and: []}",
        "{familyName: {}}",
        "{familyName: null}",
        '{ward: {in: ["a", "b", "c", "d"]}}',
        '{or: [{ward: {in: ["a", "b"]}}, {dateOfBirth: {eq: "1987"}}, {familyName: {startsWith: "Smi"}}]}',
        f"{{familyName: {{in: {_days(101)}}}}}",
        _born_on_any_of(101),
        f"{{or: [{{postcode: {{in: {_days(50)}}}}}, {{phone: {{in: {_days(51)}}}}}]}}",
        f'{{or: [{{ward: {{in: ["a", "b"]}}}}, {{phone: {{in: {_days(34)}}}}}]}}',
    ],
)
def test_a_list_of_people_must_be_narrowed(stage: Stage, filter_: str) -> None:
    assert stage.code(f"{{ people(filter: {filter_}, first: 5) {{ totalCount }} }}") == "FILTER_TOO_WIDE"


@pytest.mark.parametrize("filter_", [_born_on_any_of(100), '{ward: {in: ["a", "b", "c"]}}'])
def test_a_hundred_values_or_three_wards_are_narrow(stage: Stage, filter_: str) -> None:
    assert "errors" not in stage.ask(f"{{ people(filter: {filter_}, first: 5) {{ totalCount }} }}")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (f"{{ people(filter: {{{ASH}}}, first: 0) {{ totalCount }} }}", "BAD_USER_INPUT"),
        (f"{{ people(filter: {{{ASH}}}, first: 1001) {{ totalCount }} }}", "BAD_USER_INPUT"),
        (f"{{ people(filter: {{{ASH}}}, first: -1) {{ totalCount }} }}", "BAD_USER_INPUT"),
        (f"{{ people(filter: {{{ASH}}}) {{ totalCount }} }}", "GRAPHQL_VALIDATION_FAILED"),
        ('{ people(filter: {dateOfBirth: {eq: "soon"}}, first: 1) { totalCount } }', "BAD_USER_INPUT"),
        ('{ cases(filter: {openedOn: {gte: "2026"}}, first: 1) { totalCount } }', "BAD_USER_INPUT"),
        ("{ people", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        (WIDE, "COST_EXCEEDED"),
        (DEEP, "COST_EXCEEDED"),
        ('{ nodes(ids: ["x"], first: 1) { id } }', "GRAPHQL_VALIDATION_FAILED"),
        ('{ _entities(representations: [{id: "x"}]) { __typename } }', "BAD_USER_INPUT"),
        ('{ _entities(representations: [{__typename: "Person"}]) { __typename } }', "BAD_USER_INPUT"),
        ('{ _entities(representations: [{__typename: "Nothing", id: "x"}]) { __typename } }', "BAD_USER_INPUT"),
    ],
)
def test_what_cannot_be_asked_is_refused_whole(stage: Stage, query: str, code: str) -> None:
    assert stage.code(query) == code


def test_a_partial_date_written_wrongly_is_refused(stage: Stage) -> None:
    query = "query($d: PartialDate) { people(filter: {dateOfBirth: {eq: $d}}, first: 1) { totalCount } }"
    assert stage.code(query, d="soon") == "BAD_USER_INPUT"
