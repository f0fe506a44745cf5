"""Arguments that many fields take."""

from typing import Annotated, TypeVar

import strawberry

Chosen = TypeVar("Chosen")

First = Annotated[int, strawberry.argument(description="How many at the most, 1 to 1,000.")]
After = Annotated[str | None, strawberry.argument(description="The cursor after which to read on.")]
Id = Annotated[strawberry.ID, strawberry.argument(description="The thing's id.")]
Ids = Annotated[list[strawberry.ID], strawberry.argument(description="The things' ids, 1,000 at the most.")]
Which = Annotated[Chosen | None, strawberry.argument(name="filter", description="Which ones.")]
By = Annotated[Chosen, strawberry.argument(description="In which order.")]
Over = Annotated[
    Chosen | None, strawberry.argument(name="edge", description="By which links: those that match lead to which ones.")
]
