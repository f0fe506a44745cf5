"""What there is to do for somebody: every mutation of which an act is theirs, to a thing of some kind."""

from policies.view import Snapshot
from policies.viewer import Viewer
from resolvers.acting.planning import DEEDS
from resolvers.branch import Tree


def permissions(snapshot: Snapshot, viewer: Viewer) -> list[Tree]:
    """Tell by mutation to whose things some agreement lets a viewer do it; where there are none, it is left out."""
    found = []
    for mutation, deed in sorted(DEEDS.items()):
        owners = snapshot.open_to(viewer.cls, deed.node.value, viewer.day).get(deed.act)
        if owners:
            found.append({"mutation": mutation, "type": deed.node.value, "owners": sorted(owners)})
    return found
