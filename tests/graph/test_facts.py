"""What follows from what is stated."""

import pytest

from graph.facts import CaseAround, Claim, LinkAround, PersonAround, PersonFacts, RecordOf, adult_on, effective
from graph.memberships import sought, told


@pytest.mark.parametrize(
    ("births", "adult"),
    [
        (["2010-02-03"], "2028-02-03"),
        (["2010-02-03", None], "2028-02-03"),
        (["2010-02-03", "2010-02-03"], "2028-02-03"),
        (["2008-02-29"], "2026-03-01"),
        ([], None),
        ([None], None),
        (["2010-02-03", "2010-02-04"], None),
        (["2010-02-03", "2010"], None),
        (["2010-02"], None),
        (["2010"], None),
        (["2010-02-31"], None),
    ],
)
def test_a_person_is_adult_from_a_day_only_where_all_full_birth_dates_agree(
    births: list[str | None], adult: str | None
) -> None:
    assert adult_on(births) == adult


def claim(type_: str, *marked: str) -> Claim:
    return Claim(type=type_, owner="council", dataset="asb", sensitivity="OFFICIAL", marked=marked)


def test_the_class_of_a_record_tells_its_own_marking_and_what_protects_its_person() -> None:
    assert claim("Person").under(()) == "Person/council/asb/OFFICIAL/-/-"
    assert claim("Person").under(["refuge"]) == "Person/council/asb/OFFICIAL/-/refuge"
    assert claim("Person", "silent").under(["refuge"]) == "Person/council/asb/OFFICIAL/silent/refuge+silent"


def test_a_link_is_protected_like_everybody_at_its_ends() -> None:
    ends = (("refuge",), (), ("covert",))
    link = LinkAround(id="l", anchor="a", stored_as="CONCERNED", claim=claim("CONCERNS"), facts="", ends=ends)
    assert link.expected == "CONCERNS/council/asb/OFFICIAL/-/covert+refuge"


def test_a_person_has_what_its_records_its_homes_and_its_open_cases_give() -> None:
    record = RecordOf(id="r", claim=claim("Person", "witness"), facts="", members=None, born="2010-02-03")
    person = PersonAround(
        id="p",
        stored=PersonFacts(protections=(), case_agencies=(), adult_on=None),
        records=(record,),
        homes=(("refuge",), ()),
        cases=(("police", "council"), ("council",)),
    )
    assert person.expected == PersonFacts(
        protections=("refuge", "witness"), case_agencies=("council", "police"), adult_on="2028-02-03"
    )


def test_the_agencies_of_cases_are_one_text_in_which_only_whole_codes_are_found() -> None:
    codes = ["fire", "adults", "council_tax", "council_tax"]
    assert told(codes) == ",adults,council_tax,fire,"
    asked = ("adults", "council", "council_tax", "fire", "ire", "tax")
    assert [code for code in asked if sought(code) in told(codes)] == ["adults", "council_tax", "fire"]
    assert told([]) == ""
    assert told(["council, police", "fire,", "housing"]) == ",housing,"


def test_a_case_lies_in_the_wards_of_its_unprotected_places() -> None:
    plain, protected = (claim("CONCERNS").under(under) for under in ((), ("refuge",)))
    case = CaseAround(
        id="c", stored=(), places=(("E2", plain), ("E1", plain), ("E2", plain), ("E3", protected), (None, plain))
    )
    assert case.expected == ("E1", "E2")


def test_what_people_raise_and_lift_stands_beside_what_the_dataset_states() -> None:
    assert effective(["refuge", "silent"], ["witness"], ["refuge"]) == ("silent", "witness")
    assert effective(["refuge"], ["refuge"], []) == ("refuge",)
    assert effective([], [], ["refuge"]) == ()
