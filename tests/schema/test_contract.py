"""The contract as it is committed, and what every part of it must say."""

from importlib.resources import files

import pytest
import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    is_specified_scalar_type,
)
from strawberry.federation import Schema

from graph.vocabulary import Link
from policies.vocabulary import DataClass
from resolvers.binding import bound_contract
from schema.catalogue import Unclassified, catalogue, read_catalogue
from schema.contract import contract
from schema.printing import sdl

_OF_FEDERATION = ("_", "FieldSet", "link__")


def core(schema: Schema) -> GraphQLSchema:
    return schema._schema  # noqa: SLF001 - strawberry offers no public way to its graphql-core schema


def own_types() -> list[object]:
    return [
        type_
        for type_ in core(contract()).type_map.values()
        if not type_.name.startswith(_OF_FEDERATION) and not is_specified_scalar_type(type_)
    ]


def test_the_committed_schema_is_the_one_that_is_served() -> None:
    committed = files("schema").joinpath("schema.graphql").read_text(encoding="utf-8")
    assert committed == sdl(contract()), "hub schema > schema/schema.graphql, and say in CHANGELOG.md what changed"


def test_every_type_field_and_argument_is_described() -> None:
    silent = []
    for type_ in own_types():
        assert isinstance(type_, object)
        name = getattr(type_, "name", "")
        if not getattr(type_, "description", None):
            silent.append(name)
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in type_.fields.items():
                if field_name.startswith("_"):
                    continue
                if not field.description:
                    silent.append(f"{name}.{field_name}")
                for argument, definition in getattr(field, "args", {}).items():
                    if not definition.description:
                        silent.append(f"{name}.{field_name}({argument})")
    assert silent == []


def test_no_field_is_left_to_a_resolver_below_a_root() -> None:
    schema = core(bound_contract())
    resolvers = {
        field.resolve
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        and type_ not in (schema.query_type, schema.mutation_type, schema.subscription_type)
        and not type_.name.startswith(("__", "_Service"))
        for field in type_.fields.values()
    }
    assert len(resolvers) == 1


def test_abstract_types_take_their_type_from_the_tree() -> None:
    schema = core(bound_contract())
    abstract = [
        type_ for type_ in schema.type_map.values() if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType)
    ]
    assert {type_.resolve_type.__name__ for type_ in abstract if type_.resolve_type} == {"_typename"}


def test_every_list_says_how_many_at_the_most() -> None:
    schema = core(contract())
    unbounded = [
        f"{type_.name}.{name}"
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        for name, field in type_.fields.items()
        if str(field.type).removesuffix("!").endswith("Connection") and str(field.args["first"].type) != "Int!"
    ]
    assert unbounded == []


def test_the_catalogue_holds_every_link_and_every_disclosable_type() -> None:
    types = catalogue().types
    assert {str(link) for link in Link} <= set(types)
    assert {"Person", "Premises", "Establishment", "Case", "Ward", "Agency", "Team", "Agreement", "ImportRun"} <= set(
        types
    )


@pytest.mark.parametrize(
    ("type_name", "field", "ladder", "group"),
    [
        ("Person", "dateOfBirth", ("decade", "year", "full"), None),
        ("Person", "givenName", ("initials", "full"), "name"),
        ("Person", "address", ("ward", "postcode_district", "postcode", "full"), "home"),
        ("Person", "warningMarkers", ("present", "full"), None),
        ("Premises", "location", ("grid_1km", "grid_100m", "full"), "place"),
        ("CONCERNS", "role", ("full",), None),
        ("RESIDES_AT", "since", ("full",), "home"),
    ],
)
def test_ladders_are_as_declared(type_name: str, field: str, ladder: tuple[str, ...], group: str | None) -> None:
    entry = catalogue().types[type_name].by_name[field]
    assert (entry.ladder, entry.group) == (ladder, group)


def test_only_public_types_have_nothing_personal() -> None:
    public = {
        name
        for name, entry in catalogue().types.items()
        if entry.fields and all(field.data_class is DataClass.NON_PERSONAL for field in entry.fields)
    }
    places, registers = {"Ward", "Lsoa", "Incident"}, {"Establishment", "School", "SUCCEEDS"}
    assert public == {"Agency", "Team", "Agreement"} | places | registers


def test_a_field_that_does_not_say_what_it_discloses_stops_the_start() -> None:
    @strawberry.type(name="Premises", description="Premises with a forgotten field.")
    class Forgetful:
        alarm_code: str | None = strawberry.field(description="Not classified.")

    @strawberry.type
    class Query:
        @strawberry.field
        def premises(self) -> Forgetful | None:
            return None

    with pytest.raises(Unclassified, match=r"Premises\.alarmCode"):
        read_catalogue(Schema(query=Query))


def test_enums_of_the_contract_have_the_words_of_the_domain() -> None:
    roles = core(contract()).type_map["CaseRole"]
    assert isinstance(roles, GraphQLEnumType)
    assert {"VICTIM", "PARENT_CARER", "ALLEGED_PERPETRATOR"} <= set(roles.values)
