"""Pages of a list as Cypher: which nodes stand on one, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.conditions import Alias
from graph.ordering import after, filtered, foremost, key, ordered
from graph.plan import Listing, Order
from graph.predicates import Parameters, guard, has_passed, is_fixed, is_guarded, where
from graph.vocabulary import Node

SPARE = 32
"""One in so many: rows that are read ahead because several may be records of one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Finds the nodes of a page: each as `alias` calls it (of a person: the person), `id` and, where ordered, `k`.

    One that `begins` stops where an index has had enough for it, and may bring too few (see `is_begun_by_index`).
    """

    plan: Listing
    alias: Alias
    parameters: Parameters
    begins: bool = False

    @property
    def anchor(self) -> str:
        return self.alias.person or self.alias.node

    @property
    def kept(self) -> tuple[str, ...]:
        """The names of what is found."""
        return (self.anchor, "id", *(("k",) if self.plan.order else ()), *(("ward",) if self._is_of_ward else ()))

    @property
    def order(self) -> str:
        """How the rows of what is found are ordered: as the index has them, where that is by all of this."""
        if not self._is_of_ward:
            return ordered(self.plan.order, "id")
        return "ORDER BY ward, k, id" if self.plan.order else "ORDER BY ward, id"

    def find(self) -> str:
        """Render what finds them."""
        order, limit = self.plan.order, self.parameters.put(self.plan.first + 1)
        if order is None:
            return f"{self._by_id()} LIMIT {limit}"
        if not self.begins:
            return f"{self._in_order(order)} LIMIT {limit}"
        if self._is_straight:
            return self._begun(order)
        return f"{self._begun(order)} WITH {self.anchor}, id, min(k) AS k ORDER BY k, id LIMIT {limit}"

    @property
    def _is_of_ward(self) -> bool:
        """Whether an index over the ward has what is found in its order."""
        return self._is_straight or (self.plan.order is None and is_fixed(self.plan.where, "ward"))

    @property
    def _is_straight(self) -> bool:
        """Whether people come once for each of their names in the ward, and whoever reads them takes the first."""
        return self.begins and by_record(self.plan)

    def match(self, more: Sequence[str] = ()) -> str:
        """Match what is visible; what a filter finds is, as its guards let through no more than that."""
        plan, alias = self.plan, self.alias
        label = plan.node.node.label
        pattern = f"({alias.node}:{label})" + (f"-[:ABOUT]->({alias.person})" if alias.person else "")
        conjuncts = list(more)
        if plan.where is not None:
            conjuncts.append(where(plan.where, plan.node.node, alias, self.parameters))
        if plan.where is None or not is_guarded(plan.where):
            conjuncts.append(guard(plan.node.row, plan.node.node, alias, self.parameters))
        return f"MATCH {pattern} WHERE {' AND '.join(conjuncts)}"

    def _by_id(self) -> str:
        """Match in the order of ids, of which an index can stop after a page: of all, and of one ward."""
        last = self.parameters.put(self.plan.after.id if self.plan.after is not None else "")
        conjuncts, leads = [f"{self._ident} > {last}"], [f"{self._ident} AS id"]
        if self._is_of_ward:
            conjuncts.append(self._has_facts)
            leads.insert(0, f"{self.alias.node}.ward AS ward")
        return f"{self.match(conjuncts)} WITH DISTINCT {', '.join((*leads, self.anchor))} {self.order}"

    def _in_order(self, order: Order) -> str:
        """Match all, and order them."""
        value = key(order, self.plan.node.node, self.alias, self.parameters, self.plan.where)
        first = foremost(order, value) if self.alias.person else value
        since = filtered(after(self.plan.after, order, "id", self.parameters))
        known = [f"{self._ident} IS NOT NULL", self._has_facts] if is_fixed(self.plan.where, "ward") else []
        return (
            f"{self.match(known)} WITH {self.anchor}, {self._ident} AS id, {first} AS k "
            f"WITH {self.anchor}, id, k{since} {ordered(order, 'id')}"
        )

    def _begun(self, order: Order) -> str:
        """Match records of a ward in the order of an index, and stop when there are enough for a page.

        Who is among them comes first by one of them, and before all others. Of a name that is merely not null Neo4j
        takes the index over wards and ids to be as good, reads the whole ward and sorts it.
        """
        value = f"{self.alias.node}.{order.column}"
        known = [f"{value} >= ''", f"{self._ident} IS NOT NULL", self._has_facts]
        if self.plan.where is None or not has_passed(self.plan.where, order.guard):
            known.append(guard(order.guard, self.plan.node.node, self.alias, self.parameters))
        leads = f"{self.alias.node}.ward AS ward, {value} AS k, {self._ident} AS id, {self.anchor}"
        some = self.parameters.put(self.plan.first + 1 + self.plan.first // SPARE)
        return f"{self.match(known)} WITH DISTINCT {leads} ORDER BY ward, k, id LIMIT {some}"

    @property
    def _ident(self) -> str:
        """The id by which a list is read, as it stands on what is matched: of a person, on the record."""
        return f"{self.alias.node}.{'personId' if self.alias.person else self.plan.node.node.id_property}"

    @property
    def _has_facts(self) -> str:
        return f"{self.alias.node}.facts IS NOT NULL"


def by_record(plan: Listing) -> bool:
    """Whether people are read of whom nothing is asked but what their records tell.

    Their page is `[total, [[key, id, *record], ...]]`. Somebody may come again behind others: the first time counts.
    """
    read = plan.node
    return read.node is Node.PERSON and not (read.links or read.timelines or read.holder)


def is_begun_by_index(plan: Listing) -> bool:
    """Whether an index has a ward's records in this order: it does not know who was on the pages before.

    Where too few people come of it the ward may have no more, several may be records of one person, or the others may
    have nothing to be ordered by: then the page must be found among all.
    """
    order = plan.order
    if order is None or plan.after is not None or not is_fixed(plan.where, "ward"):
        return False
    return (plan.node.node, order.column) == (Node.PERSON, "familyName") and not order.is_descending


def brings(plan: Listing, page: Sequence[Sequence[Any]]) -> int:
    """How many things stand on a page."""
    return len({row[1] for row in page}) if by_record(plan) else len(page)
