"""What there is to do: a mutation, the act that it is, and how it is done."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from graph.vocabulary import Node
from resolvers.acting.acting import Acting
from resolvers.acting.inputs import Given

Do = Callable[[Acting, Given], Awaitable[tuple[str, ...]]]
"""Makes a change, and returns the ids of the things that are read back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An act upon things of a type; `done` is the type of the contract that answers.

    What it `check`s of its input it checks before anything is looked up. One that `adds` states nothing but new things
    on which nobody decides, by what is on the nodes that it finds. One that `ends` something may end what alerts were
    raised of.
    """

    act: str
    node: Node
    done: str
    check: Callable[[Given], None]
    do: Do
    adds: bool = False
    ends: bool = False


def of_one(do: Callable[[Acting, Given], Awaitable[str]]) -> Do:
    """Make a change to one thing."""

    async def done(acting: Acting, given: Given) -> tuple[str, ...]:
        return (await do(acting, given),)

    return done


def nothing(_given: Given) -> None:
    """Check nothing: ids and codes are looked up."""
