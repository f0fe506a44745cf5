"""Four people ask the same of the same records: what each is shown, as a table that a person can read."""

from hub.policies import read_policies
from policies.catalogue import POINTER
from policies.engine import compile_engine
from policies.view import Snapshot
from policies.viewer import ViewerClass
from policies.vocabulary import Purpose
from tests.support.catalogue import example_catalogue
from tests.support.policies import DAY

FOUR = (
    ("council", "asb_officer"),
    ("housing", "housing_officer"),
    ("larkhall", "dsl"),
    ("council", "councillor"),
)
FIELDS = ("givenName", "dateOfBirth", "address", "ward", "phone", "warningMarkers")
RECORDS = {
    "council, adult, in the case": ("Person/council/council-asb-people/OFFICIAL/-/-", {"case_member": True}),
    "council, child, not in a case": ("Person/council/council-asb-people/OFFICIAL/-/-", {"child": True}),
    "police, adult, not in a case": ("Person/police/police-nominals/OFFICIAL/-/-", {}),
    "housing, tenant": ("Person/housing/housing-tenancies/OFFICIAL/-/-", {}),
    "larkhall, pupil": ("Person/larkhall/school-roll/OFFICIAL/-/-", {"child": True}),
    "council, woman in a refuge": ("Person/council/council-asb-people/OFFICIAL/-/refuge", {"case_member": True}),
    "victim support, the same woman": (
        "Person/victim_support/victim-support-clients/OFFICIAL_SENSITIVE/refuge/refuge",
        {"case_member": True},
    ),
}
ANSWERS = """
council, adult, in the case
  asb_officer      full     full     full     full     full     full
  housing_officer  full     year     full     full     -        present
  dsl              initials decade   -        -        -        -
  councillor       initials decade   ward     -        -        -
council, child, not in a case
  asb_officer      full     full     full     full     full     full
  housing_officer  full     decade   postcode_district -        -        -
  dsl              full     full     postcode_district -        -        -
  councillor       initials decade   ward     -        -        -
police, adult, not in a case
  asb_officer      full     year     postcode_district -        -        present
  housing_officer  full     decade   postcode_district -        -        -
  dsl              pointer
  councillor       nothing
housing, tenant
  asb_officer      full     year     postcode_district -        -        present
  housing_officer  full     full     full     full     full     full
  dsl              nothing
  councillor       nothing
larkhall, pupil
  asb_officer      nothing
  housing_officer  nothing
  dsl              full     full     full     full     full     full
  councillor       nothing
council, woman in a refuge
  asb_officer      full     full     -        -        -        full
  housing_officer  full     year     -        -        -        present
  dsl              initials decade   -        -        -        -
  councillor       nothing
victim support, the same woman
  asb_officer      nothing
  housing_officer  nothing
  dsl              nothing
  councillor       nothing
"""


def test_four_people_get_four_different_answers() -> None:
    engine = compile_engine(read_policies(None), example_catalogue())
    snapshot = Snapshot(engine, frozenset(fact_class for fact_class, _ in RECORDS.values()))
    lines = [""]
    for name, (fact_class, conditions) in RECORDS.items():
        lines.append(name)
        for agency, role in FOUR:
            who = ViewerClass(agency=agency, roles=frozenset({role}), purpose=Purpose.ASB_PREVENTION)
            view = snapshot.view(who, "Person", DAY)
            known = {"in_area": True, "case_member": False, "child": False, **conditions}
            mask = view.mask(fact_class, [known[condition] for condition in view.conditions])
            rungs = {field: view.entry.rung(mask, field) for field in FIELDS}
            words = [view.entry.by_name[field].ladder[rung - 1] if rung else "-" for field, rung in rungs.items()]
            whole = "nothing" if not mask else "pointer" if mask == POINTER else ""
            lines.append(f"  {role:<16} {whole or ' '.join(f'{word:<8}' for word in words)}".rstrip())
    assert "\n".join(lines) + "\n" == ANSWERS
