"""Mappings that do not hold, and where they say so."""

import re
from pathlib import Path

import pytest

from connectors.errors import ConnectorUnknown, MappingError
from connectors.mapped.loading import load
from connectors.mapped.targets import NODES
from connectors.registry import connectors, named
from graph import model
from tests.connectors.test_mapped import MAPPING


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("title: People", "titel: People", "m.yaml:3: error: titel: unknown key `titel`; did you mean `title`?"),
        ("licence: none\n", "", "m.yaml:2: error: `licence` is missing"),
        ("owner: council", "owner: council\nowner_type: SCHOOL", "either an owner or an owner_type"),
        ("owner: council", "", "either an owner or an owner_type"),
        ("owner: council", "owner_type: SCHOOLS", "m.yaml:5: error: owner_type"),
        ("sensitivity: OFFICIAL,", "sensitivity: SECRET,", "m.yaml:6: error: marking.sensitivity"),
        ("key: [id]", "key: [ident]", "m.yaml:7: error: unknown column `ident`; did you mean `id`?"),
        ("    key: [id]", "    key: [ident]", "m.yaml:23: error: unknown column `ident`; did you mean `id`?"),
        ("column: marking}", "column: mark}", "m.yaml:6: error: unknown column `mark`; did you mean `marking`?"),
        ("uprn: uprn}", "uprn: urpn}", "m.yaml:27: error: unknown column `urpn`; did you mean `uprn`?"),
        ("Person, key: [friend]", "Person, key: [frend]", "m.yaml:32: error: unknown column `frend`"),
        ("owner_column: school", "owner_column: scool", "m.yaml:33: error: unknown column `scool`"),
        ("phone: phone\n", "phone: telephone\n", "m.yaml:12: error: columns.phone"),
        ("forms: [YYYY-MM-DD, YYYY]", "forms: [D.M.Y]", "D.M.Y is no form of a date"),
        ("givenName: name", "firstName: name", "unknown property `firstName`"),
        ("givenName: name", "givenName: nam", "m.yaml:24: error: unknown column `nam`; did you mean `name`?"),
        ("dateOfBirth: born", "dateOfBirth: name", "the property dateOfBirth needs a column of the type date"),
        ("givenName: name", "gender: name", "codes that mean FEMALE, MALE, OTHER, UNKNOWN"),
        ("type: Premises", "type: Agency", "cannot state nodes of the type Agency"),
        ("type: RESIDES_AT", "type: HAS_TEAM", "cannot state links of the type HAS_TEAM"),
        ("type: RESIDES_AT", "type: SIBLING_OF", "SIBLING_OF cannot have a Premises there, only Person"),
        ("end: home", "end: hom", "unknown node `hom`; did you mean `home`?"),
        ("    key: [id]\n", "", "either a key or a place"),
        ("name: people", "name: people\nname: others", "duplicate key"),
        ("name: people", "name: &x people", "anchors are refused"),
        ("name: people", "name: [people", "not YAML"),
    ],
)
def test_a_mapping_that_does_not_hold_says_where(old: str, new: str, complaint: str) -> None:
    assert old in MAPPING
    with pytest.raises(MappingError) as refused:
        load("m.yaml", MAPPING.replace(old, new, 1))
    assert complaint in str(refused.value)
    assert all(line.startswith("m.yaml:") for line in str(refused.value).splitlines())


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("title: People", "title: [People]", "title: write a text, in quotes where it is `true`, `false` or `null`"),
        ("name: people", "name: People", "name: write small letters and digits, with single hyphens between"),
        ("owner: council", "owner_type: SCHOOLS", "owner_type: unknown word `SCHOOLS`; did you mean `SCHOOL`?"),
        ("owner: council", "owner: council\ndelimiter: ;;", "delimiter: write one character"),
        ("owner: council", "owner: council\nencoding: latin1", "encoding: unknown word `latin1`; known: cp1252, utf-8"),
        ("marking: {sensitivity: OFFICIAL, column: marking}", "marking: OFFICIAL", "the keys are sensitivity, protec"),
        ("key: [id]", "key: id", "key: write a list, as `[one, another]`"),
        ("key: [id]", "key: []", "key: write at least one"),
        ("phone: phone\n", "phone: telephone\n", "columns.phone: unknown type `telephone`; did you mean `phone`?"),
        ("phone: phone\n", "phone: 7\n", "columns.phone: write the type of the column, as `phone`, or"),
        ("phone: phone\n", "phone: {required: true}\n", "columns.phone: write its `type`"),
        ("phone: phone\n", "phone: {type: phone, required: maybe}\n", "phone.required: write `true` or `false`"),
        ("phone: phone\n", "phone: {type: phone, form: x}\n", "unknown key `form`; known: required, type"),
        ("forms: [YYYY-MM-DD, YYYY]", "form: YYYY", "columns.born.form: unknown key `form`; did you mean `forms`?"),
        ("type: Premises", "type: House", "unknown word `House`; known: Case, Group, Person, Premises"),
        ("place: {address: address, ", "place: {adress: address, ", "unknown key `adress`; did you mean `address`?"),
        ("values: {address: address, ", "values: {address: {a: b}, ", "write a column, or a list of columns"),
        ("[refuge]", "[refuges]", "nodes.home.protections.0: unknown word `refuges`; did you mean `refuge`?"),
        ("type: RESIDES_AT", "type: RESIDES", "links.0.type: unknown word `RESIDES`; did you mean `RESIDES_AT`?"),
        ("end: home", "end: [home]", "links.0.end: write the name of a node, `{type: Person, key: [column]}` or"),
        ("end: home", "end: {own: Team}", "links.0.end.own: unknown word `Team`; known: Agency, School"),
        ("end: home", "end: {own: Agency, key: [id]}", "links.0.end.key: unknown key `key`; known: own"),
        ("end: home", "end: {type: Premises}", "links.0.end: `key` is missing"),
    ],
)
def test_a_malformed_mapping_is_answered_with_its_key_and_what_is_allowed_there(
    old: str, new: str, complaint: str
) -> None:
    assert old in MAPPING
    with pytest.raises(MappingError) as refused:
        load("m.yaml", MAPPING.replace(old, new, 1))
    said = str(refused.value)
    assert complaint in said
    assert not re.search(r"Input|valid|instance|should|pydantic|Elsewhere|Shape|discriminator|<", said)
    assert len({line.split(" error: ")[1].split(":")[0] for line in said.splitlines()}) == len(said.splitlines())


def test_every_property_that_a_mapping_can_fill_is_stored_under_that_name() -> None:
    for node, kinds in NODES.items():
        declared = vars(model)[node.label].defined_properties(aliases=False, rels=False)
        stored = {prop.db_property or name for name, prop in declared.items()}
        assert set(kinds) <= stored, node


def test_every_shipped_mapping_holds_and_is_named_like_its_dataset() -> None:
    assert {
        *("food-hygiene", "lsoa-2021", "police-street", "schools-links", "schools-register"),
        *("wards-2013", "wards-2025"),
        *("council-asb-cases", "council-asb-people", "housing-tenancies", "police-associations"),
        *("police-nominals", "school-roll", "school-siblings", "victim-support-clients"),
        *("police-groups", "school-contacts", "probation-supervisions", "health-patients", "youth-offending-caseload"),
    } == set(connectors().sound)
    assert connectors().complaints == {}


def test_an_unknown_connector_is_answered_with_the_nearest() -> None:
    with pytest.raises(ConnectorUnknown, match="did you mean `school-roll`"):
        named("school-rolls")


def test_a_folder_of_ones_own_brings_mappings_beside_the_shipped_ones(tmp_path: Path) -> None:
    tmp_path.joinpath("people.yaml").write_text(MAPPING, encoding="utf-8")
    tmp_path.joinpath("notes.txt").write_text("no mapping", encoding="utf-8")
    assert set(connectors(tmp_path).sound) - set(connectors().sound) == {"people"}
    assert named("people", tmp_path).name == "people"
    with pytest.raises(ConnectorUnknown):
        named("people")


@pytest.mark.parametrize(
    ("file", "name", "complaint"),
    [
        ("wardens.yaml", "people", "wardens.yaml: error: the file is not called like its mapping, `people`"),
        ("school-roll.yaml", "school-roll", "school-roll.yaml: error: there is another dataset of that name"),
        ("wards-2025.yaml", "wards-2025", "wards-2025.yaml: error: there is another dataset of that name"),
    ],
)
def test_no_mapping_takes_the_place_of_another(tmp_path: Path, file: str, name: str, complaint: str) -> None:
    tmp_path.joinpath(file).write_text(MAPPING.replace("name: people", f"name: {name}", 1), encoding="utf-8")
    with pytest.raises(MappingError) as refused:
        named(file.removesuffix(".yaml"), tmp_path)
    assert complaint in str(refused.value)


def test_a_mapping_that_does_not_hold_keeps_no_other_dataset_from_being_read(tmp_path: Path) -> None:
    tmp_path.joinpath("people.yaml").write_text(MAPPING, encoding="utf-8")
    tmp_path.joinpath("typo.yaml").write_text("name: typo", encoding="utf-8")
    tmp_path.joinpath("latin.yaml").write_bytes(b"name: caf\xe9")
    tmp_path.joinpath("folder.yaml").mkdir()
    assert named("food-hygiene", tmp_path).name == "food-hygiene"
    assert named("people", tmp_path).name == "people"
    for name, complaint in (
        ("typo", "typo.yaml:1: error: `title` is missing"),
        ("latin", "latin.yaml: error: is not in UTF-8"),
        ("folder", "folder.yaml: error: cannot be read: Is a directory"),
    ):
        with pytest.raises(MappingError) as refused:
            named(name, tmp_path)
        assert str(refused.value).startswith(complaint)
    with pytest.raises(ConnectorUnknown, match=r"did you mean `people`.*: folder\.yaml, latin\.yaml, typo\.yaml;"):
        named("poeple", tmp_path)
    with pytest.raises(ConnectorUnknown, match=r"did you mean `latin`"):
        named("latins", tmp_path)
