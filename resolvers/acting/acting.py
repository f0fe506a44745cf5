"""Somebody who changes something: what they may see and do of it, within the transaction that changes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from graph.casework import DATASET, Target, targets
from graph.change import Change
from graph.facts import protections
from graph.plan import Viewpoint
from graph.ties import Tie, involvements, likenesses, named_by_desk, participations, stated_ties
from graph.vocabulary import Link, Node
from graph.work_vocabulary import PersonTie
from policies.catalogue import POINTER
from policies.sealing import Seal
from policies.view import Snapshot, View
from policies.viewer import Viewer
from policies.vocabulary import Protection
from resolvers.acting.refusals import not_found, not_permitted

Found = TypeVar("Found", Target, Tie)
MEMBER = "case_member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A viewer who acts on things; `permitted` notes by which agreements, for the ledger.

    Who `takes_part` is a member of every case, whether or not their agency is.
    """

    change: Change
    snapshot: Snapshot
    viewer: Viewer
    seal: Seal
    permitted: set[str] = field(default_factory=set)
    takes_part: bool = False

    @property
    def agency(self) -> str:
        return self.viewer.principal.agency

    async def find(self, node: Node, ident: str, *path: str, act: str | None = None) -> Target:
        """Find a thing; raises Refused where this viewer sees none.

        Of a person the record that tells most, first among those on which the viewer may do `act`.
        """
        found = await self.look(node, ident, act=act)
        if found is None:
            raise not_found(*path)
        return found

    async def look(self, node: Node, ident: str, *, act: str | None = None) -> Target | None:
        """Find a thing like `find`; None where this viewer sees none."""
        view, acts = self._view(node), self._acts(node)
        seen = await self.seen(node, ident)
        return min(
            seen,
            key=lambda target: (
                not self._may(act, acts, target),
                _mask(view, target) == POINTER,
                *self._rank(target),
            ),
            default=None,
        )

    async def seen(self, node: Node, ident: str) -> list[Target]:
        """Find a thing as far as this viewer sees it: of a person each record, of all else itself."""
        view, acts = self._view(node), self._acts(node)
        conditions = list(dict.fromkeys((*view.conditions, *(acts.conditions if acts is not None else ()))))
        found = await targets(self.change, node, ident, conditions, self._viewpoint)
        return [target for target in map(self._met, found) if _mask(view, target)]

    async def ties(self, kind: PersonTie, *ends: tuple[str, str]) -> list[Tie]:
        """Find the ties between persons that the viewer's agency stated in the hub, seen or not."""
        conditions = self._view(kind).conditions
        found = [await stated_ties(self.change, kind, pair, conditions, self._viewpoint) for pair in ends]
        return [self._met(tie) for ties in found for tie in ties]

    def sees_tie(self, kind: PersonTie, tie: Tie) -> bool:
        return bool(_mask(self._view(kind), tie))

    async def involvements(self, case: Target, node: Node, ident: str) -> list[Tie]:
        """Find how a case concerns a person, or premises, as far as this viewer sees the links and their ends."""
        view, seen = self._view(Link.CONCERNS), {target.id for target in await self.seen(node, ident)}
        found = await involvements(self.change, node, (case.id, ident), view.conditions, self._viewpoint)
        return [tie for tie in map(self._met, found) if tie.end in seen and _mask(view, tie)]

    async def states_involvement(self, case: str, node: Node, ident: str) -> bool:
        """Whether the viewer's agency states in the hub that a case concerns a person, or premises, seen or not."""
        found = await involvements(self.change, node, (case, ident), (), self._viewpoint)
        return any(tie.said["owner"] == self.agency and tie.said["dataset"] == DATASET for tie in found)

    async def states(self, node: Node, ident: str) -> bool:
        """Whether the viewer's agency states a thing, seen or not."""
        found = await targets(self.change, node, ident, (), self._viewpoint)
        return any(target.source.owner == self.agency for target in found)

    async def likens(self, person: str, referral: Target) -> bool:
        """Whether this viewer sees that a person may be among those whom a referral describes, and by which record."""
        view, seen = self._view(Link.LIKENED_IN), {record.id for record in await self.seen(Node.PERSON, person)}
        found = await likenesses(self.change, (person, referral.id), view.conditions, self._viewpoint)
        return any(tie.end in seen and _mask(view, tie) for tie in found)

    async def sees_part(self, case: Target, agency: str) -> bool:
        """Whether this viewer sees that an agency takes part in a case."""
        view = self._view(Link.PARTICIPATES_IN)
        found = await participations(self.change, case.id, agency, view.conditions, self._viewpoint)
        return any(_mask(view, part) for part in found)

    async def named(self, referral: Target, person: str) -> list[Tie]:
        """Find the links that this viewer sees, and their agency stated, by which a referral's desk names a person."""
        view = self._view(Link.REFERS_TO)
        found = await named_by_desk(self.change, (referral.id, person), view.conditions, self._viewpoint)
        return [tie for tie in found if _mask(view, tie)]

    def require(self, act: str, node: Node, target: Target) -> None:
        """Raise Refused where no agreement lets this viewer do it to that."""
        acts = self._acts(node)
        if acts is None:
            raise not_permitted()
        self._note(acts, act, target.facts, _held(acts, target))

    def require_new(self, act: str, node: Node, facts: str, conditions: dict[str, bool]) -> None:
        """Raise Refused where no agreement lets this viewer make a thing of that class."""
        acts = Snapshot(self.snapshot.engine, frozenset({facts})).acts(self.viewer.cls, node.value, self.viewer.day)
        self._note(acts, act, facts, [conditions.get(condition) for condition in acts.conditions])

    def knows(self, node: Node, target: Target) -> bool:
        """Whether this viewer is told more of a thing than that it is there."""
        return _mask(self._view(node), target) != POINTER

    def sees(self, kind: Node | Link, target: Target | Tie, name: str) -> bool:
        """Whether this viewer is told a field in full."""
        view = self._view(kind)
        return bool(_mask(view, target) & view.entry.top(name))

    def spared(self, marks: Iterable[Protection]) -> frozenset[Protection]:
        """Those of some protections of which this viewer is told all: in one of their roles every limit spares them."""
        cls, engine = self.viewer.cls, self.snapshot.engine
        named = [
            frozenset().union(*(limit.named for limit in engine.limits_on(cls, role)))
            for role in self.viewer.principal.roles
        ]
        return frozenset(one for one in marks if any(one not in limited for limited in named))

    def knows_to_be_protected(self, target: Target) -> bool:
        """Whether this viewer is told of a protection of somebody or a place: they know more than that it is there."""
        marks = map(Protection, protections(target.facts))
        return self.knows(target.type, target) and bool(self.spared(marks))

    def _note(self, acts: View, act: str, facts: str, held: Sequence[bool | None]) -> None:
        bit = acts.entry.top(act)
        if not acts.mask(facts, held) & bit:
            raise not_permitted()
        self.permitted.update(agreement for agreement, mask in acts.shares(facts, held) if mask & bit)

    def _may(self, act: str | None, acts: View | None, target: Target) -> bool:
        return act is None or (acts is not None and bool(_mask(acts, target) & acts.entry.top(act)))

    def _view(self, kind: Node | Link | PersonTie) -> View:
        return self.snapshot.view(self.viewer.cls, kind.value, self.viewer.day)

    def _acts(self, node: Node) -> View | None:
        if node.value not in self.snapshot.engine.catalogue.acts:
            return None
        return self.snapshot.acts(self.viewer.cls, node.value, self.viewer.day)

    def _met(self, found: Found) -> Found:
        """What was found, under the conditions that hold of it for whoever takes part."""
        if not self.takes_part or MEMBER not in found.conditions:
            return found
        return replace(found, conditions={**found.conditions, MEMBER: True})

    @property
    def _viewpoint(self) -> Viewpoint:
        who = self.viewer.principal
        return Viewpoint(agency=who.agency, wards=tuple(sorted(who.wards)), day=self.viewer.day)

    def _rank(self, target: Target) -> tuple[bool, int, str]:
        held = target.properties
        return held["owner"] != self.agency, held["reliability"], target.id


def _mask(view: View, target: Target | Tie) -> int:
    return view.mask(target.facts, _held(view, target))


def _held(view: View, target: Target | Tie) -> list[bool | None]:
    return [target.conditions[condition] for condition in view.conditions]
