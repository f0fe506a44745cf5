"""How the visible records of a person are told as one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from graph import sheets
from resolvers.alike import Alike, Listed, Way, hidden
from resolvers.branch import Tree
from resolvers.copies import Copied
from resolvers.kept import Made
from resolvers.layout import Column, Leaf, Mask, Nested, Outline, Page, Row, Skeleton, each_once, masked
from resolvers.nodes import NodeRows
from resolvers.sight import Decision
from resolvers.sources import ID, LAST_SEEN, RELIABILITY, HolderRows, Holders, RecordRows, Seen
from resolvers.told import Told

Record = tuple[Row, Row]
"""Class and conditions of a record that came back, and the values of its sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRows:
    """Rows of people: `[id, records, *links, *timelines, holders]`; `nested` are the links and the timelines."""

    skeleton: Skeleton
    leaves: tuple[Leaf, ...]
    nested: tuple[Nested, ...]
    records: Mapping[str, RecordRows]
    known_to: Mapping[str, HolderRows]
    holders: NodeRows | None
    alike: Alike
    _alone: Made[Decision, Outline] = field(default_factory=Made)
    _together: Made[frozenset[Decision], Outline] = field(default_factory=Made)

    def read(self, row: Row, told: Told) -> Tree | None:
        """Fold a person's visible records; None where none is left."""
        tree = self._told(row[0], _apart(row[1]), row[-1], told)
        if tree is not None:
            for nested, below in zip(self.nested, row[2:], strict=False):
                tree[nested.key] = nested.rows.read(below, told)
        return tree

    def read_page(self, rows: Sequence[Row], first: int, told: Told) -> Page:
        """Read as many people as a page has, of `[key, node]`, or of `[key, id, *record]` (graph.listings)."""
        if self.nested or self.holders:
            shown = rows[:first]
            return Page(
                keys=[key for key, _ in shown],
                idents=[node[0] for _, node in shown],
                trees=[self.read(node, told) for _, node in shown],
                has_next=len(rows) > first,
            )
        if not rows:
            return Page(keys=(), idents=(), trees=(), has_next=False)
        records = _listed(rows)
        firsts, several = _people(records.idents)
        places = firsts[:first]
        page = records.at(places)
        together = (
            {place: records.at(several[at]) for place, at in enumerate(places) if at in several} if several else {}
        )
        return Page(
            keys=page.keys,
            idents=page.idents,
            trees=self._all_told(page, together, told),
            has_next=len(firsts) > first,
        )

    def _all_told(self, page: Listed, together: dict[int, Listed], told: Told) -> Sequence[Copied | None]:
        """Tell of many people; `together` are the records of those who have several, by the place on the page."""
        places = range(len(page.idents))
        if self.records or self.known_to:
            together = {place: page.at([place]) for place in places} | together
        if not together:
            return self._told_alike(page, told)
        alone = iter(self._told_alike(page.at([place for place in places if place not in together]), told))
        return [
            self._told(page.idents[place], _each(together[place]), (), told) if place in together else next(alone)
            for place in places
        ]

    def _told_alike(self, listed: Listed, told: Told) -> list[Copied | None]:
        """Tell of people of whom one record each came back; many of those are decided alike."""

        def way(decided: Row) -> Way:
            decision = self.skeleton.sight.decide(decided[0], decided[1:])
            return self.alike.way(decision, self._outlined(decision), told) if decision.visible else hidden()

        return self.alike.tell(listed, way, told)

    def _told(self, ident: str, records: Iterable[Record], holders: Sequence[Row], told: Told) -> Tree | None:
        """Tell what the visible ones of a person's records tell, and where it is from."""
        seen = self._visible(records, told)
        if not seen:
            return None
        tree = self._told_alone(ident, seen[0], told) if len(seen) == 1 else self._folded(ident, seen, told)
        if self.records or self.known_to:
            agencies, last_seen = self._holders(holders, seen, told)
            for key, below in self.records.items():
                tree[key] = [below.tree(record, agencies) for record in seen]
            for key, known in self.known_to.items():
                tree[key] = known.trees(last_seen, agencies)
        return tree

    def record(self, row: Row, ident: str, told: Told) -> Tree | None:
        """Tell the one record that was asked for by its own id."""
        seen = self._visible(_apart(row[1]), told, ident)
        if not seen:
            return None
        told.withhold(self.skeleton.sight.withholding(frozenset((seen[0][0],))))
        (rows,) = self.records.values()
        holders, _ = self._holders(row[-1], seen, told)
        return rows.tree(seen[0], holders)

    def _visible(self, records: Iterable[Record], told: Told, only: str | None = None) -> list[Seen]:
        """Decide on each record that came back, or on the `only` one, and note what is told."""
        decide, seen = self.skeleton.sight.decide, list[Seen]()
        for decided, values in records:
            if only is not None and values[ID] != only:
                continue
            decision = decide(decided[0], decided[1:])
            if decision.visible:
                told.tell(decision.telling, values[ID])
                seen.append((decision, values))
            else:
                told.divergences += 1
        if len(seen) > 1:
            once = {values[ID]: (decision, values) for decision, values in seen}
            seen = [once[id_] for id_ in sorted(once)]
        return seen

    def _told_alone(self, ident: str, seen: Seen, told: Told) -> Tree:
        """Tell a person of whom one record is visible: nothing is to be chosen."""
        decision, values = seen
        outline = self._outlined(decision)
        told.withhold(outline.withholding)
        return outline.tree(ident, values)

    def _outlined(self, decision: Decision) -> Outline:
        outline = self._alone.get(decision)
        if outline is None:
            columns = {leaf.key: self._column(leaf, decision) for leaf in self.leaves}
            outline = self._alone.keep(decision, self.skeleton.outline(frozenset((decision,)), columns))
        return outline

    def _folded(self, ident: str, seen: Sequence[Seen], told: Told) -> Tree:
        decisions = frozenset(decision for decision, _ in seen)
        outline = self._together.get(decisions)
        if outline is None:
            outline = self._together.keep(decisions, self.skeleton.outline(decisions, {}))
        told.withhold(outline.withholding)
        tree = outline.tree(ident, ())
        ranked = sorted(seen, key=lambda record: _rank(record[1]), reverse=True)
        known = [(decision.rungs, values) for decision, values in ranked]
        for leaf in self.leaves:
            tree[leaf.key] = _fold(leaf, known)
        return tree

    def _column(self, leaf: Leaf, decision: Decision) -> Column | None:
        column = leaf.column(decision.rungs[leaf.name])
        if column is None or not leaf.is_list:
            return column
        place, mask = column
        return place, partial(_joined, mask) if mask is not None else each_once

    def _holders(self, rows: Sequence[Row], seen: Sequence[Seen], told: Told) -> tuple[Holders, Mapping[str, str]]:
        """Read the agencies of the records that are told, and no other, and when each record last changed."""
        last: dict[str, str] = {}
        for decision, values in seen:
            owner = decision.owner
            last[owner] = max(last.get(owner, ""), values[LAST_SEEN] or "")
        if self.holders is None:
            return {}, last
        read = ((code, self.holders.read(agency, told)) for code, agency in rows if code in last)
        return {code: tree for code, tree in read if tree is not None}, last


def _listed(rows: Sequence[Row]) -> Listed:
    """Take rows apart, of which there are some: `[key, id, *decided, sheet]`."""
    keys, idents, *decided, texts = map(list, zip(*rows, strict=True))
    return Listed(keys=keys, idents=idents, decided=[*zip(*decided, strict=True)], sheets=texts)


def _people(idents: Sequence[str]) -> tuple[Sequence[int], dict[int, list[int]]]:
    """Where the first record of each person stands; by that the places of all, of those who have several."""
    if len(set(idents)) == len(idents):
        return range(len(idents)), {}
    places: dict[str, list[int]] = defaultdict(list)
    for at, ident in enumerate(idents):
        places[ident].append(at)
    return [of[0] for of in places.values()], {of[0]: of for of in places.values() if len(of) > 1}


def _each(listed: Listed) -> Iterator[Record]:
    return zip(listed.decided, sheets.all_values(listed.sheets), strict=True)


def _joined(mask: Mask, value: Any) -> Any:  # noqa: ANN401 - whatever the field holds
    """Mask a list, and tell each of its items once."""
    told = mask(value)
    return each_once(told) if isinstance(told, list) else told


def _apart(rows: Sequence[Row]) -> Iterator[Record]:
    return ((row[:-1], sheets.values(row[-1])) for row in rows)


def _rank(values: Row) -> tuple[int, str, str]:
    """How much a record counts where several tell as much: reliability, then recency, then id."""
    return (values[RELIABILITY] or 0, values[LAST_SEEN] or "", values[ID])


def _fold(leaf: Leaf, ranked: Sequence[tuple[Mapping[str, int], Row]]) -> Any:  # noqa: ANN401 - whatever the field holds
    """Tell one value of several records: the furthest disclosed, then of the record that ranks first.

    Lists are joined over the records that disclose them as far.
    """
    furthest, found = 0, []
    for rungs, values in ranked:
        rung = rungs[leaf.name]
        value = leaf.value(rung, values) if rung >= furthest else None
        if value is None:
            continue
        if rung > furthest:
            furthest, found = rung, [value]
        elif leaf.is_list:
            found.append(value)
    if found and isinstance(found[0], list):
        return masked(_united, found)
    return found[0] if found else None


def _united(lists: Sequence[Sequence[Any]]) -> list[Any]:
    return sorted({item for items in lists for item in items})
