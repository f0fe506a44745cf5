"""Acts: who may do what to which records, and what keeps them from it."""

import json
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import pytest

from hub.policies import read_policies
from policies.catalogue import Catalogue
from policies.check import check
from policies.classes import FactClass
from policies.engine import Engine, compile_engine
from policies.explanation import Barred, Cap, Gift, Unmet, explain_acts
from policies.matrix import plain_classes, seats
from policies.scenarios import run_scenarios
from policies.view import Snapshot, View
from policies.viewer import Principal, Viewer, ViewerClass
from policies.vocabulary import Purpose
from schema.catalogue import catalogue
from tests.support.catalogue import acting_catalogue
from tests.support.policies import (
    DAY,
    PURPOSES,
    ROLES,
    Texts,
    agreement,
    assignments,
    limits,
    text,
    texts,
    viewer,
)

CATALOGUE = acting_catalogue()
CASE = "Case/council/people/OFFICIAL/-/-"
OWN = "Case/police/people/OFFICIAL/-/-"
SHOWN = {"id": "shown", "type": "Case", "when": {"unconditional": True}, "show": {"full": ["reference", "summary"]}}
JOIN = {"id": "join", "act": "join", "type": "Case", "when": {"unconditional": True}}
LEAD = {"id": "lead", "act": ["open", "close"], "type": "Case", "when": {"unconditional": True}}
EVERYBODY = {agency: list(roles) for agency, roles in ROLES.items()}
FROM_OWN = [{"from": "own", "to": EVERYBODY}]


def documents(*may: object, flows: Sequence[object] | None = None, limit: Mapping[str, object] | None = None) -> Texts:
    return texts(agreement("a", [SHOWN], flows, may=may), limits=limits(*([limit] if limit else [])))


def acts(folder: Texts, *classes: str, who: ViewerClass | None = None) -> View:
    snapshot = Snapshot(compile_engine(folder, CATALOGUE), frozenset(classes))
    return snapshot.acts(who or viewer(), classes[0].split("/")[0], DAY)


def allowed(found: View, fact_class: str, *facts: bool | None) -> set[str]:
    mask = found.mask(fact_class, facts)
    return {act for act in found.entry.by_name if mask & found.entry.top(act)}


def test_nobody_may_do_what_no_clause_says() -> None:
    assert allowed(acts(documents(), CASE), CASE) == set()
    assert allowed(acts(documents(JOIN), CASE), CASE) == {"join"}
    assert allowed(acts(documents(JOIN, LEAD), CASE), CASE) == {"join", "open", "close"}


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
def test_nobody_but_the_role_that_a_flow_reaches_may_act_for_the_purpose_that_it_serves(who: ViewerClass) -> None:
    assert allowed(acts(documents(JOIN), CASE, who=who), CASE) == set()


def test_nobody_acts_on_records_that_do_not_flow_nor_on_a_class_that_is_not_known() -> None:
    found = acts(documents(JOIN), CASE, OWN)
    assert allowed(found, OWN) == allowed(found, "Case/council/roll/OFFICIAL/-/-") == set()
    for part in range(1, 6):
        words = CASE.split("/")
        unknown = "/".join((*words[:part], "?", *words[part + 1 :]))
        assert allowed(acts(documents(JOIN), CASE, unknown), unknown) == set()


def test_to_open_something_is_an_act_upon_what_would_be_ones_own() -> None:
    found = acts(documents(LEAD, flows=FROM_OWN), CASE, OWN)
    assert allowed(found, OWN) == {"open", "close"}
    assert allowed(found, CASE) == set()


def test_by_and_for_narrow_whom_the_flows_reach() -> None:
    by = documents(LEAD | {"by": {"police": ["officer"]}}, JOIN, flows=FROM_OWN)
    assert allowed(acts(by, OWN, who=viewer("police", "officer")), OWN) == {"open", "close", "join"}
    assert allowed(acts(by, OWN, who=viewer("police", "analyst")), OWN) == {"join"}
    school = "Case/larkhall/people/OFFICIAL/-/-"
    typed = documents(LEAD | {"by": {"type": "SCHOOL", "roles": ["dsl"]}}, flows=FROM_OWN)
    assert allowed(acts(typed, school, who=viewer("larkhall")), school) == {"open", "close"}
    assert allowed(acts(typed, OWN), OWN) == set()
    served = documents(LEAD | {"for": ["CRIME_PREVENTION"]}, JOIN)
    assert allowed(acts(served, CASE, who=viewer(purpose=Purpose.ASB_PREVENTION)), CASE) == {"join"}
    assert allowed(acts(served, CASE, who=viewer(purpose=Purpose.CRIME_PREVENTION)), CASE) == {"open", "close", "join"}


@pytest.mark.parametrize(("fact", "may"), [(True, True), (False, False), (None, False)])
def test_a_condition_that_is_not_known_to_hold_permits_nothing(fact: bool | None, may: bool) -> None:  # noqa: FBT001 - columns of the table
    found = acts(documents(JOIN | {"when": {"in_area": True}}, LEAD), CASE)
    assert found.conditions == ("in_area",)
    assert ("join" in allowed(found, CASE, fact)) is may
    assert allowed(found, CASE, fact) >= {"open", "close"}
    assert dict(zip(found.terms, found.sets(found.entry.top("join")), strict=True)) == {
        (): (),
        (("in_area", True),): (CASE,),
    }


def test_conditions_of_acts_are_not_asked_for_where_somebody_only_reads() -> None:
    folder = documents(JOIN | {"when": {"in_area": True}})
    snapshot = Snapshot(compile_engine(folder, CATALOGUE), frozenset({CASE}))
    assert snapshot.view(viewer(), "Case", DAY).conditions == ()


def open_to(folder: Texts, who: ViewerClass) -> dict[str, set[str]]:
    snapshot = Snapshot(compile_engine(folder, CATALOGUE), frozenset())
    return {act: set(owners) for act, owners in snapshot.open_to(who, "Case", DAY).items()}


def test_what_may_be_done_to_anything_is_known_without_any_record() -> None:
    of_the_council = JOIN | {"when": {"owner": "council", "in_area": True}}
    flows = [{"from": ["council", "larkhall"], "to": {"police": ["officer"]}}]
    folder, owners = documents(of_the_council, LEAD, flows=flows, limit=TAKEN), {"council", "larkhall"}
    assert open_to(folder, viewer("police", "officer")) == {"join": {"council"}, "open": owners, "close": owners}
    assert open_to(documents(LEAD, flows=FROM_OWN), viewer("police", "officer")) == {
        "open": {"police"},
        "close": {"police"},
    }
    for nobody in (viewer("police", "visitor"), viewer("police", purpose=None), viewer("nobody", "officer")):
        assert open_to(folder, nobody) == {}


def test_whatever_the_shipped_agreements_let_anybody_do_is_among_it() -> None:
    engine = compile_engine(read_policies(None), catalogue())
    snapshot, count = Snapshot(engine, plain_classes(engine)), 0
    for seat, type_name in product(seats(engine, DAY), engine.catalogue.acts):
        view, most = snapshot.acts(seat.viewer, type_name, DAY), snapshot.open_to(seat.viewer, type_name, DAY)
        for act in view.entry.by_name:
            owners = {str(FactClass.parse(one).owner) for one in set().union(*view.sets(view.entry.top(act)))}
            assert owners <= most.get(act, frozenset()), (seat, type_name, act)
            count += len(owners)
    assert count > 300


TAKEN = {"when": {"protections": "witness"}, "caps": {"Case": "nothing"}}
WITNESS = "Case/council/people/OFFICIAL/-/witness"
MARKED = "Case/council/people/OFFICIAL/witness/witness"


def test_a_limit_that_takes_the_whole_type_takes_the_acts_from_all_whom_it_does_not_spare() -> None:
    assert allowed(acts(documents(JOIN, limit=TAKEN), CASE, WITNESS), CASE) == {"join"}
    assert allowed(acts(documents(JOIN, limit=TAKEN), CASE, WITNESS), WITNESS) == set()
    spared = TAKEN | {"spares": {"police": ["officer"]}}
    assert allowed(acts(documents(JOIN, limit=spared), WITNESS), WITNESS) == {"join"}
    own = documents(LEAD, flows=FROM_OWN, limit=TAKEN)
    assert allowed(acts(own, WITNESS, who=viewer("council")), WITNESS) == set()


def test_such_a_limit_holds_unless_its_condition_is_known_to_be_false() -> None:
    limit = {"when": {"case_member": True}, "caps": {"Case": "nothing"}}
    found = acts(documents(JOIN, limit=limit), CASE)
    assert [allowed(found, CASE, fact) for fact in (True, None, False)] == [set(), set(), {"join"}]


def test_other_caps_do_not_touch_acts() -> None:
    nothing = list(CATALOGUE.types["Case"].by_name)
    limit = {"when": {"protections": "witness"}, "caps": {"Case": {"nothing": nothing}, "Premises": "nothing"}}
    assert allowed(acts(documents(JOIN, limit=limit), WITNESS, MARKED), WITNESS) == {"join"}
    assert allowed(acts(documents(JOIN, limit=limit), WITNESS, MARKED), MARKED) == {"join"}


def test_what_carries_a_protective_marking_is_not_there_for_other_agencies_to_act_on() -> None:
    limit = {"when": {"protections": "witness"}, "caps": {"Premises": "nothing"}, "protective": True}
    assert allowed(acts(documents(JOIN, limit=limit), WITNESS, MARKED), WITNESS) == {"join"}
    assert allowed(acts(documents(JOIN, limit=limit), WITNESS, MARKED), MARKED) == set()
    own = documents(LEAD, flows=FROM_OWN, limit=limit)
    assert allowed(acts(own, MARKED, who=viewer("council")), MARKED) == {"open", "close"}


def test_where_a_limit_hides_a_fact_nobody_finds_it_out_by_acting() -> None:
    correct = {"id": "correct", "act": "correct", "type": "Person", "when": {"in_area": True}}
    hidden = {
        "when": {"protections": "refuge"},
        "caps": {"Person": {"nothing": ["home"]}, "RESIDES_AT": "nothing"},
        "protective": True,
    }
    plain, of_refuge = "Person/council/people/OFFICIAL/-/-", "Person/council/people/OFFICIAL/-/refuge"
    found = acts(documents(correct, limit=hidden), plain, of_refuge)
    assert [allowed(found, plain, fact) for fact in (True, False, None)] == [{"correct"}, set(), set()]
    assert [allowed(found, of_refuge, fact) for fact in (True, False, None)] == [set(), set(), set()]


def test_what_somebody_may_act_on_is_not_shown_to_them_by_it() -> None:
    sensitive = "Case/council/people/OFFICIAL_SENSITIVE/-/-"
    folder = texts(agreement("a", [SHOWN | {"when": {"sensitivity_at_most": "OFFICIAL"}}], may=[JOIN]))
    snapshot = Snapshot(compile_engine(folder, CATALOGUE), frozenset({sensitive}))
    assert snapshot.view(viewer(), "Case", DAY).mask(sensitive, ()) == 0
    assert snapshot.acts(viewer(), "Case", DAY).mask(sensitive, ()) == CATALOGUE.acts["Case"].top("join")


def test_each_agreement_that_permits_an_act_is_named() -> None:
    folder = texts(agreement("shows", [SHOWN]), agreement("leads", [], may=[LEAD]), agreement("joins", [], may=[JOIN]))
    entry = CATALOGUE.acts["Case"]
    assert acts(folder, CASE).shares(CASE, ()) == (
        ("joins", entry.top("join")),
        ("leads", entry.top("open") | entry.top("close")),
    )


def test_whoever_may_only_act_can_state_the_purpose_on_the_days_of_the_agreement() -> None:
    engine = compile_engine(
        texts(agreement("a", [], may=[JOIN | {"for": ["CRIME_PREVENTION"], "by": {"police": ["officer"]}}])), CATALOGUE
    )
    assert engine.purposes("police", {"officer"}, DAY) == (Purpose.CRIME_PREVENTION,)
    assert engine.purposes("police", {"analyst"}, DAY) == ()
    assert engine.purposes("police", {"officer"}, "2029-01-01") == ()


@pytest.mark.parametrize(
    "changes",
    [{"status": "suspended"}, {"valid": {"from": "2024-01-01", "until": "2024-12-31", "review_by": "2024-06-30"}}],
)
def test_an_agreement_that_is_not_in_force_permits_nothing(changes: dict[str, Any]) -> None:
    assert allowed(acts(texts(agreement("a", [SHOWN], may=[JOIN], **changes)), CASE), CASE) == set()


def test_views_of_acts_are_kept_beside_those_of_fields() -> None:
    snapshot = Snapshot(compile_engine(documents(JOIN), CATALOGUE), frozenset({CASE}))
    assert snapshot.acts(viewer(), "Case", DAY) is snapshot.acts(viewer(), "Case", DAY)
    assert snapshot.acts(viewer(), "Case", DAY).entry is CATALOGUE.acts["Case"]
    assert snapshot.view(viewer(), "Case", DAY).entry is CATALOGUE.types["Case"]


def test_the_hash_names_the_acts_too() -> None:
    def named(folder: Texts, catalogue: Catalogue) -> str:
        return compile_engine(folder, catalogue).policy_hash

    fewer = Catalogue.of(CATALOGUE.types.values(), {"Case": ["join"]})
    assert named(documents(JOIN), CATALOGUE) == named(documents(JOIN), acting_catalogue())
    assert len({named(documents(JOIN), CATALOGUE), named(documents(), CATALOGUE), named(documents(JOIN), fewer)}) == 3


CLAUSE = {"id": "m", "act": ["join"], "type": "Case", "when": {"unconditional": True}}
FAULTS = [
    ({"type": "Caes"}, "unknown type to act on `Caes`; did you mean `Case`?"),
    ({"type": "Ward"}, "unknown type to act on `Ward`; known: CONCERNS, Case, Person"),
    ({"act": ["join", "clsoe"]}, "unknown act on a Case `clsoe`; did you mean `close`?"),
    ({"act": []}, "`act` names nothing"),
    ({"id": "shown"}, "2 clauses of `grants` and `may` have the id `shown`"),
    ({"when": {}}, "`when` is empty"),
    ({"when": {"child": True}}, "`child` is not defined for Case"),
    ({"when": {"protections": "witness"}}, "what is given would tell the marking"),
    ({"when": {"any_of": [{"owner": "council"}, {"protections": "witness"}]}}, "would tell the marking"),
    ({"when": {"owner": "counsil"}}, "did you mean `council`?"),
    ({"when": {"consent": True}}, "consent is not stored"),
    ({"by": {"polise": ["officer"]}}, "did you mean `police`?"),
    ({"by": {"police": ["oficer"]}}, "did you mean `officer`?"),
    ({"by": [{"type": "SCHOOL", "roles": ["dls"]}]}, "did you mean `dsl`?"),
    ({"by": {"police": ["analyst"]}}, "no flow reaches those who may act, so nobody may"),
    ({"by": {"police": ["officer", "analyst"]}}, "no flow reaches analyst of police for what this serves"),
    ({"by": {"police": ["officer"], "larkhall": ["dsl"]}}, "no flow reaches dsl of larkhall"),
    ({"by": "everyone"}, "`everyone` cannot act"),
    ({"by": []}, "no flow reaches those who may act"),
    ({"for": ["AUDIT"]}, "`uses` does not name AUDIT"),
    ({"for": []}, "no flow reaches those who may act"),
    ({"verb": "join"}, "unknown key `verb`"),
]


@pytest.mark.parametrize(("changes", "message"), FAULTS)
def test_a_fault_in_a_clause_is_found_where_it_stands(changes: dict[str, object], message: str) -> None:
    folder = documents(CLAUSE | changes)
    found = [one for one in check(folder, CATALOGUE, DAY) if one.severity == "error"]
    assert any(message in one.message for one in found), found
    lines = folder["agreements/a0.yaml"].splitlines()
    begin = next(at for at, line in enumerate(lines, start=1) if '"may"' in line)
    assert all(one.file == "agreements/a0.yaml" and one.line >= begin for one in found)


def test_a_purpose_that_only_other_flows_serve_is_an_error() -> None:
    flows = [
        {"from": ["council"], "to": {"police": ["officer"]}, "for": ["ASB_PREVENTION"]},
        {"from": ["council"], "to": {"larkhall": ["dsl"]}, "for": ["CRIME_PREVENTION"]},
    ]
    clause = CLAUSE | {"by": {"police": ["officer"]}, "for": ["ASB_PREVENTION", "CRIME_PREVENTION"]}
    assert "no flow reaches those who may act for CRIME_PREVENTION" in _messages(documents(clause, flows=flows))


@pytest.mark.parametrize("uses", ["none", "any"])
def test_nobody_acts_without_one_of_the_listed_purposes(uses: str) -> None:
    folder = texts(agreement("a", [SHOWN], may=[CLAUSE], uses=uses, licence="OGL"))
    assert f"nobody may act under `uses: {uses}`; list the uses" in _messages(folder)


def test_an_agreement_gives_something_to_see_or_to_do() -> None:
    assert "`grants` is empty: the agreement gives nothing" in _messages(texts(agreement("a", [])))
    both = texts(agreement("a", [SHOWN]), agreement("b", [], may=[CLAUSE]))
    assert _messages(both) == []


def test_to_act_on_what_one_is_not_shown_is_a_warning() -> None:
    unseen = [f"no grant shows any Case to police, officer, for {purpose}, who may act on it" for purpose in PURPOSES]
    alone = agreement("a", [], may=[CLAUSE])
    assert _messages(texts(alone), "warning") == unseen
    assert _messages(texts(alone, agreement("b", [SHOWN])), "warning") == []
    assert _messages(texts(alone, agreement("b", [SHOWN], status="draft")), "warning") == unseen
    for_asb = [{"from": ["fennel"], "to": {"police": ["officer"]}, "for": ["ASB_PREVENTION"]}]
    assert _messages(texts(alone, agreement("b", [SHOWN], for_asb)), "warning") == unseen[1:]
    draft = agreement("a", [SHOWN], may=[CLAUSE], status="draft")
    assert _messages(texts(draft), "warning") == []


def _messages(folder: Texts, severity: str = "error") -> list[str]:
    return [one.message for one in check(folder, CATALOGUE, DAY) if one.severity == severity]


def _outcome(engine: Engine, folder: Texts, expect: object) -> list[str]:
    record = {"type": "Case", "owner": "council", "dataset": "people", "conditions": {"in_area": True}}
    who = {"agency": "police", "roles": ["officer"], "purpose": "ASB_PREVENTION", "day": DAY}
    scenario = {"name": "s", "who": "v", "record": record, "expect": expect}
    table = text({"viewers": {"v": who}, "scenarios": [scenario]})
    (outcome,) = run_scenarios(engine, folder | {"scenarios/s.yaml": table})
    return list(outcome.differences)


def test_scenarios_say_what_may_and_may_not_be_done() -> None:
    folder = documents(JOIN | {"when": {"in_area": True}})
    engine = compile_engine(folder, CATALOGUE)
    assert _outcome(engine, folder, {"visible": "yes", "may": "join", "may_not": ["open", "close"]}) == []
    assert _outcome(engine, folder, {"may": ["join", "close"], "may_not": "join"}) == [
        "close: expected that they may, but they may not",
        "join: expected that they may not, but they may",
    ]


@pytest.mark.parametrize(
    ("type_name", "expect", "message"),
    [
        ("Case", {"may": ["jion"]}, "unknown act on a Case `jion`; did you mean `join`?"),
        ("Case", {"may_not": "opn"}, "unknown act on a Case `opn`; did you mean `open`?"),
        ("Ward", {"may_not": ["open"]}, "unknown act on a Ward `open`; known: none"),
        ("Case", {"may": ["join"], "may_not": ["join"]}, "`join` is expected both ways"),
    ],
)
def test_a_scenario_about_acts_can_be_wrong(type_name: str, expect: object, message: str) -> None:
    record = {"type": type_name, "owner": "council", "dataset": "people"}
    who = {"agency": "police", "roles": ["officer"], "purpose": "ASB_PREVENTION", "day": DAY}
    scenario = {"name": "s", "who": "v", "record": record, "expect": expect}
    table = json.dumps({"viewers": {"v": who}, "scenarios": [scenario]})
    assert message in _messages(documents(JOIN) | {"scenarios/s.yaml": table})


def test_one_of_several_conditions_is_enough() -> None:
    found = acts(documents(JOIN | {"when": {"any_of": [{"in_area": True}, {"case_member": True}]}}), CASE)
    for in_area, case_member in assignments(2):
        assert ("join" in allowed(found, CASE, in_area, case_member)) is (in_area is True or case_member is True)


def asking(who: ViewerClass) -> Viewer:
    principal = Principal(subject="somebody", agency=who.agency, roles=who.roles)
    return Viewer(principal=principal, purpose=who.purpose, day=DAY)


def test_an_explained_act_names_what_gives_it_what_keeps_it_and_what_would_give_it() -> None:
    secret = "Case/council/people/OFFICIAL_SENSITIVE/-/covert"
    low = {"id": "low", "act": "close", "type": "Case", "when": {"sensitivity_at_most": "OFFICIAL"}}
    member = {"id": "member", "act": "note", "type": "Case", "when": {"case_member": True}}
    hidden = {"when": {"protections": "covert"}, "caps": {"Case": "nothing"}}
    folder = documents(JOIN, low, member, limit=hidden)
    snapshot = Snapshot(compile_engine(folder, CATALOGUE), frozenset({CASE, secret}))

    def told(fact_class: str, *, is_member: bool) -> dict[str, Any]:
        found = explain_acts(snapshot, asking(viewer()), "Case", fact_class, (is_member,))
        assert found.barred == (
            (Barred(agreement="a", grant="low", facts=("sensitivity",)),) if fact_class == secret else ()
        )
        return {one.name: one for one in found.aspects}

    plain, member_of, kept = told(CASE, is_member=False), told(CASE, is_member=True), told(secret, is_member=False)
    gift = Gift(agreement="a", grant="join", rung="may")
    assert (plain["join"].rung, plain["join"].gifts, plain["join"].is_top) == ("may", (gift,), True)
    unmet = Unmet(agreement="a", grant="member", rung="may", conditions=("case_member",))
    assert (plain["note"].rung, plain["note"].unmet) == ("nothing", (unmet,))
    assert (member_of["note"].rung, member_of["note"].unmet) == ("may", ())
    assert (kept["join"].rung, kept["join"].caps) == (
        "nothing",
        (Cap(limit="limit-0", rung="nothing", conditions=()),),
    )
    assert (plain["open"].gifts, plain["open"].unmet) == ((), ())


def test_the_explained_acts_are_those_that_are_let_do() -> None:
    member = {"id": "member", "act": ["note", "close"], "type": "Case", "when": {"case_member": True}}
    folder = documents(JOIN, member)
    snapshot = Snapshot(compile_engine(folder, CATALOGUE), frozenset({CASE}))
    view = snapshot.acts(viewer(), "Case", DAY)
    for facts in assignments(len(view.conditions)):
        said = explain_acts(snapshot, asking(viewer()), "Case", CASE, facts).aspects
        assert {one.name for one in said if one.is_top} == allowed(view, CASE, *facts)
