"""Lists: order, pages, cursors and totals."""

from typing import Any

from tests.resolvers.partnership import ASH, IN, Stage

ORDERED = """query($n: Int!, $after: String) {
  people(filter: {familyName: {in: ["Ash", "Birch"]}, or: [{ward: {eq: "E05013808"}}, {familyName: {eq: "Ash"}}]},
    orderBy: FAMILY_NAME, first: $n, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id familyName } } } }"""


def walk(stage: Stage, who: str, size: int) -> list[tuple[str, str | None]]:
    found, after = [], None
    while True:
        page = stage.data(ORDERED, who, n=size, after=after)["people"]
        found += [(edge["node"]["id"], edge["node"]["familyName"]) for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


def test_pages_follow_one_another_whatever_their_size(stage: Stage) -> None:
    whole = walk(stage, "asb-officer", 9)
    assert [name for _, name in whole] == ["Ash", "Ash", "Ash", "Birch"]
    assert whole[:3] == sorted(whole[:3])
    for size in (1, 2, 3):
        assert walk(stage, "asb-officer", size) == whole


def test_what_is_withheld_stands_last(stage: Stage) -> None:
    query = """query($after: String) { premisesList(orderBy: POSTCODE, first: 1, after: $after) {
      pageInfo { hasNextPage endCursor } edges { node { id postcode } } } }"""
    found, after = [], None
    while True:
        page = stage.data(query, "councillor", after=after)["premisesList"]
        found += [edge["node"]["postcode"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == ["W1D 3DH", None]


def test_a_cursor_is_only_good_for_its_viewer_purpose_filter_and_order(stage: Stage) -> None:
    cursor = stage.data(ORDERED, n=1)["people"]["pageInfo"]["endCursor"]
    assert len(stage.data(ORDERED, n=9, after=cursor)["people"]["edges"]) == 3
    assert stage.code(ORDERED, "police-officer", n=1, after=cursor) == "CURSOR_INVALID"
    assert stage.code(ORDERED, purpose="CRIME_PREVENTION", n=1, after=cursor) == "CURSOR_INVALID"
    assert stage.code(ORDERED.replace("FAMILY_NAME", "ID"), n=1, after=cursor) == "CURSOR_INVALID"
    assert stage.code(ORDERED.replace('"Birch"', '"Beech"'), n=1, after=cursor) == "CURSOR_INVALID"
    assert stage.code("query($c: String) { cases(first: 1, after: $c) { totalCount } }", c=cursor) == "CURSOR_INVALID"
    for garbage in ("", "!", "abc", "bm90aGluZw==", cursor[:-4], cursor + "AAAA", "é"):
        assert stage.code(ORDERED, n=1, after=garbage) == "CURSOR_INVALID", garbage


def test_a_total_is_counted_only_where_it_is_selected(stage: Stage) -> None:
    seen: list[str] = []
    inner = stage.hub.store.read

    async def listening(statement: str, parameters: Any = None) -> Any:  # noqa: ANN401 - as read
        seen.append(statement)
        return await inner(statement, parameters)

    stage.hub.store.read = listening  # type: ignore[method-assign]
    try:
        nested = "siblings(first: 1) { edges { node { id } } }"
        stage.data(f"{{ people(filter: {{{ASH}}}, first: 1) {{ edges {{ node {{ {nested} }} }} }} }}")
        stage.data(f"{{ people(filter: {{{ASH}}}, first: 1) {{ total: totalCount }} }}")
    finally:
        stage.hub.store.read = inner  # type: ignore[method-assign]
    without, with_total = seen
    assert "count(" not in without
    assert with_total.count("count(") == 1


def test_ids_of_another_type_and_of_nothing_are_not_found(stage: Stage) -> None:
    somebody, place = stage.id_of("people", f"{{{ASH}}}"), stage.id_of("premisesList", f'{{ward: {{eq: "{IN}"}}}}')
    query = """query($a: ID!, $b: ID!) { person(id: $b) { id } premises(id: $a) { id } case(id: $a) { id }
      ward(id: $a) { id } agency(id: $a) { id } establishment(id: $b) { id }
      nodes(ids: ["", "per_", "per_nothing", "x", "agr_nothing", $a]) { id } node(id: "rec_nothing") { id } }"""
    found = stage.data(query, a=somebody, b=place)
    assert found.pop("nodes") == [None, None, None, None, None, {"id": somebody}]
    assert set(found.values()) == {None}


def test_siblings_are_seen_from_either_side(stage: Stage) -> None:
    query = """query($f: PersonFilter!) { people(filter: $f, first: 5) { edges { node {
      siblings(first: 5) { totalCount edges { node { givenName } } } } } } }"""
    for name, other in (("Ann", "Bob"), ("Bob", "Ann")):
        found = stage.data(query, f={"familyName": {"eq": "Ash"}, "givenName": {"eq": name}})
        assert found["people"]["edges"][0]["node"]["siblings"] == {
            "totalCount": 1,
            "edges": [{"node": {"givenName": other}}],
        }
