"""The directive that says, once and on the field itself, what a field discloses."""

from typing import Any

import strawberry
from strawberry.federation.schema_directive import schema_directive
from strawberry.schema_directive import Location

from schema.enums import DataClass


@schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="classified",
    compose=True,
    import_url="https://concord.example/directives/v1.0",
    description="What a field discloses: its data class, how far it can be disclosed, what else tells the same fact.",
)
class Classified:
    """`ladder` runs from the least to the most telling rung; fields of one `group` tell the same fact."""

    data_class: DataClass
    ladder: list[str]
    group: str | None = None


def classified(
    data_class: DataClass, description: str, *, ladder: tuple[str, ...] = ("full",), group: str | None = None
) -> Any:  # noqa: ANN401 - strawberry's own field function has no better type
    """Declare a disclosable field; before a method, one that takes arguments."""
    directive = Classified(data_class=data_class, ladder=list(ladder), group=group)
    return strawberry.federation.field(description=description, directives=[directive])
