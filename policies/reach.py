"""Whether what is meant for an agency would arrive: somebody there must be able to see it, or to act on it."""

from collections.abc import Iterator, Mapping

from policies.classes import FactClass
from policies.engine import Engine
from policies.view import Snapshot, View
from policies.viewer import ViewerClass


def reaches(engine: Engine, agency: str, facts: str, day: str, holding: Mapping[str, bool] | None = None) -> bool:
    """Whether the agreements show somebody of an agency a thing of a class, after all limits.

    `holding` are the conditions that are known to hold or not; all others are unknown.
    """
    return any(reached(engine, agency, facts, day, holding))


def reached(
    engine: Engine, agency: str, facts: str, day: str, holding: Mapping[str, bool] | None = None
) -> Iterator[ViewerClass]:
    """Who at an agency is shown something of a thing of a class, after all limits."""
    snapshot, type_ = Snapshot(engine, frozenset({facts})), FactClass.parse(facts).type
    for viewer in _viewers(snapshot, agency, day):
        view = snapshot.view(viewer, type_, day)
        if view.mask(facts, _held(view, holding)):
            yield viewer


def sights(
    engine: Engine, agency: str, facts: str, day: str, holding: Mapping[str, bool] | None
) -> Iterator[tuple[View, int]]:
    """How far the agreements show a thing of a class to each who could look at it at an agency, after all limits."""
    snapshot, type_ = Snapshot(engine, frozenset({facts})), FactClass.parse(facts).type
    for viewer in _viewers(snapshot, agency, day):
        view = snapshot.view(viewer, type_, day)
        yield view, view.mask(facts, _held(view, holding))


def lets_act(engine: Engine, agency: str, act: str, facts: str, day: str) -> bool:
    """Whether the agreements let somebody of an agency do that to a thing of a class, whatever else holds of it."""
    snapshot, type_ = Snapshot(engine, frozenset({facts})), FactClass.parse(facts).type
    views = (snapshot.acts(viewer, type_, day) for viewer in _viewers(snapshot, agency, day))
    return any(view.mask(facts, _held(view, None)) & view.entry.top(act) for view in views)


def _viewers(snapshot: Snapshot, agency: str, day: str) -> Iterator[ViewerClass]:
    entry = snapshot.engine.agencies.get(agency)  # who has left the partnership may still take part in a case
    for role in entry.roles if entry is not None else ():
        roles = frozenset({role})
        for purpose in snapshot.purposes(agency, roles, day):
            yield ViewerClass(agency=agency, roles=roles, purpose=purpose)


def _held(view: View, holding: Mapping[str, bool] | None) -> list[bool | None]:
    return [(holding or {}).get(condition) for condition in view.conditions]
