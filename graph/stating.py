"""What every stated thing has, as a neomodel class."""

from neomodel import ArrayProperty, IntegerProperty, StringProperty, StructuredNode


class Stated(StructuredNode):
    """What every thing that a dataset states has besides its values; `fingerprint` tells whether a row changed.

    The values stand on the `sheet` once more (graph.sheets), for those who read.
    """

    __abstract_node__ = True

    source_key = StringProperty(unique_index=True, required=True, db_property="sourceKey")
    owner = StringProperty(required=True)
    dataset = StringProperty(required=True)
    key = StringProperty(required=True)
    sensitivity = StringProperty(required=True)
    marked = ArrayProperty(StringProperty(), required=True)
    facts = StringProperty(required=True)
    reliability = IntegerProperty(required=True)
    first_seen = StringProperty(required=True, db_property="firstSeen")
    last_seen = StringProperty(required=True, db_property="lastSeen")
    import_run = StringProperty(db_property="importRun")
    fingerprint = StringProperty(required=True)
    sheet = StringProperty(required=True)
    stated = ArrayProperty(StringProperty(), required=True)
    raised = ArrayProperty(StringProperty())
    lifted = ArrayProperty(StringProperty())
