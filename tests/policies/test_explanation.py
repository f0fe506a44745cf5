"""An explanation says what the decision does, and every reason that it names is one."""

import json
from dataclasses import dataclass, field
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.aspects import aspects
from policies.engine import compile_engine
from policies.explanation import Barred, Cap, Explained, Explanation, Gift, Unmet, Veiled, explain
from policies.view import Snapshot, View
from policies.viewer import Principal, Viewer, ViewerClass
from tests.support.catalogue import example_catalogue
from tests.support.policies import (
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

CATALOGUE = example_catalogue()
laws = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
Facts = tuple[bool | None, ...]
PLAIN = "Person/council/people/OFFICIAL/-/-"
SENSITIVE = "Person/council/people/OFFICIAL_SENSITIVE/-/-"
OF_REFUGE = "Person/council/people/OFFICIAL/-/refuge"
NAMES = {"id": "names", "type": "Person", "when": {"sensitivity_at_most": "OFFICIAL"}, "show": {"full": ["name"]}}
BIRTH = {"id": "birth", "type": "Person", "when": {"unconditional": True}, "show": {"dateOfBirth": "year"}}
AREA = {"id": "area", "type": "Person", "when": {"in_area": True}, "show": {"full": ["dateOfBirth", "phone"]}}
CASE = {"id": "case", "type": "Person", "when": {"case_member": True}, "show": {"full": ["home"]}}
REFUGE = {
    "when": {"protections": "refuge"},
    "caps": {"Person": {"nothing": ["home", "phone"]}, "RESIDES_AT": "nothing"},
    "protective": True,
}
CHILD = {"when": {"child": True}, "caps": {"Person": {"dateOfBirth": "decade"}}}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Policies on a type, somebody who asks, and some classes."""

    documents: Texts
    who: ViewerClass
    type: str
    classes: list[str]
    _made: list[Snapshot] = field(default_factory=list)

    @property
    def snapshot(self) -> Snapshot:
        if not self._made:
            self._made.append(Snapshot(compile_engine(self.documents, CATALOGUE), frozenset(self.classes)))
        return self._made[0]

    @property
    def view(self) -> View:
        return self.snapshot.view(self.who, self.type, DAY)

    def explain(self, one: str, facts: Facts) -> Explanation:
        return explain(self.snapshot, asking(self.who), self.type, one, facts)


def asking(who: ViewerClass) -> Viewer:
    principal = Principal(subject="somebody", agency=who.agency, roles=who.roles)
    return Viewer(principal=principal, purpose=who.purpose, day=DAY)


def _worlds(type_name: str) -> st.SearchStrategy[World]:
    return st.builds(
        World,
        documents=policies(type_name),
        who=viewer_classes(),
        type=st.just(type_name),
        classes=st.lists(fact_classes(type_name), min_size=2, max_size=4, unique=True),
    )


worlds = st.sampled_from(TYPES).flatmap(_worlds)


def _points(world: World) -> list[tuple[str, Facts]]:
    return list(product(world.classes, assignments(len(world.view.conditions))))


@laws
@given(worlds)
def test_the_explained_rung_is_the_one_that_is_shown(world: World) -> None:
    for one, facts in _points(world):
        mask, explained = world.view.mask(one, facts), world.explain(one, facts).aspects
        assert [(said.name, said.rung) for said in explained] == [
            (aspect.name, aspect.word(aspect.rung(mask))) for aspect in aspects(world.view.entry)
        ]


@laws
@given(worlds)
def test_what_is_shown_has_a_gift_and_what_is_less_than_granted_has_a_cap(world: World) -> None:
    for one, facts in _points(world):
        mask, granted = world.view.mask(one, facts), world.view.granted(one, facts)
        agreements = {agreement for agreement, _ in world.view.shares(one, facts)}
        for aspect, said in zip(aspects(world.view.entry), world.explain(one, facts).aspects, strict=True):
            shown, given_ = aspect.rung(mask), aspect.rung(granted)
            assert bool(said.gifts) == bool(given_)
            assert all(aspect.ladder.index(gift.rung) + 1 >= shown for gift in said.gifts)
            assert not shown or {gift.agreement for gift in said.gifts} <= agreements
            assert bool(said.caps) == (shown < given_), (one, facts, said)


@laws
@given(worlds, st.data())
def test_without_the_limits_that_cap_a_field_it_is_shown_as_far_as_it_is_granted(
    world: World, data: st.DataObject
) -> None:
    one, facts = data.draw(st.sampled_from(_points(world)))
    explained = world.explain(one, facts)
    for aspect, said in zip(aspects(world.view.entry), explained.aspects, strict=True):
        named = {cap.limit for cap in said.caps}
        kept = [limit for limit in json.loads(world.documents["limits.yaml"])["limits"] if limit["id"] not in named]
        documents = world.documents | {"limits.yaml": json.dumps({"limits": kept})}
        less = World(documents=documents, who=world.who, type=world.type, classes=world.classes).view
        known = tuple(explained.conditions.get(condition) for condition in less.conditions)
        assert aspect.rung(less.mask(one, known)) >= aspect.rung(world.view.granted(one, facts))


@laws
@given(worlds)
def test_unmet_conditions_raise_the_rung_when_they_are_met_and_any_that_could_are_named(world: World) -> None:
    for one, facts in _points(world):
        explained = world.explain(one, facts)
        masks = {more: world.view.mask(one, more) for more in assignments(len(facts)) if _is_further(facts, more)}
        for aspect, said in zip(aspects(world.view.entry), explained.aspects, strict=True):
            shown = _rung(aspect.ladder, said.rung)
            for unmet in said.unmet:
                met = tuple(
                    True if condition in unmet.conditions else fact for condition, fact in explained.conditions.items()
                )
                assert aspect.rung(world.view.mask(one, met)) == _rung(aspect.ladder, unmet.rung) > shown
                assert not any(explained.conditions[condition] for condition in unmet.conditions)
            assert bool(said.unmet) == any(aspect.rung(mask) > shown for mask in masks.values())


@laws
@given(worlds, st.integers(1, 5))
def test_a_record_of_which_a_fact_is_unknown_is_shown_to_nobody_for_that_reason(world: World, part: int) -> None:
    name = ("owner", "dataset", "sensitivity", "marked", "protections")[part - 1]
    unknown = [less_known(one, part) for one in world.classes]
    less = World(documents=world.documents, who=world.who, type=world.type, classes=unknown)
    for one, facts in _points(less):
        explained = less.explain(one, facts)
        assert explained.unknown == (name,)
        assert {(said.rung, said.gifts, said.unmet) for said in explained.aspects} == {("nothing", (), ())}


def _is_further(facts: Facts, more: Facts) -> bool:
    return all(now is then or (now is not True and then is True) for now, then in zip(facts, more, strict=True))


def _rung(ladder: tuple[str, ...], word: str) -> int:
    return ladder.index(word) + 1 if word in ladder else 0


def said_of(field: str, one: str, facts: Facts, *entries: dict[str, object]) -> Explained:
    documents = texts(agreement("a", [NAMES, BIRTH, AREA, CASE]), limits=limits(*entries))
    world = World(documents=documents, who=viewer(), type="Person", classes=[one])
    return {said.name: said for said in world.explain(one, facts).aspects}[field]


YEAR = Gift(agreement="a", grant="birth", rung="year")
FULL = Gift(agreement="a", grant="area", rung="full")


def test_a_field_names_the_grant_that_gives_it_and_the_condition_that_would_give_more() -> None:
    said = said_of("dateOfBirth", PLAIN, (False, False))
    assert (said.rung, said.is_top, said.gifts, said.caps) == ("year", False, (YEAR,), ())
    assert said.unmet == (Unmet(agreement="a", grant="area", rung="full", conditions=("in_area",)),)
    met = said_of("dateOfBirth", PLAIN, (True, False))
    assert (met.rung, met.is_top, met.gifts, met.unmet) == ("full", True, (FULL,), ())


@pytest.mark.parametrize("child", [True, None])
def test_a_cap_names_the_condition_by_which_it_holds_and_what_it_leaves(child: bool | None) -> None:  # noqa: FBT001 - a column of the table
    said = said_of("dateOfBirth", PLAIN, (True, False, child), CHILD)
    assert (said.rung, said.gifts) == ("decade", (YEAR, FULL))
    assert said.caps == (Cap(limit="limit-0", rung="decade", conditions=("child",)),)
    assert said_of("dateOfBirth", PLAIN, (True, False, False), CHILD).caps == ()


def test_a_condition_that_a_limit_hides_is_not_unmet_but_veiled_whatever_is_true() -> None:
    hidden = [said_of("dateOfBirth", OF_REFUGE, (in_area, False), REFUGE) for in_area in (True, False, None)]
    assert {one.rung for one in hidden} == {"year"}
    assert {one.unmet for one in hidden} == {()}
    veiled = Veiled(agreement="a", grant="area", limits=("limit-0",), conditions=("in_area",))
    assert {one.veiled for one in hidden} == {(veiled,)}


def test_a_grant_for_other_records_is_named_with_the_fact_that_keeps_it_from_this_one() -> None:
    documents = texts(agreement("a", [NAMES, BIRTH]))
    world = World(documents=documents, who=viewer(), type="Person", classes=[SENSITIVE])
    assert world.explain(SENSITIVE, ()).barred == (Barred(agreement="a", grant="names", facts=("sensitivity",)),)


@pytest.mark.parametrize("facts", [None, "no class at all"])
def test_a_record_without_a_class_is_shown_to_nobody(facts: str | None) -> None:
    documents = texts(agreement("a", [NAMES]))
    world = World(documents=documents, who=viewer(), type="Person", classes=[PLAIN])
    explained = explain(world.snapshot, asking(world.who), "Person", facts, ())
    assert (explained.unknown, explained.barred) == (("class",), ())
    assert {said.rung for said in explained.aspects} == {"nothing"}
