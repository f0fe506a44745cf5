"""A moment at which something may have to be told of a thing."""

from dataclasses import dataclass
from enum import Enum, auto

from graph.inbox import Came, Read
from graph.plan import Position
from graph.vocabulary import Node
from resolvers.cursors import Mark
from schema.enums import UpdateKind

_AND = ","


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a subscription follows: one thing by its id, or without one all of a type that come to an agency.

    `mark` is where its client left it.
    """

    node: Node
    ident: str | None
    mark: Mark | None

    @property
    def read(self) -> Read | None:
        """How far its client has read what came to an agency; None where it has just come."""
        if self.mark is None:
            return None
        position = self.mark.position
        return Read(last=Came(turn=int(position.key or 0), id=""), told=frozenset(position.id.split(_AND)))


class Outcome(Enum):
    """What became of an occasion."""

    SILENT = auto()
    TOLD = auto()
    WITHDRAWN = auto()


@dataclass(slots=True, kw_only=True)
class Occasion:
    """Something happened to a thing, or to who may see it: in which `turn`, where it came to an agency.

    What was `told` of that turn, it included, goes with its cursor, as what came together is seen piece by piece. Of a
    thing that is followed by its id (`is_followed`) `seen` says what was told last, as a digest: the same is not told
    again, so that an event does not tell of a change that its reader may not see. Of others those who are told of any
    change hear where the thing `moves`, and all others where that `concerns` their agency.
    """

    subject: str
    turn: int = 0
    told: frozenset[str] = frozenset()
    concerns: bool = True
    moves: bool = True
    is_followed: bool = False
    seen: str | None = None
    digest: str | None = None
    outcome: Outcome = Outcome.SILENT

    def settle(self, digest: str | None, *, is_told: bool) -> UpdateKind:
        """Decide by what its reader may see of it now, None for nothing at all; who `is_told` hears of any change."""
        self.digest = digest
        if digest is None:
            self.outcome = Outcome.WITHDRAWN if self.is_followed else Outcome.SILENT
            return UpdateKind.WITHDRAWN
        is_silent = digest == self.seen if self.is_followed else not (self.moves if is_told else self.concerns)
        self.outcome = Outcome.SILENT if is_silent else Outcome.TOLD
        return UpdateKind.CHANGED

    @property
    def mark(self) -> Mark:
        """Where to go on after it."""
        if self.is_followed:
            return Mark(position=Position(key=self.digest, id=self.subject))
        return Mark(position=Position(key=self.turn, id=_AND.join(sorted(self.told))))
