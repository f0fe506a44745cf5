"""The partition of records into persons, as values."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.vocabulary import Verdict
from policies.vocabulary import WHEREABOUTS, Protection

APART = frozenset({Protection.ADOPTION, Protection.WITNESS, Protection.COVERT, Protection.SILENT})
"""A record marked with one of these never joins a shared person."""
HIDING = APART - WHEREABOUTS
"""Nor does one that lives at a place marked with one of these: it is hidden, and what others know of them is not."""
RULE = "rule:"
"""What the author of a judgement begins with when no human made it."""
Pair = tuple[str, str]
"""Two records that are judged, the lesser id first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A record as the partition sees it; `person` is what it is about now, None for a new record.

    Whether it `lives_hidden` is whether it lives at a hidden place.
    """

    id: str
    source_key: str
    first_seen: str
    marked: frozenset[str]
    lives_hidden: bool
    person: str | None
    person_created: str | None

    @property
    def age(self) -> tuple[str, str]:
        """Sorts the oldest record first."""
        return self.first_seen, self.source_key

    @property
    def rank(self) -> tuple[bool, tuple[str, str]]:
        """Sorts the record first with which a person goes.

        Where one comes to be hidden, whoever knows the person by their id is to find them by the others.
        """
        return self.is_apart, self.age

    @property
    def is_apart(self) -> bool:
        """Whether it never joins a shared person, by its own marking or that of a home."""
        return self.lives_hidden or bool(self.marked & APART)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A judgement that stands: between two records, by a human or a rule."""

    left: str
    right: str
    verdict: str
    author: str
    score: float | None = None

    @property
    def human(self) -> bool:
        return not self.author.startswith(RULE)

    @property
    def pair(self) -> frozenset[str]:
        return frozenset({self.left, self.right})


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Which person each record is about; `new` persons are to be made, `retired` ones point to their successor."""

    persons: Mapping[str, str]
    new: tuple[str, ...]
    retired: Mapping[str, str]


def parts(cards: Mapping[str, Card], opinions: Iterable[Opinion]) -> list[list[Card]]:
    """The records of each person, oldest first.

    Humans are heard before rules and surer rules before others; a union that would bring together two records that a
    human holds apart is not made.
    """
    standing = [opinion for opinion in opinions if opinion.pair <= cards.keys()]
    apart = {opinion.pair for opinion in standing if opinion.human and opinion.verdict == Verdict.NOT_SAME}
    members: dict[str, set[str]] = {id_: {id_} for id_ in cards}
    for opinion in sorted(_joining(cards, standing), key=lambda opinion: _rank(cards, opinion)):
        left, right = members[opinion.left], members[opinion.right]
        if left is right or _forbidden(left, right, apart):
            continue
        left |= right
        for id_ in right:
            members[id_] = left
    unique = {id(group): group for group in members.values()}.values()
    return [sorted((cards[id_] for id_ in group), key=lambda card: card.age) for group in unique]


def reached(pairs: Iterable[Pair], starts: Iterable[str]) -> set[str]:
    """These records and all that pairs connect with them."""
    beside = defaultdict(set)
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    found: set[str] = set()
    frontier = set(starts)
    while frontier:
        found |= frontier
        frontier = {other for one in frontier for other in beside.get(one, ())} - found
    return found


def assigned(groups: Sequence[Sequence[Card]], new_ids: Iterator[str]) -> Assignment:
    """Give each group a person.

    A person goes where its oldest record goes, or the oldest that does not stand apart. Of several that meet in one
    group the oldest survives; a group that none goes to gets a new one.
    """
    claimed = _claims(groups)
    persons, new, retired = {}, [], {}
    for group, claims in zip(groups, claimed, strict=True):
        if claims:
            survivor, *others = sorted(claims, key=lambda person: (claims[person], person))
            retired.update(dict.fromkeys(others, survivor))
        else:
            survivor = next(new_ids)
            new.append(survivor)
        persons.update({card.id: survivor for card in group})
    return Assignment(persons=persons, new=tuple(new), retired=retired)


def _claims(groups: Sequence[Sequence[Card]]) -> list[dict[str, str]]:
    foremost: dict[str, tuple[Card, int]] = {}
    for index, group in enumerate(groups):
        for card in group:
            if card.person is not None and (card.person not in foremost or card.rank < foremost[card.person][0].rank):
                foremost[card.person] = (card, index)
    claimed: list[dict[str, str]] = [{} for _ in groups]
    for person, (card, index) in foremost.items():
        claimed[index][person] = card.person_created or ""
    return claimed


def _joining(cards: Mapping[str, Card], opinions: Iterable[Opinion]) -> Iterator[Opinion]:
    for opinion in opinions:
        guarded = any(cards[id_].is_apart for id_ in opinion.pair)
        if opinion.verdict == Verdict.SAME and not guarded:
            yield opinion


def _rank(cards: Mapping[str, Card], opinion: Opinion) -> tuple[bool, float, list[str]]:
    return not opinion.human, -(opinion.score or 0.0), sorted(cards[id_].source_key for id_ in opinion.pair)


def _forbidden(left: set[str], right: set[str], apart: set[frozenset[str]]) -> bool:
    return any((pair & left) and (pair & right) for pair in apart)
