"""The check: every fault gets its file, its line, and the word that was probably meant."""

from functools import cache

import pytest

from hub.policies import read_policies
from policies import corpus
from policies.check import check
from policies.engine import compile_engine
from policies.errors import PolicyError
from policies.findings import Finding
from policies.scenarios import run_scenarios
from policies.texts import read
from tests.support.catalogue import example_catalogue

CATALOGUE = example_catalogue()
DAY = "2026-11-24"

PANEL = "agreements/asb-panel.yaml"
LIMITS = "limits.yaml"
AGENCIES = "agencies.yaml"
CARE = "agreements/victim-care.yaml"
REGISTER = "agreements/public-register.yaml"
OPEN = "agreements/open-data.yaml"
SCENARIOS = "scenarios/asb-panel.yaml"
SERVICES = "agreements/referral-services.yaml"
TRIAGE = "criteria/asb-triage.yaml"
RISK = "risk/asb-victim.yaml"
CALENDAR = "calendar.yaml"
RULE = "alerts/child-near-concern.yaml"

FAULTS = [
    # the text of a document
    (PANEL, "title: Anti-social", "id: twice\ntitle: Anti-social", "id: twice", "duplicate key `id`"),
    (PANEL, "tier: ISP", "tier: &tier ISP", "&tier", "anchors are refused"),
    (PANEL, "tier: ISP", "tier: *tier", "*tier", "aliases are refused"),
    (PANEL, "tier: ISP", "tier: !!str ISP", "!!str", "tags are refused"),
    (PANEL, "grants:", "grants: [", None, "not YAML"),
    (PANEL, "tier: ISP", "tier: ISP\n? [a, b]\n: c", "? [a", "a key must be one word"),
    # keys and closed words
    (PANEL, "tier: ISP", "tear: ISP", "tear", "unknown key `tear`; did you mean `tier`?"),
    (PANEL, "tier: ISP", "tier: ISB", "ISB", "unknown word `ISB`; did you mean `ISP`?"),
    (PANEL, "status: in_force", "status: inforce", "inforce", "did you mean `in_force`?"),
    (PANEL, "ASB_PREVENTION", "ABS_PREVENTION", "ABS_", "did you mean `ASB_PREVENTION`?"),
    (PANEL, "CDA1998_S115", "CDA1998_S15", "CDA1998_S15", "did you mean `CDA1998_S115`?"),
    (PANEL, "version: 8", "version: seven", "seven", "`version`: write a whole number"),
    (PANEL, "signed_by: [council, police, housing]", "signed_by: {a: 1}", "signed_by", "write a word"),
    (PANEL, "valid: {from", "valid: []\nx: {from", "valid: []", "`valid`: write names with values"),
    (LIMITS, "protective: true", "protective: maybe", "maybe", "write `true` or `false`"),
    (PANEL, "from: 2025-01-01", "from: 01/01/2025", "01/01/2025", "`from`"),
    (PANEL, "sensitivity_at_most: OFFICIAL}", "sensitivity_at_most: OFICIAL}", "OFICIAL", "did you mean `OFFICIAL`?"),
    (PANEL, "case_member: true", "case_memeber: true", "case_memeber", "did you mean `case_member`?"),
    (PANEL, "case_member: true", "case_member: false", "case_member: false", "can only be `true`"),
    # agencies, roles, datasets
    (PANEL, "from: [police, housing]", "from: [polise, housing]", "polise", "did you mean `police`?"),
    (PANEL, "{council: [asb_officer]}", "{council: [asb_oficer]}", "asb_oficer", "did you mean `asb_officer`?"),
    (PANEL, "{council: [asb_officer]}", "{concil: [asb_officer]}", "concil", "did you mean `council`?"),
    (PANEL, "{council: [asb_officer]}", "[{type: SCHOOL, roles: [dls]}]", "dls", "did you mean `dsl`?"),
    (PANEL, "{council: [asb_officer]}", "[{type: PROBATION, roles: [x]}]", "PROBATION", "unknown role of a PROBATION"),
    (PANEL, "{council: [asb_officer]}", "everyone", "everyone", "`everyone` can only be told what is public"),
    (PANEL, "signed_by: [council, ", "signed_by: [counsil, ", "counsil", "did you mean `council`?"),
    (PANEL, "signed_by: [council, police, housing]", "signed_by: [council, police]", "signed_by", "housing is a party"),
    (OPEN, "dataset: food-hygiene", "dataset: food-hygene", "food-hygene", "did you mean `food-hygiene`?"),
    # an agreement as a whole
    (PANEL, "id: asb-panel", "id: victim-care", None, "the id `victim-care` is taken"),
    (PANEL, "until: 2028-12-31", "until: 2024-12-31", "until", "it ends before it begins"),
    (PANEL, "flows:", "flow:", "flow:", "did you mean `flows`?"),
    (REGISTER, "uses: none", "uses: []", "uses: []", "`uses` is empty"),
    (REGISTER, "uses: none", "uses: any", "uses: any", "name its `licence`"),
    (REGISTER, "to: everyone", "to: everyone, for: [AUDIT]", "AUDIT", "`for` narrows a list of uses"),
    (CARE, "caseworker]}}", "caseworker]}, for: [AUDIT]}", "AUDIT", "`uses` does not name AUDIT"),
    (CARE, "  - {from: [council, police], to: {victim_support: [caseworker]}}", "  []", "flows", "`flows` is empty"),
    (OPEN, "{dataset: food-hygiene}\n    show: {full", "{owner: council}\n    show: {full", "owner", "its `dataset`"),
    # grants
    (PANEL, "type: ASSOCIATES_WITH", "type: ASOCIATES_WITH", "ASOCIATES", "did you mean `ASSOCIATES_WITH`?"),
    (PANEL, "dateOfBirth: year", "dateofBirth: year", "dateofBirth", "did you mean `dateOfBirth`?"),
    (PANEL, "dateOfBirth: year", "dateOfBirth: years", "years", "did you mean `year`?"),
    (PANEL, "[name, gender]", "[names, gender]", "names", "did you mean `name`?"),
    (PANEL, "gender, home, phone", "gender, home, ward, phone", "ward, phone", "`ward` is given twice"),
    (
        PANEL,
        "gender, home, phone",
        "gender, address, phone",
        "address, phone",
        "tells the same fact, is not; write `home`",
    ),
    (PANEL, "show: pointer", "show: pointers", "pointers", "write fields and how far they are shown"),
    (PANEL, "    when: {sensitivity_at_most: OFFICIAL_SENSITIVE}\n", "", "person-pointer", "`when` is missing"),
    (PANEL, "{sensitivity_at_most: OFFICIAL_SENSITIVE}", "{}", "when: {}", "`when` is empty"),
    (PANEL, "OFFICIAL_SENSITIVE}", "OFFICIAL, unconditional: true}", "unconditional", "`unconditional` stands alone"),
    (PANEL, "OFFICIAL_SENSITIVE}", "OFFICIAL, consent: true}", "consent", "consent is not stored"),
    (PANEL, "OFFICIAL_SENSITIVE}", "OFFICIAL, protections: refuge}", "refuge", "what is given would tell the marking"),
    (PANEL, "OFFICIAL_SENSITIVE}", "OFFICIAL, any_of: [{owner: polise}]}", "polise", "did you mean `police`?"),
    (PANEL, "OFFICIAL_SENSITIVE}", "OFFICIAL, any_of: [{protections: refuge}]}", "refuge", "write a limit"),
    (PANEL, "id: person-pointer", "id: person", "id: person", "2 clauses of `grants` and `may` have the id `person`"),
    (PANEL, "type: Case\n    when: {case_member", "type: Case\n    when: {child", "child", "not defined for Case"),
    (PANEL, "phone, email, warning", "phone, nhsNumber, warning", "nhsNumber", "must name its `article9`"),
    (CARE, "WITNESS", "WITNES", "WITNES,", "did you mean `WITNESS`?"),
    (CARE, "type: CONCERNS", "type: Case", "role: [", "`role` is not defined for Case"),
    (REGISTER, "type: Ward", "type: Premises", "type: Premises", "cannot be shown without a purpose"),
    # limits
    (LIMITS, "nothing: [home, phone]", "nothing: [homes, phone]", "homes", "did you mean `home`?"),
    (LIMITS, "nothing: [home, phone]", "nothing: [phone]", "RESIDES_AT", "is hidden but `Person.address`"),
    (LIMITS, "nothing: [home, phone]", "nothing: [address, phone]", "Person", "hide all of `home`"),
    (LIMITS, "      RESIDES_AT: nothing\n      OCCUPIES", "      OCCUPIES", "Person", "but `RESIDES_AT`"),
    (LIMITS, "      Case: nothing", "      Cases: nothing", "Cases", "did you mean `Case`?"),
    (LIMITS, "when: {protections: covert}", "when: {protections: overt}", "overt", "did you mean `covert`?"),
    (
        LIMITS,
        "when: {protections: covert}",
        "when: {owner: police}",
        "owner",
        "a protective limit hangs on `protections`",
    ),
    (LIMITS, "{police: [officer]}", "{police: [oficer]}", "oficer", "did you mean `officer`?"),
    (LIMITS, "{police: [officer]}", "{polise: [officer]}", "polise", "did you mean `police`?"),
    (LIMITS, "id: witness", "id: adoption", "id: adoption", "2 limits have the id `adoption`"),
    (LIMITS, "protective: true", "protectiv: true", "protectiv:", "did you mean `protective`?"),
    (LIMITS, "role: PROFESSIONAL}", "child: true}", "child", "`child` is not defined for CONCERNS"),
    # agencies and scenarios
    (AGENCIES, "type: POLICE", "type: POLIC", "POLIC", "did you mean `POLICE`?"),
    (AGENCIES, "  fennel:", "  Fennel Street:", "Fennel Street:", "write a code in small letters"),
    (AGENCIES, "  fennel:", "  hub:", "hub:", "has a meaning of its own"),
    (AGENCIES, "roles: [officer]", "roles: [officer, public]", "[officer, public]", "council has the role `public`"),
    (AGENCIES, "code: food,", "code: asb,", "code: asb", "two teams of council have the code `asb`"),
    (SCENARIOS, "who: police_officer", "who: polise_officer", "polise_officer", "did you mean `police_officer`?"),
    (SCENARIOS, "type: Case", "type: Csae", "Csae", "did you mean `Case`?"),
    (SCENARIOS, "phone: full", "phon: full", "phon", "did you mean `phone`?"),
    (SCENARIOS, "dateOfBirth: year", "dateOfBirth: yeer", "yeer", "did you mean `year`?"),
    (SCENARIOS, "roles: [officer]", "roles: [oficer]", "oficer", "did you mean `officer`?"),
    # criteria, and the calendar of their clocks
    (
        TRIAGE,
        "    from: 6\n",
        "    from: 8\n",
        "band: PERSISTENT",
        "a gap: no band holds 6 to 7 points, between `NUISANCE`",
    ),
    (
        TRIAGE,
        "    from: 6\n",
        "    from: 5\n",
        "band: PERSISTENT",
        "an overlap: `NUISANCE` and `PERSISTENT` both hold 5",
    ),
    (TRIAGE, "    to: 5\n", "    to: 1\n", "band: NUISANCE", "`NUISANCE` ends before it begins"),
    (TRIAGE, "    to: 45\n", "    to: 44\n", "band: INTELLIGENCE", "bands end with 44 points, but answers come to 45"),
    (TRIAGE, "    from: 0\n", "    from: 1\n", "band: NO_HARM", "bands begin with 1 points, but answers come to 0"),
    (TRIAGE, "band: HARM", "band: NUISANCE", None, "2 bands have the name `NUISANCE`"),
    (TRIAGE, "route: POLICE", "route: POLISE", "POLISE", "unknown word `POLISE`; did you mean `POLICE`?"),
    (TRIAGE, "key: harm", "key: targeted", "key: targeted", "2 questions have the key `targeted`"),
    (TRIAGE, "key: distress", "key: fear", "key: fear", "2 answers have the key `fear`"),
    (TRIAGE, "points: 9}", "points: many}", "points: many", "`points`: write a whole number"),
    (TRIAGE, "frequency: once", "frequency: ones", "ones", "unknown answer `ones`; did you mean `once`?"),
    (TRIAGE, "{harm: injury", "{hurt: injury", "hurt", "unknown question `hurt`"),
    (TRIAGE, "{harm: injury, ", "{", "answers: {f", "`harm` is not answered"),
    (
        TRIAGE,
        "    band: HARM\n    route",
        "    band: HARMS\n    route",
        "HARMS",
        "unknown band `HARMS`; did you mean `HARM`?",
    ),
    (
        TRIAGE,
        "    band: HARM\n    route",
        "    band: NO_HARM\n    route",
        "- band: HARM",
        "no scenario comes to the band",
    ),
    (TRIAGE, "  POLICE: [police]", "  POLISE: [police]", "POLISE", "unknown word `POLISE`; did you mean `POLICE`?"),
    (TRIAGE, "  POLICE: [police]\n", "", "routes:", "`routes` does not say whom POLICE reaches"),
    (TRIAGE, "  POLICE: [police]", "  POLICE: [polise]", "[polise]", "unknown agency `polise`; did you mean `police`?"),
    (TRIAGE, "  POLICE: [police]", "  POLICE: []", "POLICE:", "POLICE reaches nobody: the referral would be lost"),
    (TRIAGE, "SERVICE: named", "SERVICE: nobody", "OTHER_SERVICE", "OTHER_SERVICE reaches nobody: the referral would"),
    (TRIAGE, "SERVICE: named", "SERVICE: namd", "OTHER_SERVICE", "unknown word `namd`; did you mean `named`?"),
    (TRIAGE, "ONLY: nobody", "ONLY: [police]", "INTELLIGENCE_ONLY", "INTELLIGENCE_ONLY is sent to nobody"),
    (
        SERVICES,
        "type: Referral\n    when: {dataset: referrals,",
        "type: Referral\n    when: {dataset: tasks,",
        None,
        "no agreement in force shows victim_support a referral of others",
    ),
    (TRIAGE, "target_hours: 24", "target_hours: 0", "target_hours", "a referral cannot be triaged in no time"),
    (TRIAGE, "until: 2028-12-20", "until: 2029-01-31", "until", "calendar.yaml ends on 2028-12-31"),
    (TRIAGE, "from: 2025-01-01", "from: 2023-01-01", "from", "calendar.yaml begins on 2024-01-01"),
    (TRIAGE, "until: 2028-12-20", "until: 2024-12-20", "until", "it ends before it begins"),
    (CALENDAR, "day: 2028-12-26", "day: 2029-01-01", "2029-01-01", "outside of what the calendar covers"),
    (CALENDAR, "day: 2028-12-26", "day: 2028-12-25", None, "2028-12-25 is named twice"),
    (CALENDAR, "[MON, TUE", "[MUN, TUE", "MUN", "did you mean `SUN`?"),
    (CALENDAR, 'until: "17:00"', 'until: "08:00"', "08:00", "the working day ends before it begins"),
    (CALENDAR, 'until: "17:00"', 'until: "5 pm"', "5 pm", "`until`"),
    # rules for alerts: trigger, pattern, recipients, payload, scenarios
    (RULE, "by: [mutation, import", "by: [mutations, import", "mutations", "did you mean `mutation`?"),
    (RULE, "by: [mutation, import, judgement]", "by: []", "by: []", "`by` names nothing: no change would wake it"),
    (RULE, "SAME_HOUSEHOLD, ASSOCIATES_WITH]\n  case", "SAME_HOUSEHOLD]\n  case", "ASSOCIATES", "so it wakes in vain"),
    (RULE, "[PERPETRATOR, ALLEGED", "[PERPETRATORS, ALLEGED", "PERPETRATORS", "did you mean `PERPETRATOR`?"),
    (RULE, "  case_status: OPEN\n", "  case_status: []\n", "case_status", "it would never be raised"),
    (RULE, "{agency: youth_offending}", "{agency: youth}", "youth", "unknown agency `youth`"),
    (RULE, "{agency: youth_offending}", "{unless_related: true}", "unless_related", "or `lead_of: case`"),
    (RULE, "tells_of: [child, of_concern, case]", "tells_of: []", "tells_of", "nobody would know whom it is about"),
    (RULE, "alerted: fennel", "alerted: fenel", "fenel", "did you mean `fennel`?"),
    (RULE, "{by: judgement, person: true}", "{by: judgement}", "judgement}", "say how it changed and what"),
    (RULE, "alerted: nobody", "alerted: larkhall", "scenarios", "no scenario says when nobody is"),
    # templates for risk
    (RISK, "MEDIUM, from: 7", "MEDIUM, from: 8", "band: MEDIUM", "a gap: no band holds 7 to 7 points"),
    (RISK, "{band: HIGH, from: 13", "{band: GRAVE, from: 13", "band: GRAVE", "unknown word `GRAVE`"),
    (
        RISK,
        "{band: MEDIUM, from: 7",
        "{band: HIGH, from: 7",
        "bands",
        "`bands` are STANDARD, MEDIUM, HIGH, in this order",
    ),
    (SCENARIOS, "dataset: police-nominals", "dataset: police-nominal", "nominal,", "did you mean `police-nominals`?"),
]


read_once = cache(read)


@pytest.fixture(autouse=True)
def _what_is_changed_is_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault stands in one document; the fifty others are read once for all faults."""
    monkeypatch.setattr(corpus, "read", read_once)


def findings(file: str, old: str, new: str) -> tuple[list[Finding], str]:
    texts = read_policies(None)
    assert old in texts[file]
    changed = texts[file].replace(old, new)
    return check(texts | {file: changed}, CATALOGUE, DAY), changed


@pytest.mark.parametrize(("file", "old", "new", "where", "message"), FAULTS)
def test_a_fault_is_found_with_its_file_and_line(
    file: str, old: str, new: str, where: str | None, message: str
) -> None:
    found, changed = findings(file, old, new)
    lines = changed.splitlines()
    hits = [one for one in found if message in one.message and one.severity == "error"]
    assert hits, [str(one) for one in found]
    if where is not None:
        assert any(one.file == file and where in lines[one.line - 1] for one in hits), [str(one) for one in hits]


@pytest.mark.parametrize(
    ("file", "old", "new", "day", "message"),
    [
        (PANEL, "", "", "2027-07-01", "its review was due by 2027-06-30"),
        (PANEL, "", "", "2029-01-01", "it ended on 2028-12-31 and gives nothing any more"),
        (TRIAGE, "", "", "2027-07-01", "its review was due by 2027-06-30"),
        (TRIAGE, "", "", "2028-12-21", "it ended on 2028-12-20 and gives nothing any more"),
        (RULE, "", "", "2028-09-01", "it ended on 2028-08-31 and gives nothing any more"),
        (RULE, ", ASSOCIATES_WITH]\n  inv", "]\n  inv", DAY, "ASSOCIATES_WITH that comes later wakes nothing"),
        (LIMITS, "refuge, owner: fennel", "refuge, owner: larkhall", DAY, "no limit hides that the school `fennel`"),
        (PANEL, "police, housing], to: {c", "police, {type: FIRE}], to: {c", DAY, "no agency is of the type"),
    ],
)
def test_what_will_soon_matter_is_a_warning(file: str, old: str, new: str, day: str, message: str) -> None:
    texts = read_policies(None)
    texts[file] = texts[file].replace(old, new) if old else texts[file]
    hits = [one for one in check(texts, CATALOGUE, day) if one.file == file and message in one.message]
    assert [one.severity for one in hits] == ["warning"]


@pytest.mark.parametrize("file", [AGENCIES, LIMITS])
def test_a_document_without_which_nothing_can_be_decided_must_be_there(file: str) -> None:
    texts = read_policies(None)
    del texts[file]
    with pytest.raises(PolicyError, match=f"{file}:1: error: the document is missing"):
        compile_engine(texts, CATALOGUE)


def test_versions_of_criteria_hold_one_after_another() -> None:
    texts = read_policies(None)
    earlier = texts[TRIAGE].replace("from: 2025-01-01, until: 2028-12-20", "from: 2024-06-01, until: 2024-12-31")
    later = texts[TRIAGE].replace("version: 2", "version: 3")
    assert check(texts | {"criteria/a.yaml": earlier, TRIAGE: later}, CATALOGUE, DAY) == []
    same = [one.message for one in check(texts | {"criteria/a.yaml": earlier}, CATALOGUE, DAY)]
    assert same == ["version 2 of `asb-triage` is criteria/a.yaml"]
    draft = later.replace("status: in_force", "status: draft")
    assert check(texts | {"criteria/later.yaml": draft}, CATALOGUE, DAY) == []
    later_on = check(texts | {"criteria/later.yaml": draft}, CATALOGUE, "2028-12-25")
    ended = [(one.file, one.message) for one in later_on if one.file.startswith("criteria/")]
    assert ended == [(TRIAGE, "it ended on 2028-12-20 and gives nothing any more")]
    both = [one.message for one in check(texts | {"criteria/later.yaml": later}, CATALOGUE, DAY)]
    assert both == ["version 2 in criteria/asb-triage.yaml holds on some of the same days"]


def test_criteria_have_no_clock_without_a_calendar() -> None:
    texts = read_policies(None)
    del texts[CALENDAR]
    found = [(one.file, one.message) for one in check(texts, CATALOGUE, DAY)]
    assert found == [(TRIAGE, "no calendar.yaml says which hours are worked")]


def test_a_stray_file_is_not_passed_over() -> None:
    texts = read_policies(None) | {"agreements/new.yml": "id: x", "limit.yaml": "limits: []"}
    found = {one.file for one in check(texts, CATALOGUE, DAY) if "not a policy document" in one.message}
    assert found == {"agreements/new.yml", "limit.yaml"}


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "- a\n- b\n", "just a word", "[" * 5000, "a: \x01", "a: 1\n---\nb: 2"]
)
def test_a_document_that_is_none_is_an_error_and_not_an_accident(text: str) -> None:
    texts = read_policies(None) | {PANEL: text}
    assert any(one.file == PANEL and one.severity == "error" for one in check(texts, CATALOGUE, DAY))


def test_the_shipped_documents_have_no_findings() -> None:
    assert check(read_policies(None), CATALOGUE, DAY) == []


def test_the_shipped_scenarios_hold_and_speak_of_every_agreement_and_limit() -> None:
    texts = read_policies(None)
    outcomes = run_scenarios(compile_engine(texts, CATALOGUE), texts)
    assert [(one.file, one.line, one.name, one.differences) for one in outcomes if not one.passed] == []
    names = {name.removeprefix("agreements/") for name in texts if name.startswith("agreements/")}
    assert {one.file.removeprefix("scenarios/") for one in outcomes} == names | {
        *("limits.yaml", TRIAGE, RULE, RISK, "risk/asb-perpetrator.yaml")
    }


def test_a_scenario_of_criteria_that_does_not_hold_says_what_came_instead() -> None:
    texts = read_policies(None)
    texts[TRIAGE] = texts[TRIAGE].replace("text: They are afraid, points: 4", "text: They are afraid, points: 1")
    (failed,) = [one for one in run_scenarios(compile_engine(texts, CATALOGUE), texts) if not one.passed]
    assert (failed.file, failed.name) == (TRIAGE, "a neighbour who is afraid at night, again")
    assert failed.differences == ("points: expected 10, is 7",)


@pytest.mark.parametrize(
    ("old", "new", "differences"),
    [
        ("{school_of: child, unless_related: true}", "{lead_of: case}", "alerted: expected larkhall, is police"),
        ("  involvement: true\n  person", "  person", "alerted: expected larkhall, is nobody"),
        ("by: [mutation, import", "by: [import", "alerted: expected larkhall, is nobody"),
        ("types: [GANG, ", "types: [", "alerted: expected larkhall, is nobody"),
        ("status: in_force", "status: draft", None),
    ],
)
def test_a_rule_is_rehearsed_with_its_own_scenarios_also_before_it_is_in_force(
    old: str, new: str, differences: str | None
) -> None:
    shipped = read_policies(None)
    assert old in shipped[RULE]
    texts = {file: shipped[file] for file in (AGENCIES, LIMITS, "agreements/own-records.yaml")}
    texts[RULE] = shipped[RULE].replace(old, new)
    outcomes = {one.name: one.differences for one in run_scenarios(compile_engine(texts, CATALOGUE), texts)}
    found = outcomes["the brother of a pupil comes into a gang case"]
    assert found == (() if differences is None else (differences,))
