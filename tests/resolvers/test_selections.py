"""Ways to a thing, and ways to select of it."""

from graph.linkage.partition import Opinion
from graph.vocabulary import Verdict
from tests.resolvers.partnership import ALL, ASH, IN, Stage
from tests.support.by_hand import judge
from tests.support.engine import on_one_engine
from tests.support.scenes import (
    stamp,
)

pytestmark = on_one_engine


RECORD = """query($id: ID!) { node(id: $id) { __typename id
  ... on PersonRecord { givenName dataset agency { code } } ... on Person { email } } }"""


def test_a_record_is_found_by_its_own_id_and_says_whose_it_is(stage: Stage) -> None:
    ann = f'{{{ASH}, givenName: {{eq: "Ann"}}}}'
    found = stage.data(f"{{ people(filter: {ann}, first: 1) {{ edges {{ node {{ records {{ id }} }} }} }} }}")
    (record,) = found["people"]["edges"][0]["node"]["records"]
    assert stage.data(RECORD, id=record["id"])["node"] == {
        "__typename": "PersonRecord",
        "id": record["id"],
        "givenName": "Ann",
        "dataset": "council-asb-people",
        "agency": {"code": "council"},
    }
    assert stage.data(RECORD, "victim-support", id=record["id"])["node"]["givenName"] is None
    assert stage.data(RECORD, "councillor", id=record["id"])["node"]["givenName"] == "A."
    assert stage.data("query($id: ID!) { person(id: $id) { id } }", id=record["id"])["person"] is None


def test_a_retired_id_answers_with_the_person_that_took_its_place(stage: Stage) -> None:
    people = stage.data(
        '{ people(filter: {familyName: {eq: "Twin"}}, first: 9) { edges { node { id records { id } } } } }'
    )
    one, other = (edge["node"] for edge in people["people"]["edges"])
    left, right = (node["records"][0]["id"] for node in (one, other))
    opinion = Opinion(left=left, right=right, verdict=Verdict.SAME, author="analyst", score=1.0)
    stage.runner.run(judge(stage.hub.store, opinion, stamp("judge")))
    query = """query($a: ID!, $b: ID!) {
      a: person(id: $a) { id records { id } } b: person(id: $b) { id } nodes(ids: [$a, $b]) { id } }"""
    found = stage.data(query, a=one["id"], b=other["id"])
    assert found["a"]["id"] == found["b"]["id"]
    assert [record["id"] for record in found["a"]["records"]] == sorted([left, right])
    assert [node["id"] for node in found["nodes"]] == [found["a"]["id"]] * 2


def test_aliases_fragments_directives_and_variables_work_on_every_kind_of_root(stage: Stage) -> None:
    query = """query Q($n: Int = 2, $ask: Boolean!, $f: PersonFilter!) {
      one: people(filter: $f, first: $n) {
        ...Page a: edges { x: node { ...Who } y: node { id } } b: edges { node { id } } }
      two: people(filter: $f, first: 9, orderBy: FAMILY_NAME) { count: totalCount @include(if: $ask) }
      me @skip(if: $ask) { subject }
      agencies(first: 9, filter: {agencyType: {in: [POLICE, SCHOOL]}}, orderBy: NAME) { edges { node { code } } }
      wards(first: 1) { edges { node { ... on Ward { code vintage } ... on Node { id } } } }
      establishments(first: 1) { edges { node { name premises(first: 1) { edges { node { name } } } } } }
      agreements(first: 2, orderBy: TITLE) { totalCount edges { cursor node { title } } }
    }
    fragment Page on PersonConnection { pageInfo { more: hasNextPage } totalCount @skip(if: $ask) }
    fragment Who on Person { n: givenName ... @include(if: $ask) { k: knownTo { agency { c: code } } } ...Home }
    fragment Home on Personal { home: address }"""
    found = stage.data(query, ask=True, f={"familyName": {"eq": "Ash"}, "givenName": {"eq": "Ann"}})
    assert list(found) == ["one", "two", "agencies", "wards", "establishments", "agreements"]
    assert list(found["one"]) == ["pageInfo", "a", "b"]
    (edge,) = found["one"]["a"]
    assert edge["x"] == {"n": "Ann", "k": [{"agency": {"c": "council"}}], "home": "1 Dean Street"}
    assert edge["y"] == found["one"]["b"][0]["node"]
    assert found["two"] == {"count": 1}
    assert [edge["node"]["code"] for edge in found["agencies"]["edges"]] == ["police", "fennel", "larkhall"]
    assert found["establishments"]["edges"][0]["node"]["premises"]["edges"] == [{"node": {"name": "Cafe"}}]
    assert list(stage.data(query, ask=False, f={"familyName": {"eq": "Ash"}})["one"]) == [
        "pageInfo", "totalCount", "a", "b",
    ]  # fmt: skip


def test_entities_come_by_id_and_by_code_in_one_statement_for_each_way_of_naming(stage: Stage) -> None:
    somebody = stage.id_of("people", f"{{{ASH}}}")
    what = [
        {"__typename": "Agency", "code": "police"},
        {"__typename": "Agency", "code": "council"},
        {"__typename": "Ward", "code": IN},
        {"__typename": "Person", "id": somebody},
        {"__typename": "Person", "id": "per_nothing"},
        {"__typename": "Agency", "code": "nobody"},
    ]
    query = """query($what: [_Any!]!) { _entities(representations: $what) {
      __typename ... on Agency { code } ... on Ward { name } ... on Person { id familyName } } }"""
    found = stage.ask(query, what=what)
    assert found["data"]["_entities"] == [
        {"__typename": "Agency", "code": "police"},
        {"__typename": "Agency", "code": "council"},
        {"__typename": "Ward", "name": "West End"},
        {"__typename": "Person", "id": somebody, "familyName": "Ash"},
        None,
        None,
    ]
    assert found["extensions"]["statements"] == 3
    assert "sdl" in stage.data("{ _service { sdl } }", purpose=None)["_service"]


def test_nodes_of_one_type_share_a_statement(stage: Stage) -> None:
    people = stage.data(f"{{ people(filter: {{{ALL}}}, first: 9) {{ edges {{ node {{ id }} }} }} }}")
    ids = [edge["node"]["id"] for edge in people["people"]["edges"]]
    found = stage.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Person { familyName } } }", ids=ids * 2)
    assert [one["id"] for one in found["data"]["nodes"]] == ids * 2
    assert found["extensions"]["statements"] == 1
