"""Laws of the decision, on made-up policies, viewers and classes."""

import json

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from policies.catalogue import POINTER, Catalogue
from policies.check import check
from policies.classes import FactClass
from policies.engine import compile_engine
from policies.view import Snapshot, View
from policies.viewer import ViewerClass
from policies.vocabulary import Protection
from tests.support.catalogue import example_catalogue
from tests.support.policies import (
    DAY,
    TYPES,
    Texts,
    agreement,
    assignments,
    fact_classes,
    limits,
    policies,
    texts,
    viewer,
    viewer_classes,
)
from tests.support.policy_oracle import disclosed

CATALOGUE = example_catalogue()
laws = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
typed_classes = st.sampled_from(TYPES).flatmap(lambda name: st.tuples(st.just(name), fact_classes(name)))


def view(documents: Texts, who: ViewerClass, type_name: str, *classes: str, catalogue: Catalogue = CATALOGUE) -> View:
    return Snapshot(compile_engine(documents, catalogue), frozenset(classes)).view(who, type_name, DAY)


def rungs(found: View, mask: int) -> dict[str, int]:
    shown = {field.name: found.entry.rung(mask, field.name) for field in found.entry.fields}
    return {name: rung for name, rung in (shown | {"pointer": mask & POINTER}).items() if rung}


@laws
@given(policies(), st.data())
def test_the_sets_contain_a_class_exactly_where_its_mask_has_a_needed_bit(
    documents: Texts, data: st.DataObject
) -> None:
    type_name = data.draw(st.sampled_from(TYPES))
    classes = data.draw(st.lists(fact_classes(type_name), min_size=1, max_size=5))
    found = view(documents, data.draw(viewer_classes()), type_name, *classes)
    need = data.draw(st.one_of(st.just(found.entry.full), st.integers(1, found.entry.full)))
    sets = found.sets(need)
    for one in classes:
        for facts in assignments(len(found.conditions)):
            known = dict(zip(found.conditions, facts, strict=True))
            is_row = any(
                one in members and all(known[condition] is wanted for condition, wanted in term)
                for term, members in zip(found.terms, sets, strict=True)
            )
            assert is_row == bool(found.mask(one, facts) & need), (one, known)


@laws
@given(policies(), viewer_classes(), typed_classes)
def test_the_engine_agrees_with_a_slow_reading_of_the_documents(
    documents: Texts, who: ViewerClass, typed: tuple[str, str]
) -> None:
    type_name, one = typed
    found = view(documents, who, type_name, one)
    for facts in assignments(len(found.conditions)):
        known = dict(zip(found.conditions, facts, strict=True))
        assert rungs(found, found.mask(one, facts)) == disclosed(documents, CATALOGUE, who, one, known)


@laws
@given(policies(), viewer_classes(), typed_classes)
def test_shares_make_up_the_mask_which_is_within_the_grants_and_narrows_with_each_unknown(
    documents: Texts, who: ViewerClass, typed: tuple[str, str]
) -> None:
    type_name, one = typed
    found = view(documents, who, type_name, one)
    for facts in assignments(len(found.conditions)):
        mask, ordinary, granted = found.mask(one, facts), found.ordinary(one, facts), found.granted(one, facts)
        union = 0
        for _, share in found.shares(one, facts):
            union |= share
        assert union == mask
        assert mask & ~ordinary == ordinary & ~granted == 0
        for at in range(len(facts)):
            less = (*facts[:at], None, *facts[at + 1 :])
            assert not found.mask(one, less) & ~mask


@laws
@given(policies(), viewer_classes(), typed_classes, st.sampled_from(tuple(Protection)), st.integers(1, 5))
def test_a_protection_more_never_widens_and_an_unknown_fact_of_the_class_hides_it(
    documents: Texts, who: ViewerClass, typed: tuple[str, str], protection: Protection, part: int
) -> None:
    type_name, one = typed
    assume("?" not in one)
    words = one.split("/")
    protections = (FactClass.parse(one).protections or frozenset()) | {protection}
    protected = "/".join((*words[:5], "+".join(sorted(protections))))
    unknown = "/".join((*words[:part], "?", *words[part + 1 :]))
    found = view(documents, who, type_name, one, protected, unknown)
    for facts in assignments(len(found.conditions)):
        assert not found.mask(protected, facts) & ~found.mask(one, facts)
        assert found.mask(unknown, facts) == 0


@laws
@given(policies(), viewer_classes(), typed_classes, st.data())
def test_a_grant_never_lowers_and_a_limit_never_raises(
    documents: Texts, who: ViewerClass, typed: tuple[str, str], data: st.DataObject
) -> None:
    type_name, one = typed
    file = data.draw(st.sampled_from(sorted(name for name in documents if name != "agencies.yaml")))
    part = "limits" if file == "limits.yaml" else "grants"
    whole = json.loads(documents[file])
    assume(len(whole[part]) > (part == "grants"))
    dropped = data.draw(st.integers(0, len(whole[part]) - 1))
    less = documents | {file: json.dumps(whole | {part: whole[part][:dropped] + whole[part][dropped + 1 :]})}
    more, fewer = view(documents, who, type_name, one), view(less, who, type_name, one)
    for facts in assignments(len(more.conditions)):
        known = dict(zip(more.conditions, facts, strict=True))
        others = tuple(known.get(condition) for condition in fewer.conditions)
        wide, narrow = more.mask(one, facts), fewer.mask(one, others)
        if part == "limits":
            wide, narrow = narrow, wide
        assert not narrow & ~wide


@laws
@given(policies(), viewer_classes(), typed_classes)
def test_several_roles_give_the_union_of_what_each_gives(
    documents: Texts, who: ViewerClass, typed: tuple[str, str]
) -> None:
    type_name, one = typed
    snapshot = Snapshot(compile_engine(documents, CATALOGUE), frozenset({one}))
    whole = snapshot.view(who, type_name, DAY)
    parts = [
        snapshot.view(ViewerClass(agency=who.agency, roles=frozenset({role}), purpose=who.purpose), type_name, DAY)
        for role in who.roles
    ]
    assume(parts)
    for facts in assignments(len(whole.conditions)):
        union = 0
        for part in parts:
            union |= part.mask(one, facts)
        assert whole.mask(one, facts) == union


@laws
@given(policies())
def test_made_up_policies_pass_the_check(documents: Texts) -> None:
    assert check(documents, CATALOGUE, DAY) == []


def test_a_term_stands_for_each_combination_that_policies_can_need_and_for_no_other() -> None:
    grants = [
        {"id": "a", "type": "Person", "when": {"in_area": True}, "show": {"full": ["name", "phone"]}},
        {"id": "b", "type": "Person", "when": {"case_member": True}, "show": {"full": ["gender"]}},
    ]
    documents = texts(
        agreement("a", grants),
        limits=limits({"when": {"child": True}, "caps": {"Person": {"nothing": ["phone"]}}}),
    )
    assert compile_engine(documents, CATALOGUE).terms("Person") == (
        (),
        (("case_member", True),),
        (("in_area", True),),
        (("in_area", True), ("child", False)),
    )


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
