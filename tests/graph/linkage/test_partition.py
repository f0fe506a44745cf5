"""The partition as a law: what judgements connect is one person, and ids go where the oldest record goes."""

from collections.abc import Collection, Iterable, Mapping
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from graph.linkage.partition import APART, Assignment, Card, Opinion, assigned, parts
from graph.matching import Rule
from graph.vocabulary import Verdict
from policies.vocabulary import Protection

RECORDS = [f"rec_{index}" for index in range(8)]
MARKINGS = st.dictionaries(st.sampled_from(RECORDS), st.sets(st.sampled_from(sorted(Protection)), max_size=1))
PAIRS = st.lists(st.sampled_from(RECORDS), min_size=2, max_size=2, unique=True)


@st.composite
def opinions(draw: st.DrawFn, author: str = Rule.STRONG_IDENTIFIER.value) -> Opinion:
    left, right = sorted(draw(PAIRS))
    return Opinion(left=left, right=right, verdict=Verdict.SAME, author=author, score=1.0)


def cards(
    markings: Mapping[str, Iterable[str]],
    persons: Mapping[str, str] | None = None,
    at_hidden_places: Collection[str] = (),
) -> dict[str, Card]:
    persons = persons or {}
    return {
        id_: Card(
            id=id_,
            source_key=f"council/x/{id_}",
            first_seen=f"2026-01-{RECORDS.index(id_) // 2 + 1:02}",
            marked=frozenset(markings.get(id_, ())),
            lives_hidden=id_ in at_hidden_places,
            person=persons.get(id_),
            person_created=persons.get(id_),
        )
        for id_ in RECORDS
    }


def together(groups: Iterable[Iterable[Card]]) -> set[frozenset[str]]:
    return {frozenset(card.id for card in group) for group in groups}


def reached(start: str, edges: list[frozenset[str]]) -> frozenset[str]:
    """The oracle: walk along the edges until nothing is new."""
    found, frontier = {start}, [start]
    while frontier:
        here = frontier.pop()
        for edge in edges:
            if here in edge:
                new = edge - found
                found |= new
                frontier += new
    return frozenset(found)


@given(st.lists(opinions(), max_size=10), MARKINGS, st.sets(st.sampled_from(RECORDS), max_size=2))
def test_persons_are_what_the_judgements_connect(
    said: list[Opinion], markings: dict[str, set[Protection]], at_hidden_places: set[str]
) -> None:
    guarded = {id_ for id_, marked in markings.items() if marked & APART} | at_hidden_places
    edges = [opinion.pair for opinion in said if not opinion.pair & guarded]
    assert together(parts(cards(markings, at_hidden_places=at_hidden_places), said)) == {
        reached(id_, edges) for id_ in RECORDS
    }


@given(st.lists(opinions(), max_size=10), st.lists(PAIRS, max_size=3), st.lists(opinions("ann"), max_size=2))
def test_no_person_holds_two_records_that_a_human_holds_apart(
    said: list[Opinion], apart: list[list[str]], by_hand: list[Opinion]
) -> None:
    held = [
        Opinion(left=left, right=right, verdict=Verdict.NOT_SAME, author="ann") for left, right in map(sorted, apart)
    ]
    groups = together(parts(cards({}), [*said, *held, *by_hand]))
    assert not any(opinion.pair <= group for opinion in held for group in groups)
    if not held:
        assert all(any(opinion.pair <= group for group in groups) for opinion in by_hand)


@given(st.lists(st.tuples(st.lists(opinions(), max_size=6), MARKINGS), min_size=1, max_size=5))
def test_ids_survive_whatever_is_said_and_taken_back(
    history: list[tuple[list[Opinion], dict[str, set[Protection]]]],
) -> None:
    numbers = (f"per_{number:03}" for number in count())
    persons: dict[str, str] = {}
    for said, markings in history:
        now = cards(markings, persons)
        groups = parts(now, said)
        assignment = assigned(groups, numbers)
        _check(now, [[card.id for card in group] for group in groups], assignment)
        persons = dict(assignment.persons)


def _check(now: Mapping[str, Card], groups: list[list[str]], assignment: Assignment) -> None:
    before: dict[str, list[Card]] = {}
    for card in now.values():
        if card.person is not None:
            before.setdefault(card.person, []).append(card)
    home = {
        person: min(members, key=lambda card: (bool(card.marked & APART), card.age)).id
        for person, members in before.items()
    }
    assert len({assignment.persons[group[0]] for group in groups}) == len(groups)
    for group in groups:
        (person,) = {assignment.persons[id_] for id_ in group}
        came = sorted(person for person, oldest in home.items() if oldest in group)
        assert person == came[0] if came else person in assignment.new
        assert all(assignment.retired[other] == person for other in came[1:])


def test_the_older_person_survives_a_merge() -> None:
    persons = {id_: f"per_{index}" for index, id_ in enumerate(reversed(RECORDS))}
    said = [Opinion(left="rec_0", right="rec_7", verdict=Verdict.SAME, author="ann")]
    assignment = assigned(parts(cards({}, persons), said), iter(()))
    assert assignment.persons["rec_0"] == assignment.persons["rec_7"] == "per_0"
    assert assignment.retired == {"per_7": "per_0"}
