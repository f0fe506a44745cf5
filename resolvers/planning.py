"""What one operation may do while it is planned: views, cost, and what it touches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from graph.plan import Given, Guard, Viewpoint
from policies.catalogue import POINTER
from policies.sealing import Seal
from policies.view import Snapshot, View
from policies.viewer import ViewerClass
from policies.vocabulary import DataClass
from resolvers.completion import Completion
from resolvers.copies import Copier, Memory
from resolvers.cursors import Mark, Scope
from resolvers.errors import CostExceeded, InputRefused, PurposeRequired
from resolvers.givens import SUBJECT, WARDS
from resolvers.selection import Selected, Selection
from resolvers.shapes import PUBLIC
from resolvers.sight import Sight

FIRST_AT_MOST = 1_000
COST_AT_MOST = 250_000
DEPTH_AT_MOST = 10


@dataclass(slots=True, kw_only=True)
class Planner:
    """Plans one operation for all viewers of a class; sums up its cost and what it touches.

    What else a request brings it opens only where the plan depends on it.
    """

    snapshot: Snapshot
    viewer: ViewerClass
    day: str
    selection: Selection
    cursor_secret: bytes
    seal: Seal
    memory: Memory | None = None
    cost: int = 0
    compared: set[str] = field(default_factory=set)
    completion: Completion = field(init=False)
    _closed: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.completion = Completion(selection=self.selection)

    def view(self, type_name: str) -> View:
        """Look at a type as this viewer."""
        return self.snapshot.view(self.viewer, type_name, self.day)

    def copier(self, fields: Sequence[Selected]) -> Copier | None:
        """Give what keeps copies of objects in which these fields are selected, where any are kept."""
        if self.memory is None:
            return None
        return Copier(memory=self.memory, are_complete=self.completion.check(fields))

    @property
    def viewpoint(self) -> Viewpoint:
        """What conditions are evaluated against, when the statement runs."""
        return Viewpoint(agency=self.viewer.agency, wards=Given(WARDS), day=self.day)

    def opened(self, value: Any) -> Any:  # noqa: ANN401 - an argument
        """Look at an argument, so that the plan depends on it."""
        return self.selection.givens.open(value)

    def sight(self, type_name: str, names: Iterable[str]) -> Sight:
        """See a type as far as its selected fields go."""
        view, selected = self.view(type_name), tuple(names)
        wanted = tuple(dict.fromkeys(name for name in selected if name in view.entry.by_name))
        self.touch(type_name, "id")
        for name in wanted:
            self.touch(type_name, name)
        return Sight(view=view, fields=wanted, conditions=view.asked(_need(view, selected)))

    def compare(self, type_name: str, name: str) -> None:
        """Note that the operation finds or orders by a field, which tells of it without showing it."""
        self.touch(type_name, name)
        self.compared.add(f"{type_name}.{name}")

    def touch(self, type_name: str, name: str) -> None:
        """Note that the operation uses a field."""
        known = self.view(type_name).entry.by_name
        public = name not in known or known[name].data_class is DataClass.NON_PERSONAL
        if type_name not in PUBLIC or not public:
            self._closed.add((type_name, name))

    def spend(self, things: int, depth: int) -> None:
        """Add to the cost what could come back; raises CostExceeded."""
        self.cost += things
        if self.cost > COST_AT_MOST:
            raise CostExceeded(f"this could return more than {COST_AT_MOST:,} things: ask for fewer with `first`")
        if depth > DEPTH_AT_MOST:
            raise CostExceeded(f"this goes deeper than {DEPTH_AT_MOST} connections")

    def require_purpose(self) -> None:
        """Refuse the whole operation where it touches more than what is public and states no purpose."""
        if self.viewer.purpose is None and self._closed:
            raise PurposeRequired(self.snapshot.purposes(self.viewer.agency, self.viewer.roles, self.day))

    def scope(self, page: str, selected: Selected) -> Scope:
        """Bind the cursors of a page to the viewer, and to what narrows and orders it.

        `page` names the list (`people`), or the connection by the type of its node (`Person.cases`): what was begun
        below a list is read on wherever the same node is found.
        """
        viewer = self.viewer
        narrowed = {name: value for name, value in selected.arguments.items() if name not in {"first", "after"}}
        parts = [Given(SUBJECT), viewer.agency, sorted(viewer.roles), Given(WARDS), viewer.purpose, page, narrowed]
        return Scope(seal=AESSIV(self.cursor_secret), parts=parts)

    def mark(self, scope: Scope, selected: Selected) -> Mark | None:
        """Read the cursor after which a page is read on, which opens all that it is bound to; raises CursorRefused."""
        after = self.opened(selected.arguments.get("after"))
        return scope.cursors(self.opened).read(after) if after is not None else None

    def below(self, selected: Selected) -> tuple[Selected, ...]:
        """Collect what is selected below a field of an object type."""
        return tuple(self.selection.below_object(selected))


def _need(view: View, selected: Iterable[str]) -> int:
    """How much of a type it matters to know for its selected fields; `access` speaks of all."""
    names = set(selected)
    if "access" in names:
        return view.entry.full
    fields = (entry for entry in view.entry.fields if entry.name in names)
    return sum((view.entry.upto(entry.name, len(entry.ladder)) for entry in fields), POINTER)


def row_guard(view: View) -> Guard:
    """Let through what is visible at all."""
    return Guard(terms=view.terms, sets=view.sets(view.entry.full))


def rung_guard(view: View, name: str, rung: int) -> Guard:
    """Let through what shows a field at least up to a rung."""
    return Guard(terms=view.terms, sets=view.sets(view.entry.bit(name, rung)))


def field_guard(view: View, name: str) -> Guard:
    """Let through what shows a field in full: it may be found and ordered by that field."""
    return rung_guard(view, name, len(view.entry.by_name[name].ladder))


def first_of(selected: Selected) -> int:
    """Read how many are asked for; raises InputRefused."""
    first = int(selected.arguments["first"])
    if not 1 <= first <= FIRST_AT_MOST:
        raise InputRefused(f"`first` lies between 1 and {FIRST_AT_MOST:,}")
    return first


def counts(fields: Iterable[Selected]) -> bool:
    """Whether a connection's total is selected."""
    return any(selected.name == "totalCount" for selected in fields)
