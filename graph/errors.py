"""What can go wrong in the graph.

GraphError
|-- GraphUnavailable   the engine does not answer (yet, or any more)
|-- GraphHeld          nobody may write now
|-- Overtaken          a change must be decided anew, in a turn of its own
|-- NodeReplaced       what was read is another node by now
`-- GraphOutdated      the stored graph and this program do not fit together
"""


class GraphError(Exception):
    """The base of the package's errors."""


class GraphUnavailable(GraphError):  # noqa: N818 - named as the state that it reports
    """The engine cannot be reached, or stopped answering."""


class GraphHeld(GraphError):  # noqa: N818 - named as the state that it reports
    """Writers are held back, as somebody reads the graph as a whole."""


class Overtaken(GraphError):  # noqa: N818 - named as the state that it reports
    """What a change was decided by may be otherwise by now; nothing is known to be written."""


class NodeReplaced(GraphError):  # noqa: N818 - named as the state that it reports
    """A node was taken away while a statement looked at it; read once more."""


class GraphOutdated(GraphError):  # noqa: N818 - named as the state that it reports
    """Migrations are missing, or the graph was made by a newer version."""
