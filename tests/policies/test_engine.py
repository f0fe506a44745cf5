"""The engine: which agreements apply to whom, on which day, for which purpose."""

from itertools import product

import pytest

from hub.policies import read_policies
from policies.catalogue import Catalogue, TypeEntry
from policies.engine import Engine, compile_engine
from policies.errors import PolicyError
from policies.view import Snapshot
from policies.viewer import ViewerClass
from policies.vocabulary import Purpose
from tests.support.catalogue import example_catalogue
from tests.support.policies import DAY, ROLES, agreement, assignments, limits, texts, viewer

CATALOGUE = example_catalogue()
RECORD = "Person/council/people/OFFICIAL/-/-"
GRANT = {"id": "g", "type": "Person", "when": {"unconditional": True}, "show": {"full": ["name"]}}
DEMO = {
    "asb_officer": ("council", ["ASB_PREVENTION", "CRIME_PREVENTION"]),
    "officer": ("police", ["ASB_PREVENTION", "CRIME_PREVENTION"]),
    "housing_officer": ("housing", ["ASB_PREVENTION"]),
    "dsl": ("larkhall", ["ASB_PREVENTION", "CHILD_SAFEGUARDING"]),
    "councillor": ("council", ["ASB_PREVENTION"]),
    "caseworker": ("victim_support", ["ASB_PREVENTION", "ADULT_SAFEGUARDING"]),
    "auditor": ("council", ["AUDIT"]),
}


def shows(engine: Engine, who: ViewerClass, day: str = DAY, record: str = RECORD) -> bool:
    found = Snapshot(engine, frozenset({record})).view(who, record.split("/", maxsplit=1)[0], day)
    return any(found.mask(record, facts) for facts in assignments(len(found.conditions)))


def shipped() -> Engine:
    return compile_engine(read_policies(None), CATALOGUE)


@pytest.mark.parametrize(
    ("day", "applies"),
    [("2024-12-31", False), ("2025-01-01", True), (DAY, True), ("2028-12-31", True), ("2029-01-01", False)],
)
def test_an_agreement_applies_from_its_first_day_to_its_last(day: str, applies: bool) -> None:  # noqa: FBT001 - a column of the table
    assert shows(compile_engine(texts(agreement("a", [GRANT])), CATALOGUE), viewer(), day) is applies


@pytest.mark.parametrize("status", ["draft", "suspended", "ended"])
def test_an_agreement_that_is_not_in_force_gives_nothing(status: str) -> None:
    engine = compile_engine(texts(agreement("a", [GRANT], status=status, signed_by=[])), CATALOGUE)
    assert not shows(engine, viewer())
    assert engine.purposes("police", {"officer"}, DAY) == ()


def test_an_agreement_in_force_that_a_party_has_not_signed_is_refused() -> None:
    with pytest.raises(PolicyError, match="police is a party and has not signed"):
        compile_engine(texts(agreement("a", [GRANT], signed_by=["council"])), CATALOGUE)


def test_every_agency_of_a_type_signs_for_itself() -> None:
    flows = [{"from": ["council"], "to": [{"type": "SCHOOL", "roles": ["dsl"]}]}]
    with pytest.raises(PolicyError, match="fennel is a party and has not signed"):
        compile_engine(texts(agreement("a", [GRANT], flows, signed_by=["council", "larkhall"])), CATALOGUE)


@pytest.mark.parametrize(
    "who",
    [
        viewer("police", "analyst"),
        viewer("council"),
        viewer("police", "visitor"),
        viewer("police", purpose=Purpose.AUDIT),
        viewer("police", purpose=None),
        ViewerClass(agency="nobody", roles=frozenset({"officer"}), purpose=Purpose.ASB_PREVENTION),
    ],
)
def test_nobody_but_the_named_role_for_the_named_purpose_is_told(who: ViewerClass) -> None:
    engine = compile_engine(texts(agreement("a", [GRANT])), CATALOGUE)
    assert shows(engine, viewer())
    assert not shows(engine, who)


def test_a_record_of_an_agency_that_is_not_named_does_not_flow() -> None:
    engine = compile_engine(texts(agreement("a", [GRANT])), CATALOGUE)
    assert not shows(engine, viewer(), record="Person/larkhall/people/OFFICIAL/-/-")


def test_own_stands_for_the_agency_that_asks() -> None:
    flows = [{"from": "own", "to": {agency: list(roles) for agency, roles in ROLES.items()}}]
    engine = compile_engine(texts(agreement("a", [GRANT], flows)), CATALOGUE)
    for asking, owner in product(ROLES, ROLES):
        assert shows(engine, viewer(asking), record=f"Person/{owner}/people/OFFICIAL/-/-") is (asking == owner)


def test_a_flow_can_be_for_some_of_the_uses() -> None:
    flows = [{"from": ["council"], "to": {"police": ["officer"]}, "for": ["CRIME_PREVENTION"]}]
    engine = compile_engine(texts(agreement("a", [GRANT], flows)), CATALOGUE)
    assert shows(engine, viewer(purpose=Purpose.CRIME_PREVENTION))
    assert not shows(engine, viewer(purpose=Purpose.ASB_PREVENTION))
    assert engine.purposes("police", {"officer"}, DAY) == (Purpose.CRIME_PREVENTION,)


@pytest.mark.parametrize("role", DEMO)
def test_a_role_of_the_shipped_partnership_can_state_its_purposes(role: str) -> None:
    agency, purposes = DEMO[role]
    assert [str(purpose) for purpose in shipped().purposes(agency, {role}, DAY)] == purposes


def test_neither_the_register_nor_an_open_licence_permits_a_purpose() -> None:
    engine = shipped()
    assert engine.purposes("council", set(), DAY) == ()
    assert engine.purposes("elsewhere", {"officer"}, DAY) == ()


def test_everyone_is_everybody_of_the_partnership() -> None:
    ward = "Ward/hub/wards-2025/OFFICIAL/-/-"
    for agency, is_told in (("housing", True), ("elsewhere", False)):
        who = ViewerClass(agency=agency, roles=frozenset(), purpose=None)
        assert shows(shipped(), who, record=ward) is is_told


def test_an_open_licence_serves_whatever_purpose_is_stated_but_one_must_be() -> None:
    place = "Premises/council/food-hygiene/OFFICIAL/-/-"
    for purpose, is_told in ((Purpose.MARAC_DA, True), (None, False)):
        who = ViewerClass(agency="housing", roles=frozenset(), purpose=purpose)
        assert shows(shipped(), who, record=place) is is_told


def test_the_hash_names_what_decides_and_not_how_it_is_laid_out() -> None:
    documents = texts(agreement("a", [GRANT]))
    usual = compile_engine(documents, CATALOGUE).policy_hash
    commented = documents | {"agreements/a0.yaml": "# a comment\n" + documents["agreements/a0.yaml"]}
    scenario = documents | {"scenarios/s.yaml": "viewers: {}\nscenarios: []\n"}
    renewed = documents | {"agreements/a0.yaml": agreement("a", [GRANT], version=2)}
    limited = documents | {"limits.yaml": limits({"when": {"child": True}, "caps": {"Person": {"phone": "nothing"}}})}
    wider = Catalogue.of([*CATALOGUE.types.values(), TypeEntry(name="School", fields=())])
    assert len(usual) == 64
    assert compile_engine(commented, CATALOGUE).policy_hash == usual
    assert compile_engine(scenario, CATALOGUE).policy_hash == usual
    assert compile_engine(renewed, CATALOGUE).policy_hash != usual
    assert compile_engine(limited, CATALOGUE).policy_hash != usual
    assert compile_engine(documents, wider).policy_hash != usual


def test_every_shipped_term_is_needed_by_somebody() -> None:
    engine = shipped()
    owners = ["council", "police", "housing", "larkhall", "victim_support", "youth_offending", "hub"]
    datasets = ["food-hygiene", "council-asb-cases", "police-nominals", "referrals"]
    entries = [*CATALOGUE.types.values(), *CATALOGUE.acts.values()]
    used: dict[TypeEntry, set[object]] = {entry: {()} for entry in entries}
    for entry in entries:
        classes = frozenset(
            f"{entry.name}/{owner}/{dataset}/{sensitivity}/-/{protection}"
            for owner, dataset, sensitivity, protection in product(
                owners, datasets, ["OFFICIAL", "OFFICIAL_SENSITIVE"], ["-", "refuge", "adoption"]
            )
        )
        snapshot = Snapshot(engine, classes)
        for role, (agency, purposes) in DEMO.items():
            for purpose in purposes:
                who = ViewerClass(agency=agency, roles=frozenset({role}), purpose=Purpose(purpose))
                told = snapshot.acts if entry in CATALOGUE.acts.values() else snapshot.view
                view = told(who, entry.name, DAY)
                needs = [1, *(entry.bit(f.name, at + 1) for f in entry.fields for at in range(len(f.ladder)))]
                for need in needs:
                    sets = zip(view.terms, view.sets(need), strict=True)
                    used[entry].update(term for term, members in sets if members)
    assert used == {entry: set(engine.terms[entry]) for entry in entries}
