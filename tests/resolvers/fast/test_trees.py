"""What lies below a root is a tree and nothing else; one value that does not fit takes no more than it must."""

from inspect import getclosurevars
from typing import Any

import orjson
from graphql import parse
from strawberry.types.base import StrawberryObjectDefinition

from graph.store import Connection
from hub.problems import UNTOLD
from resolvers.documents import Documents
from schema.contract import contract
from schema.paging import unbound
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import person

NAMED = '{ people(filter: {familyName: {eq: "Quillfeather"}}, first: 2) { edges { node { familyName gender } } } }'


def test_no_field_below_a_root_computes_permits_or_is_extended() -> None:
    schema = contract()
    types = [concrete.definition for concrete in schema.schema_converter.type_map.values()]
    fields = [
        field
        for definition in types
        if isinstance(definition, StrawberryObjectDefinition) and definition.name not in {"Query", "_Service"}
        for field in definition.fields
    ]
    assert fields
    for field in fields:
        assert not field.permission_classes, field.name
        assert not field.extensions, field.name
        if field.base_resolver is not None:  # there for its arguments alone
            written: Any = field.base_resolver.wrapped_func
            assert getclosurevars(written).globals == {"unbound": unbound}, field.name


def test_one_value_that_the_contract_has_no_word_for_is_null_with_an_error_that_quotes_nothing(
    engine_connection: Connection,
) -> None:
    somebody = person("council/1", familyName="Quillfeather", gender="Vashti")
    another = person("council/2", familyName="Quillfeather", gender="MALE")

    async def story(hub: TestHub) -> None:
        body = await hub.body("asb-officer", ASB, NAMED)
        answer = orjson.loads(body)
        genders = [edge["node"]["gender"] for edge in answer["data"]["people"]["edges"]]
        assert sorted(genders, key=str) == ["MALE", None]
        (error,) = answer["errors"]
        at = genders.index(None)
        assert error["path"] == ["people", "edges", at, "node", "gender"]
        assert error["message"] == UNTOLD
        assert error["extensions"] == {"code": "INTERNAL"}
        assert b"Vashti" not in body
        assert hub.ledger.entries[-1].disclosures
        assert hub.answerer.walked_total == 1

    tell(engine_connection, somebody, another, story=story)


def test_a_document_that_is_known_is_not_read_again_and_too_long_ones_are_not_kept() -> None:
    documents = Documents(longest=4, most=10)
    kept = parse("{ me { subject } }")
    for text in ("aaaa", "bbbb", "too long"):
        documents.keep(text, kept, len(text))
    assert documents.find("aaaa") is kept
    assert documents.find("too long") is None
    documents.keep("cccc", kept, 4)
    assert [text for text in ("aaaa", "bbbb", "cccc") if documents.find(text)] == ["aaaa", "cccc"]
