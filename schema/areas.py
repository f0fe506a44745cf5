"""Areas: wards and lower layer super output areas, each of a vintage."""

import strawberry

from schema.classified import classified
from schema.enums import DataClass
from schema.paging import Access, Connection, Node
from schema.scalars import GeoJSON


@strawberry.federation.type(keys=["id", "code"], description="An electoral ward of one vintage.")
class Ward(Node):
    code: str | None = classified(DataClass.NON_PERSONAL, "The ward's GSS code.")
    name: str | None = classified(DataClass.NON_PERSONAL, "The ward's name.")
    vintage: int | None = classified(DataClass.NON_PERSONAL, "The year of the boundaries.")
    local_authority: str | None = classified(DataClass.NON_PERSONAL, "GSS code of the local authority.")
    boundary: GeoJSON | None = classified(DataClass.NON_PERSONAL, "The ward's boundary.")
    access: Access = strawberry.field(description="What this viewer may see of it.")


@strawberry.type(description="A lower layer super output area of one vintage: some 400 to 1,200 households.")
class Lsoa(Node):
    code: str | None = classified(DataClass.NON_PERSONAL, "The area's GSS code.")
    name: str | None = classified(DataClass.NON_PERSONAL, "The area's name.")
    vintage: int | None = classified(DataClass.NON_PERSONAL, "The year of the boundaries.")
    local_authority: str | None = classified(DataClass.NON_PERSONAL, "GSS code of the local authority.")
    boundary: GeoJSON | None = classified(DataClass.NON_PERSONAL, "The area's boundary.")
    access: Access = strawberry.field(description="What this viewer may see of it.")


@strawberry.type(description="A ward in a list.")
class WardEdge:
    node: Ward = strawberry.field(description="The ward.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of wards.")
class WardConnection(Connection):
    edges: list[WardEdge] = strawberry.field(description="The wards of this page.")


@strawberry.type(description="An area in a list.")
class LsoaEdge:
    node: Lsoa = strawberry.field(description="The area.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of areas.")
class LsoaConnection(Connection):
    edges: list[LsoaEdge] = strawberry.field(description="The areas of this page.")
