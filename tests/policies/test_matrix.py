"""The matrix says what the decision does, of every record that is not protected, and names the limits of the others."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.policies import read_policies
from policies.aspects import Aspect, acts, aspects
from policies.classes import FactClass
from policies.conditions import ROLE
from policies.corpus import corpus
from policies.documents import Expectation, RecordFacts, Scenarios, Who
from policies.engine import compile_engine
from policies.matrix import Line, Matrix, Seat, plain_classes, seats
from policies.shows import levels
from policies.view import Snapshot, View
from policies.vocabulary import Purpose, Sensitivity
from tests.support.catalogue import acting_catalogue, example_catalogue
from tests.support.policies import (
    ACTS,
    DAY,
    OWNERS,
    PURPOSES,
    ROLES,
    TYPES,
    Texts,
    agreement,
    assignments,
    fact_classes,
    limits,
    policies,
    texts,
)

CATALOGUE = acting_catalogue()
laws = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
CASES = st.sampled_from(TYPES).flatmap(
    lambda name: st.tuples(
        st.just(name), policies(name, acts=ACTS), st.lists(fact_classes(name), min_size=3, max_size=6, unique=True)
    )
)
SEATS = st.sampled_from([(agency, role) for agency in OWNERS for role in ROLES[agency]]).flatmap(
    lambda who: st.builds(Seat, agency=st.just(who[0]), role=st.just(who[1]), purpose=st.sampled_from(PURPOSES))
)
POLICE = Seat(agency="police", role="officer", purpose=Purpose.ASB_PREVENTION)
NAMES = {"id": "names", "type": "Person", "when": {"sensitivity_at_most": "OFFICIAL"}, "show": {"full": ["phone"]}}
BIRTH = {"id": "birth", "type": "Person", "when": {"unconditional": True}, "show": {"dateOfBirth": "year"}}
AREA = {"id": "area", "type": "Person", "when": {"in_area": True}, "show": {"full": ["dateOfBirth"]}}


def told(snapshot: Snapshot, seat: Seat, name: str) -> Iterator[tuple[View, Aspect, tuple[bool | None, ...]]]:
    """Everything that the matrix speaks of, the fields of a type and its acts, with whatever may be known."""
    shown = snapshot.view(seat.viewer, name, DAY)
    for aspect, facts in product(aspects(shown.entry), assignments(len(shown.conditions))):
        yield shown, aspect, facts
    if name in ACTS:
        permitted = snapshot.acts(seat.viewer, name, DAY)
        for aspect, facts in product(acts(permitted.entry), assignments(len(permitted.conditions))):
            yield permitted, aspect, facts


def plain(one: str) -> str:
    """The class without what protects it."""
    return "/".join((*one.split("/")[:4], "-", "-"))


def holding(lines: Sequence[Line], aspect: Aspect, one: str, known: Mapping[str, bool | None]) -> Iterator[Line]:
    """The lines that speak of a record of the class under these conditions."""
    record = FactClass.parse(one)
    for line in lines:
        of_record = (
            line.field == aspect.name
            and line.owner == record.owner
            and (not line.datasets or record.dataset in line.datasets)
            and (not line.sensitivities or record.sensitivity in line.sensitivities)
        )
        if of_record and all(known[condition] is wanted for condition, wanted in line.term):
            yield line


def furthest(lines: Sequence[Line], aspect: Aspect) -> int:
    return max((aspect.ladder.index(line.rung) + 1 for line in lines), default=0)


@laws
@given(CASES, SEATS)
def test_the_matrix_says_what_the_mask_shows_and_permits_of_unprotected_records(
    case: tuple[str, Texts, list[str]], seat: Seat
) -> None:
    name, documents, drawn = case
    classes = frozenset(map(plain, drawn))
    engine = compile_engine(documents, CATALOGUE)
    lines = list(Matrix(engine, DAY, classes).lines(seat, [name]))
    for (view, aspect, facts), one in product(told(Snapshot(engine, classes), seat, name), sorted(classes)):
        known = dict(zip(view.conditions, facts, strict=True))
        shown, said = aspect.rung(view.mask(one, facts)), list(holding(lines, aspect, one, known))
        assert furthest(said, aspect) == shown, (aspect.name, one, known)
        for line in said:
            bit = aspect.bit(aspect.ladder.index(line.rung) + 1)
            assert {agreement for agreement, mask in view.shares(one, view.assignment(line.term)) if mask & bit} == set(
                line.agreements
            )


@laws
@given(CASES, SEATS)
def test_what_is_shown_less_of_a_protected_record_is_so_by_a_limit_that_the_matrix_names(
    case: tuple[str, Texts, list[str]], seat: Seat
) -> None:
    name, documents, drawn = case
    engine = compile_engine(documents, CATALOGUE)
    lines = list(Matrix(engine, DAY, frozenset(map(plain, drawn))).lines(seat, [name]))
    about = [one for one in drawn if not FactClass.parse(one).marked]
    for (view, aspect, facts), one in product(told(Snapshot(engine, frozenset(about)), seat, name), about):
        known = dict(zip(view.conditions, facts, strict=True))
        shown, said = aspect.rung(view.mask(one, facts)), list(holding(lines, aspect, one, known))
        assert shown <= furthest(said, aspect)
        for line in said:
            assert line.limits or shown >= furthest([line], aspect), (aspect.name, one, known, line)


def test_the_matrix_agrees_with_every_shipped_scenario_about_a_record_that_is_not_protected() -> None:
    documents = read_policies(None)
    catalogue = example_catalogue()
    engine, count = compile_engine(documents, catalogue), 0
    tables = [source.model for source in corpus(documents).scenarios]
    days = {who.day for table in tables for who in table.viewers.values()}
    matrices = {day: Matrix(engine, day, plain_classes(engine)) for day in days}
    for who, record, expected in _scenarios(tables):
        (role,) = who.roles or ("",)
        seat = Seat(agency=who.agency, role=role, purpose=who.purpose)
        lines = list(matrices[who.day].lines(seat, [record.type]))
        entry = catalogue.types[record.type]
        one = f"{record.type}/{record.owner}/{record.dataset}/{record.sensitivity}/-/-"
        others = {} if expected.others is None else dict.fromkeys(entry.by_name, 0)
        wanted = others | dict(levels(entry, expected.fields).rungs)
        wanted |= dict.fromkeys(expected.may, 1) | dict.fromkeys(expected.may_not, 0)
        permitted = acts(catalogue.acts[record.type]) if record.type in catalogue.acts else ()
        for aspect in (*aspects(entry), *permitted):
            if aspect.name in wanted:
                said = list(holding(lines, aspect, one, _Known(record)))
                assert furthest(said, aspect) == wanted[aspect.name], (who, record, aspect.name)
                count += 1
    assert count > 250


def _scenarios(tables: Sequence[Scenarios]) -> Iterator[tuple[Who, RecordFacts, Expectation]]:
    for table in tables:
        for scenario in table.scenarios:
            if not (scenario.record.marked or scenario.record.protections):
                yield table.viewers[scenario.who], scenario.record, scenario.expect


class _Known(dict[str, bool | None]):
    """The conditions of a scenario's record, by name."""

    def __init__(self, record: RecordFacts) -> None:
        named = {str(name): value for name, value in record.conditions.items()}
        super().__init__({name: value if isinstance(value, bool) else None for name, value in named.items()})
        self._role = record.role

    def __missing__(self, condition: str) -> bool | None:
        if condition.startswith(ROLE) and self._role is not None:
            return self._role in condition.removeprefix(ROLE).split("+")
        return None


def lines_of(documents: Texts, field: str, *classes: str) -> list[tuple[object, ...]]:
    matrix = Matrix(compile_engine(documents, CATALOGUE), DAY, classes)
    return [
        (line.rung, line.datasets, line.sensitivities, line.term, [(one.limit, one.rung) for one in line.limits])
        for line in matrix.lines(POLICE, ["Person"])
        if line.field == field
    ]


PEOPLE = "Person/council/people/OFFICIAL/-/-"
CLASSES = (PEOPLE, "Person/council/people/OFFICIAL_SENSITIVE/-/-", "Person/council/roll/OFFICIAL/-/-")


def test_a_line_says_on_which_condition_and_which_limits_leave_what() -> None:
    refuge = {"when": {"protections": "refuge"}, "caps": {"Person": {"nothing": ["home"]}, "RESIDES_AT": "nothing"}}
    child = {"when": {"child": True}, "caps": {"Person": {"dateOfBirth": "decade"}}}
    documents = texts(agreement("a", [NAMES, BIRTH, AREA]), limits=limits(refuge, child))
    in_area, no_child = ("in_area", True), ("child", False)
    assert lines_of(documents, "dateOfBirth", *CLASSES) == [
        ("decade", (), (), (), [("limit-1", "decade")]),
        ("year", (), (), (no_child,), []),
        ("full", (), (), (in_area, no_child), [("limit-0", "year")]),
    ]


def test_a_line_says_of_which_sensitivities_and_datasets_where_not_of_all() -> None:
    roll = {"id": "roll", "type": "Person", "when": {"dataset": "roll"}, "show": {"full": ["email"]}}
    documents = texts(agreement("a", [NAMES, roll]))
    assert lines_of(documents, "phone", *CLASSES) == [
        ("full", ("people",), (Sensitivity.OFFICIAL,), (), []),
        ("full", ("roll",), (), (), []),
    ]
    assert lines_of(documents, "email", *CLASSES) == [("full", ("roll",), (), (), [])]


def test_everybody_has_a_seat_for_each_purpose_that_they_may_state_and_for_none() -> None:
    engine = compile_engine(texts(agreement("a", [NAMES])), CATALOGUE)
    found = list(seats(engine, DAY))
    assert [one.purpose for one in found if one.role == "officer"] == [None, *PURPOSES]
    assert [one.purpose for one in found if one.role == "analyst"] == [None]
    assert [one.purpose for one in seats(engine, "2029-01-01") if one.role == "officer"] == [None]
