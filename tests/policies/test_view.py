"""Views: limits, what they hide, and what may be said about it."""

import pytest

from policies.catalogue import POINTER
from policies.engine import compile_engine
from policies.view import Snapshot, View
from policies.viewer import ViewerClass
from tests.support.catalogue import example_catalogue
from tests.support.policies import DAY, Texts, agreement, limits, texts, viewer

CATALOGUE = example_catalogue()
NAMES = {"id": "names", "type": "Person", "when": {"unconditional": True}, "show": {"full": ["name", "home"]}}
IN_AREA = {"id": "area", "type": "Person", "when": {"in_area": True}, "show": {"full": ["phone"]}}
CHILD = {"id": "child", "type": "Person", "when": {"child": True}, "show": {"full": ["email"]}}
RESIDENCE = {"id": "residence", "type": "RESIDES_AT", "when": {"in_area": True}, "show": "pointer"}
SIBLING = {"id": "sibling", "type": "SIBLING_OF", "when": {"in_area": True}, "show": "pointer"}
CONCERNS = {"id": "role", "type": "CONCERNS", "when": {"role": ["VICTIM"]}, "show": "pointer"}
HOME = {"Person": {"nothing": ["home"]}, "RESIDES_AT": "nothing"}
PLAIN = "Person/council/people/OFFICIAL/-/-"
OF_REFUGE = "Person/council/people/OFFICIAL/-/refuge"
MARKED = "Person/council/people/OFFICIAL/refuge/refuge"


def view(documents: Texts, *classes: str, who: ViewerClass | None = None) -> View:
    snapshot = Snapshot(compile_engine(documents, CATALOGUE), frozenset(classes))
    return snapshot.view(who or viewer(), classes[0].split("/")[0], DAY)


def shown(found: View, mask: int) -> set[str]:
    return {field.name for field in found.entry.fields if found.entry.rung(mask, field.name)}


def refuge(*, protective: bool = True, spares: dict[str, list[str]] | None = None) -> Texts:
    limit = {"when": {"protections": "refuge"}, "caps": HOME, "protective": protective, "spares": spares or {}}
    return texts(agreement("a", [NAMES, IN_AREA, CHILD, RESIDENCE, SIBLING]), limits=limits(limit))


def test_where_a_limit_hides_the_ward_nobody_finds_out_whether_it_is_theirs() -> None:
    found = view(refuge(), PLAIN, OF_REFUGE)
    assert found.conditions == ("in_area", "child")
    assert "phone" in shown(found, found.mask(PLAIN, (True, False)))
    for in_area in (True, False, None):
        assert found.mask(OF_REFUGE, (in_area, False)) == found.mask(OF_REFUGE, (None, False))
        assert found.granted(OF_REFUGE, (in_area, False)) == found.granted(OF_REFUGE, (None, False))
        assert found.ordinary(OF_REFUGE, (in_area, False)) == found.ordinary(OF_REFUGE, (None, False))
    assert (
        OF_REFUGE not in dict(zip(found.terms, found.sets(found.entry.top("phone")), strict=True))[(("in_area", True),)]
    )


def test_where_a_limit_coarsens_the_birth_date_nobody_finds_out_who_comes_of_age() -> None:
    limit = {"when": {"protections": "refuge"}, "caps": {"Person": {"dateOfBirth": "year"}}}
    found = view(texts(agreement("a", [NAMES, CHILD]), limits=limits(limit)), PLAIN, OF_REFUGE)
    assert "email" in shown(found, found.mask(PLAIN, (True,)))
    assert found.mask(OF_REFUGE, (True,)) == found.mask(OF_REFUGE, (None,))


def test_a_hidden_condition_triggers_the_limits_that_hang_on_it() -> None:
    by_area = {"when": {"in_area": True}, "caps": {"Person": {"dateOfBirth": "year"}}}
    hidden = {"when": {"protections": "refuge"}, "caps": HOME}
    documents = texts(agreement("a", [NAMES, CHILD]), limits=limits(by_area, hidden))
    found = view(documents, PLAIN, OF_REFUGE)
    assert found.conditions == ("in_area", "child")
    assert "email" in shown(found, found.mask(PLAIN, (False, True)))
    assert "email" not in shown(found, found.mask(OF_REFUGE, (False, True)))


@pytest.mark.parametrize("link", ["SIBLING_OF", "RESIDES_AT"])
def test_a_link_does_not_tell_the_hidden_ward_of_whom_it_starts_from(link: str) -> None:
    plain, protected = f"{link}/council/people/OFFICIAL/-/-", f"{link}/council/people/OFFICIAL/-/refuge"
    found = view(refuge(), plain, protected)
    assert found.mask(plain, (True,))
    assert not found.mask(protected, (True,))


def test_a_link_takes_a_ward_for_hidden_that_a_limit_hides_by_what_the_link_does_not_know() -> None:
    limit = {"when": {"dataset": "nominals"}, "caps": HOME}
    documents = texts(agreement("a", [NAMES, SIBLING]), limits=limits(limit))
    one = "SIBLING_OF/council/associations/OFFICIAL/-/-"
    assert not view(documents, one).mask(one, (True,))


def test_where_a_limit_hides_the_role_a_grant_cannot_ask_for_it() -> None:
    limit = {"when": {"owner": "council"}, "caps": {"CONCERNS": {"nothing": ["role"]}}}
    flows = [{"from": ["council", "larkhall"], "to": {"police": ["officer"]}}]
    documents = texts(agreement("a", [CONCERNS], flows), limits=limits(limit))
    hidden, told = "CONCERNS/council/people/OFFICIAL/-/-", "CONCERNS/larkhall/people/OFFICIAL/-/-"
    found = view(documents, hidden, told)
    assert found.conditions == ("role:VICTIM",)
    assert (found.mask(hidden, (True,)), found.mask(told, (True,))) == (0, POINTER)


def test_a_protective_limit_hides_the_record_that_carries_the_marking_from_all_other_agencies() -> None:
    found = view(refuge(), OF_REFUGE, MARKED)
    assert found.mask(OF_REFUGE, (None, None)) & POINTER
    assert found.mask(MARKED, (None, None)) == 0
    assert not any(MARKED in classes for classes in found.sets(found.entry.full))


def test_a_limit_that_is_not_protective_leaves_the_pointer() -> None:
    found = view(refuge(protective=False), MARKED)
    assert found.mask(MARKED, (None, None)) & POINTER


def test_what_may_be_said_about_withholding_knows_nothing_of_protective_limits() -> None:
    found = view(refuge(), PLAIN, OF_REFUGE, MARKED)
    for one in (OF_REFUGE, MARKED):
        assert found.ordinary(one, (None, None)) == found.ordinary(PLAIN, (None, None))
    open_limit = view(refuge(protective=False), PLAIN, OF_REFUGE)
    assert open_limit.ordinary(OF_REFUGE, (None, None)) == open_limit.mask(OF_REFUGE, (None, None))


def test_who_is_spared_is_not_limited_and_neither_agency_nor_ownership_spares() -> None:
    found = view(refuge(spares={"police": ["officer"]}), MARKED)
    assert found.mask(MARKED, (None, None)) == found.granted(MARKED, (None, None))
    told = [{"from": ["council"], "to": {"police": ["officer", "analyst"]}}]
    limit = {"when": {"protections": "refuge"}, "caps": HOME, "protective": True, "spares": {"police": ["officer"]}}
    documents = texts(agreement("a", [NAMES], told), limits=limits(limit))
    other = view(documents, MARKED, who=viewer("police", "analyst"))
    assert other.mask(MARKED, ()) == 0
    flows = [{"from": "own", "to": {"council": ["asb_officer"]}}]
    own = view(texts(agreement("a", [NAMES], flows), limits=limits(limit)), MARKED, who=viewer("council"))
    assert shown(own, own.mask(MARKED, ())) == {"givenName", "familyName", "aliases"}
    assert own.mask(MARKED, ()) & POINTER


def test_a_type_that_is_capped_to_nothing_is_not_there() -> None:
    limit = {"when": {"protections": "refuge"}, "caps": {"Person": "nothing", "RESIDES_AT": "nothing"}}
    found = view(texts(agreement("a", [NAMES]), limits=limits(limit)), OF_REFUGE)
    assert found.mask(OF_REFUGE, ()) == 0


def test_a_class_that_this_process_does_not_know_is_invisible() -> None:
    found = view(texts(agreement("a", [NAMES])), PLAIN, "Person/council/x", "no class at all")
    assert found.mask("Person/council/nominals/OFFICIAL/-/-", ()) == 0
    assert found.mask("Person/council/x", ()) == 0
    assert found.sets(found.entry.full) == ((PLAIN,),)
    assert found.shares("Person/council/nominals/OFFICIAL/-/-", ()) == ()


def test_facts_must_be_those_that_the_view_asks_for() -> None:
    found = view(texts(agreement("a", [IN_AREA])), PLAIN)
    with pytest.raises(ValueError, match="argument"):
        found.mask(PLAIN, (True, True))


def test_each_agreement_is_named_with_what_it_shows() -> None:
    found = view(texts(agreement("by-name", [NAMES]), agreement("by-area", [IN_AREA])), PLAIN)
    shares = dict(found.shares(PLAIN, (True,)))
    assert {name: shown(found, mask) for name, mask in shares.items()} == {
        "by-area": {"phone"},
        "by-name": {"givenName", "familyName", "aliases", "address", "postcode", "ward"},
    }
    assert [name for name, _ in found.shares(PLAIN, (False,))] == ["by-name"]


def test_views_are_shared_and_their_number_is_bounded() -> None:
    snapshot = Snapshot(compile_engine(texts(agreement("a", [NAMES])), CATALOGUE), frozenset({PLAIN}))
    assert snapshot.view(viewer(), "Person", DAY) is snapshot.view(viewer(), "Person", DAY)
    days = [f"{2000 + at}-01-01" for at in range(1100)]
    first = snapshot.view(viewer(), "Person", days[0])
    for day in days:
        snapshot.view(viewer(), "Person", day)
    assert snapshot.view(viewer(), "Person", days[0]) is not first


def test_a_group_given_at_a_lower_rung_goes_as_far_as_each_of_its_fields_can() -> None:
    grant = {"id": "g", "type": "Person", "when": {"unconditional": True}, "show": {"name": "initials"}}
    found = view(texts(agreement("a", [grant])), PLAIN)
    mask = found.mask(PLAIN, ())
    assert [found.entry.rung(mask, name) for name in ("givenName", "familyName", "aliases")] == [1, 1, 0]


def test_a_field_of_the_same_name_wins_over_a_group() -> None:
    grant = {"id": "g", "type": "Premises", "when": {"unconditional": True}, "show": {"location": "grid_1km"}}
    found = view(texts(agreement("a", [grant])), "Premises/council/people/OFFICIAL/-/-")
    assert shown(found, found.mask("Premises/council/people/OFFICIAL/-/-", ())) == {"location"}
