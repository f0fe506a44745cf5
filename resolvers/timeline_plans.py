"""From the selection of a timeline to its plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.plan import Dated, Guard, Happening, Midway, Step, Timeline
from graph.vocabulary import Former
from policies.view import View
from resolvers.connections import Anchor, Frame
from resolvers.cursors import Mark
from resolvers.happenings import HAPPENINGS, PATHS, Dating
from resolvers.merging import Merge
from resolvers.planning import Planner, counts, field_guard, first_of, row_guard
from resolvers.reading import Finder
from resolvers.selection import Selected
from resolvers.sight import Sight
from resolvers.timelines import Naming, Teller, TimelineRows

Find = Callable[[str, str | None, Sequence[Selected]], Finder]
"""Plans how things of a type are found by a property, or by id, for a selection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePlan:
    """A timeline that is selected below a node of a type; `find` plans what its events name."""

    planner: Planner
    type_name: str
    selected: Selected
    frame: Frame
    events: Merge
    find: Find

    def build(self, mark: Mark | None, anchor: Anchor) -> tuple[Timeline, TimelineRows]:
        """Plan the events, and what they name."""
        datings, first = HAPPENINGS[self.type_name], first_of(self.selected)
        planned = [self._happening(dating) for dating in datings]
        types = tuple(dict.fromkeys(dating.subject for dating in datings)) if self._wants("subject") else ()
        subjects = tuple(self._naming("subject", type_name, None) for type_name in types)
        agencies = self._naming("agency", "Agency", "code") if self._wants("agency") else None
        places = [tuple(at for at, one in enumerate(datings) if one.subject == type_name) for type_name in types]
        timeline = Timeline(
            happenings=tuple(happening for happening, _ in planned),
            first=first,
            count=counts(self.frame.fields),
            subjects=tuple(
                (one.finder.read, one.finder.by, served) for one, served in zip(subjects, places, strict=True)
            ),
            agencies=agencies.finder.read if agencies is not None else None,
            after=mark.position if mark is not None else None,
            is_anchored=anchor.is_needed,
        )
        rows = TimelineRows(
            frame=self.frame,
            fields=tuple(self.events.fields),
            tellers=tuple(teller for _, teller in planned),
            subjects=subjects,
            served={at: which for which, served in enumerate(places) for at in served},
            agencies=agencies,
            first=first,
            anchor=anchor,
        )
        return timeline, rows

    def _wants(self, name: str) -> bool:
        return any(one.name == name for one in self.events.fields)

    def _naming(self, name: str, type_name: str, by: str | None) -> Naming:
        merge, selection = Merge(typename=type_name), self.planner.selection
        type_ = selection.object_type(type_name)
        parts = {
            one.key: merge.add(one.key, selection.below(one, type_)) for one in self.events.fields if one.name == name
        }
        return Naming(finder=self.find(type_name, by, merge.fields), parts=parts)

    def _happening(self, dating: Dating) -> tuple[Happening, Teller]:
        midway, behind = self._midway(dating)
        near = self.type_name if midway is None else midway.step.target.value
        way_name = dating.way if midway is None else dating.beyond
        step, links = (None, None) if way_name is None else self._step(dating, near, way_name)
        node = None
        if dating.dated is not Dated.LINK:
            node = self.planner.sight(self.type_name if links is None else dating.subject, (dating.column,))
        dated = node or links
        if dated is None:
            raise TypeError("an event is dated by a node or by a link")
        happening = Happening(
            dated=dating.dated,
            column=dating.column,
            guard=_date_guard(dated.view, dating.column),
            conditions=node.conditions if node is not None else (),
            step=step,
            midway=midway,
        )
        return happening, Teller(kind=dating.kind, column=dating.column, node=node, links=links, midway=behind)

    def _midway(self, dating: Dating) -> tuple[Midway | None, tuple[Sight, Sight] | None]:
        """Plan the way to what another leads on from."""
        if dating.way is None or dating.beyond is None:
            return None, None
        step, links = self._step(dating, self.type_name, dating.way)
        node = self.planner.sight(step.target.value, ())
        return Midway(step=step, conditions=node.conditions), (node, links)

    def _step(self, dating: Dating, near: str, way_name: str) -> tuple[Step, Sight]:
        way, roles = PATHS[near, way_name], ("role",) if self._wants("roles") else ()
        date = (dating.column,) if dating.dated is Dated.LINK else ()
        sight = self.planner.sight(way.link.value, (*date, *roles))
        step = Step(
            link=Former[way.link.name] if dating.is_over else way.link,
            direction=way.direction,
            edge=row_guard(sight.view),
            conditions=sight.conditions,
            columns=roles if "role" in sight.fields else (),
            target=way.target,
            row=row_guard(self.planner.view(way.target.value)),
        )
        return step, sight


def _date_guard(view: View, column: str) -> Guard:
    """Let through what shows a date; when a record came and changed is told with the record."""
    return field_guard(view, column) if column in view.entry.by_name else row_guard(view)
