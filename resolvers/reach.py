"""Whether what is meant for an agency would arrive: somebody there must be able to see it."""

from collections.abc import Mapping

from policies.classes import FactClass
from policies.engine import Engine
from policies.view import Snapshot
from policies.viewer import ViewerClass


def reaches(engine: Engine, agency: str, facts: str, day: str, holding: Mapping[str, bool] | None = None) -> bool:
    """Whether the agreements show somebody of an agency a thing of a class, after all limits.

    `holding` are the conditions that are known to hold or not; all others are unknown.
    """
    snapshot, known, type_ = Snapshot(engine, frozenset({facts})), holding or {}, FactClass.parse(facts).type
    for role in engine.agencies[agency].roles:
        roles = frozenset({role})
        for purpose in snapshot.purposes(agency, roles, day):
            view = snapshot.view(ViewerClass(agency=agency, roles=roles, purpose=purpose), type_, day)
            if view.mask(facts, [known.get(condition) for condition in view.conditions]):
                return True
    return False
