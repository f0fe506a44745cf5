"""What the hub says of itself: the viewer, the agreements in force, the imports."""

import strawberry

from schema.arguments import After, First
from schema.classified import classified
from schema.enums import AgreementStatus, AgreementTier, DataClass, Purpose, RunState
from schema.paging import Access, Connection, Node, unbound
from schema.scalars import Date, DateTime


@strawberry.type(
    description="What some agreement in force lets somebody do, to a thing of some kind that is not named."
)
class Permission:
    mutation: str = strawberry.field(description="The name of the mutation.")
    type: str = strawberry.field(description="The type of what it is done to.")
    owners: list[str] = strawberry.field(
        description="The codes of the agencies whose things it may be done to; what is new is one's own agency's."
    )


@strawberry.type(description="Who is asking, and what they could ask for.")
class Me:
    subject: str = strawberry.field(description="Who the token speaks for.")
    agency: str = strawberry.field(description="The code of their agency.")
    roles: list[str] = strawberry.field(description="Their roles.")
    wards: list[str] = strawberry.field(description="The codes of their wards.")
    purpose: Purpose | None = strawberry.field(description="The purpose that this request states.")
    purposes: list[Purpose] = strawberry.field(description="The purposes that they could state today.")
    may: list[Permission] = strawberry.field(
        description="The most that they may do for the stated purpose: a mutation may still be refused for one thing."
    )


@strawberry.type(description="A sharing agreement.")
class Agreement(Node):
    title: str | None = classified(DataClass.NON_PERSONAL, "Its title.")
    version: int | None = classified(DataClass.NON_PERSONAL, "Its version.")
    tier: AgreementTier | None = classified(DataClass.NON_PERSONAL, "What kind of document it is.")
    status: AgreementStatus | None = classified(DataClass.NON_PERSONAL, "Where it stands.")
    valid_from: Date | None = classified(DataClass.NON_PERSONAL, "The first day on which it applies.")
    valid_until: Date | None = classified(DataClass.NON_PERSONAL, "The last day on which it applies.")
    review_by: Date | None = classified(DataClass.NON_PERSONAL, "The day by which it should be reviewed.")
    signed_by: list[str] | None = classified(DataClass.NON_PERSONAL, "The parties that signed it.")
    purposes: list[Purpose] | None = classified(DataClass.NON_PERSONAL, "The purposes that it permits.")
    access: Access = strawberry.field(description="What this viewer may see of it.")


@strawberry.type(description="An agreement in a list.")
class AgreementEdge:
    node: Agreement = strawberry.field(description="The agreement.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of agreements.")
class AgreementConnection(Connection):
    edges: list[AgreementEdge] = strawberry.field(description="The agreements of this page.")


@strawberry.type(description="A row, or a value of one, that an import set aside. The raw row stays in the hub.")
class QuarantinedRow:
    line: int = strawberry.field(description="The line in the file.")
    column: str | None = strawberry.field(description="The column, where one value was set aside.")
    reason: str = strawberry.field(description="Why.")


@strawberry.type(description="What an import set aside.")
class QuarantinedRowEdge:
    node: QuarantinedRow = strawberry.field(description="The row.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Rows that an import set aside, by line.")
class QuarantinedRowConnection(Connection):
    edges: list[QuarantinedRowEdge] = strawberry.field(description="The rows of this page.")


@strawberry.type(description="One import of one file.")
class ImportRun(Node):
    connector: str | None = classified(DataClass.NON_PERSONAL, "Which connector read it.")
    file: str | None = classified(DataClass.NON_PERSONAL, "The file's name.")
    dataset: str | None = classified(DataClass.NON_PERSONAL, "The dataset that it feeds.")
    started_at: DateTime | None = classified(DataClass.NON_PERSONAL, "When it began.")
    finished_at: DateTime | None = classified(DataClass.NON_PERSONAL, "When it ended.")
    state: RunState | None = classified(DataClass.NON_PERSONAL, "How it stands.")
    rows_in: int | None = classified(DataClass.NON_PERSONAL, "Rows read.")
    stored: int | None = classified(DataClass.NON_PERSONAL, "Rows that changed the graph.")
    unchanged: int | None = classified(DataClass.NON_PERSONAL, "Rows that the graph already held.")
    quarantined: int | None = classified(DataClass.NON_PERSONAL, "Rows set aside.")
    access: Access = strawberry.field(description="What this viewer may see of it.")

    @classified(DataClass.PERSONAL, "What was set aside, by line.")
    def quarantine(self, first: First, after: After = None) -> QuarantinedRowConnection | None:
        return unbound()


@strawberry.type(description="An import run in a list.")
class ImportRunEdge:
    node: ImportRun = strawberry.field(description="The run.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of import runs.")
class ImportRunConnection(Connection):
    edges: list[ImportRunEdge] = strawberry.field(description="The runs of this page.")
