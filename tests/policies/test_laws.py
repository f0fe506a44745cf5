"""Laws of the decision, on made-up policies, viewers and classes."""

import json
from dataclasses import dataclass, replace
from functools import cache, reduce
from itertools import product
from operator import or_

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.catalogue import POINTER
from policies.classes import FactClass
from policies.engine import compile_engine
from policies.view import Snapshot, View
from policies.viewer import ViewerClass
from policies.vocabulary import Protection
from tests.support.catalogue import acting_catalogue
from tests.support.policies import (
    ACTS,
    DAY,
    TYPES,
    Texts,
    agreement,
    assignments,
    fact_classes,
    less_known,
    limits,
    policies,
    texts,
    viewer,
    viewer_classes,
)
from tests.support.policy_oracle import disclosed, permitted

CATALOGUE = acting_catalogue()
laws = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Policies on a type, somebody who asks or acts, and some classes."""

    documents: Texts
    who: ViewerClass
    type: str
    acts: bool
    classes: list[str]

    def view(self, *more: str) -> View:
        snapshot = Snapshot(compile_engine(self.documents, CATALOGUE), frozenset({*self.classes, *more}))
        return (snapshot.acts if self.acts else snapshot.view)(self.who, self.type, DAY)

    def by(self, *roles: str) -> "World":
        """The same for one of the police."""
        return replace(self, who=ViewerClass(agency="police", roles=frozenset(roles), purpose=self.who.purpose))


@cache
def _worlds(type_name: str) -> st.SearchStrategy[World]:
    return st.builds(
        World,
        documents=policies(type_name, acts=ACTS),
        acts=st.booleans() if type_name in ACTS else st.just(value=False),
        who=viewer_classes(),
        type=st.just(type_name),
        classes=st.lists(fact_classes(type_name), min_size=4, max_size=8, unique=True),
    )


worlds = st.sampled_from(TYPES).flatmap(_worlds)


def view(documents: Texts, who: ViewerClass, type_name: str, *classes: str) -> View:
    return Snapshot(compile_engine(documents, CATALOGUE), frozenset(classes)).view(who, type_name, DAY)


def rungs(found: View, mask: int) -> dict[str, int]:
    shown = {field.name: found.entry.rung(mask, field.name) for field in found.entry.fields}
    return {name: rung for name, rung in (shown | {"pointer": mask & POINTER}).items() if rung}


@laws
@given(worlds, st.data())
def test_the_sets_contain_a_class_exactly_where_its_mask_has_a_needed_bit(world: World, data: st.DataObject) -> None:
    found = world.view()
    need = data.draw(st.one_of(st.just(found.entry.full), st.integers(1, found.entry.full)))
    sets = found.sets(need)
    for one, facts in product(world.classes, assignments(len(found.conditions))):
        known = dict(zip(found.conditions, facts, strict=True))
        is_row = any(
            one in members and all(known[condition] is wanted for condition, wanted in term)
            for term, members in zip(found.terms, sets, strict=True)
        )
        assert is_row == bool(found.mask(one, facts) & need), (one, known)


@laws
@given(worlds)
def test_the_engine_agrees_with_a_slow_reading_of_the_documents(world: World) -> None:
    found = world.view()
    for one, facts in product(world.classes, assignments(len(found.conditions))):
        known = dict(zip(found.conditions, facts, strict=True))
        read = permitted if world.acts else disclosed
        assert rungs(found, found.mask(one, facts)) == read(world.documents, CATALOGUE, world.who, one, known)


@laws
@given(worlds)
def test_shares_make_up_the_mask_which_is_within_the_grants_and_narrows_with_each_unknown(world: World) -> None:
    found = world.view()
    for one, facts in product(world.classes, assignments(len(found.conditions))):
        mask, ordinary, granted = found.mask(one, facts), found.ordinary(one, facts), found.granted(one, facts)
        assert reduce(or_, (share for _, share in found.shares(one, facts)), 0) == mask
        assert reduce(or_, (share for _, share in found.offered(one, facts)), 0) == ordinary
        assert mask & ~ordinary == ordinary & ~granted == 0
        for at in range(len(facts)):
            less = (*facts[:at], None, *facts[at + 1 :])
            assert not found.mask(one, less) & ~mask


@laws
@given(worlds, st.sampled_from(tuple(Protection)), st.integers(1, 5))
def test_a_protection_more_never_widens_and_an_unknown_fact_of_the_class_hides_it(
    world: World, protection: Protection, part: int
) -> None:
    protected = {one: _with(one, protection) for one in world.classes}
    unknown = {one: less_known(one, part) for one in world.classes}
    found = world.view(*protected.values(), *unknown.values())
    for one, facts in product(world.classes, assignments(len(found.conditions))):
        assert not found.mask(protected[one], facts) & ~found.mask(one, facts)
        assert found.mask(unknown[one], facts) == 0


@laws
@given(worlds, st.data())
def test_a_clause_never_lowers_a_limit_never_raises_and_to_show_is_not_to_permit(
    world: World, data: st.DataObject
) -> None:
    file = data.draw(st.sampled_from(sorted(name for name in world.documents if name != "agencies.yaml")))
    whole = json.loads(world.documents[file])
    part = data.draw(st.sampled_from([name for name in ("limits", "grants", "may") if whole.get(name)]))
    dropped = data.draw(st.integers(0, len(whole[part]) - 1))
    rest = whole | {part: [entry for at, entry in enumerate(whole[part]) if at != dropped]}
    fewer = replace(world, documents=world.documents | {file: json.dumps(rest)}).view()
    more = world.view()
    for one, facts in product(world.classes, assignments(len(more.conditions))):
        known = dict(zip(more.conditions, facts, strict=True))
        others = tuple(known.get(condition) for condition in fewer.conditions)
        wide, narrow = more.mask(one, facts), fewer.mask(one, others)
        if part == "limits":
            wide, narrow = narrow, wide
        assert not narrow & ~wide
        if part == ("grants" if world.acts else "may"):
            assert narrow == wide


@laws
@given(worlds)
def test_several_roles_give_the_union_of_what_each_gives(world: World) -> None:
    whole, officer, analyst = (
        world.by(*roles).view() for roles in (("officer", "analyst"), ("officer",), ("analyst",))
    )
    for one, facts in product(world.classes, assignments(len(whole.conditions))):
        assert whole.mask(one, facts) == officer.mask(one, facts) | analyst.mask(one, facts)


def _with(fact_class: str, protection: Protection) -> str:
    words = fact_class.split("/")
    protections = (FactClass.parse(fact_class).protections or frozenset()) | {protection}
    return "/".join((*words[:5], "+".join(sorted(protections))))


def test_a_term_stands_for_each_combination_that_policies_can_need_and_for_no_other() -> None:
    grants = [
        {"id": "a", "type": "Person", "when": {"in_area": True}, "show": {"full": ["name", "phone"]}},
        {"id": "b", "type": "Person", "when": {"case_member": True}, "show": {"full": ["gender"]}},
    ]
    documents = texts(
        agreement("a", grants),
        limits=limits({"when": {"child": True}, "caps": {"Person": {"nothing": ["phone"]}}}),
    )
    assert compile_engine(documents, CATALOGUE).terms[CATALOGUE.types["Person"]] == (
        (),
        (("case_member", True),),
        (("in_area", True),),
        (("in_area", True), ("child", False)),
    )


def test_a_term_avoids_the_limits_that_hide_what_another_term_depends_on() -> None:
    grant = {"id": "a", "type": "Person", "when": {"child": True}, "show": {"full": ["email"]}}
    by_area = {"when": {"in_area": True}, "caps": {"Person": {"dateOfBirth": "year"}}}
    by_case = {
        "when": {"case_member": True},
        "caps": {"Person": {"nothing": ["home"]}, "RESIDES_AT": "nothing"},
    }
    documents = texts(agreement("a", [grant]), limits=limits(by_area, by_case))
    assert compile_engine(documents, CATALOGUE).terms[CATALOGUE.types["Person"]] == (
        (),
        (("child", True),),
        (("case_member", False), ("child", True)),
        (("in_area", False), ("child", True)),
        (("in_area", False), ("case_member", False), ("child", True)),
    )


def test_a_term_has_no_more_literals_than_keep_the_limits_away() -> None:
    grant = {"id": "a", "type": "Person", "when": {"unconditional": True}, "show": {"full": ["phone"]}}
    one = {"when": {"child": True}, "caps": {"Person": {"nothing": ["phone"]}}}
    other = {"when": {"child": True, "case_member": True}, "caps": {"Person": {"nothing": ["phone"]}}}
    documents = texts(agreement("a", [grant]), limits=limits(one, other))
    assert compile_engine(documents, CATALOGUE).terms[CATALOGUE.types["Person"]] == (
        (),
        (("case_member", False),),
        (("child", False),),
    )


def test_a_term_keeps_the_pointer_that_a_protective_limit_takes() -> None:
    grant = {"id": "a", "type": "Case", "when": {"unconditional": True}, "show": "pointer"}
    limit = {
        "when": {"protections": "refuge", "case_member": True},
        "caps": {"Premises": "nothing"},
        "protective": True,
    }
    marked = "Case/council/people/OFFICIAL/refuge/refuge"
    found = view(texts(agreement("a", [grant]), limits=limits(limit)), viewer(), "Case", marked)
    assert dict(zip(found.terms, found.sets(POINTER), strict=True)) == {(): (), (("case_member", False),): (marked,)}


def test_a_class_stands_with_the_most_general_terms_only() -> None:
    grants = [
        {"id": "a", "type": "Person", "when": {"in_area": True}, "show": "pointer"},
        {"id": "b", "type": "Person", "when": {"in_area": True, "case_member": True}, "show": {"full": ["gender"]}},
        {"id": "c", "type": "Person", "when": {"dataset": "nominals"}, "show": "pointer"},
    ]
    people, nominals = "Person/council/people/OFFICIAL/-/-", "Person/council/nominals/OFFICIAL/-/-"
    found = view(texts(agreement("a", grants)), viewer(), "Person", people, nominals)
    assert dict(zip(found.terms, found.sets(found.entry.full), strict=True)) == {
        (): (nominals,),
        (("in_area", True),): (people,),
        (("in_area", True), ("case_member", True)): (),
    }


@laws
@given(worlds, st.data())
def test_conditions_that_are_not_asked_for_change_nothing_of_what_is_needed(world: World, data: st.DataObject) -> None:
    found = world.view()
    need = data.draw(st.one_of(st.just(POINTER), st.integers(1, found.entry.full)))
    asked = found.asked(need)
    for one, facts in product(world.classes, assignments(len(found.conditions))):
        fewer = tuple(fact if name in asked else None for name, fact in zip(found.conditions, facts, strict=True))
        assert bool(found.mask(one, fewer)) == bool(found.mask(one, facts))
        assert found.mask(one, fewer) & need == found.mask(one, facts) & need
        assert found.granted(one, fewer) & need == found.granted(one, facts) & need
        assert found.ordinary(one, fewer) & need == found.ordinary(one, facts) & need
        for told in (found.shares, found.offered):
            assert _needed(told(one, fewer), need) == _needed(told(one, facts), need)


def _needed(masks: tuple[tuple[str, int], ...], need: int) -> dict[str, int]:
    return {agreement: mask & need for agreement, mask in masks if mask & need}
