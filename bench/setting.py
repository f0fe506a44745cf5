"""What each comparison is handed: where servers run, what they hold, and how much to measure."""

from dataclasses import dataclass

from bench.figures import Table
from bench.rounds import Effort
from bench.servers import Ground
from bench.town import Town


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """An engine that holds the town."""

    ground: Ground
    engine: str
    town: Town
    rounds: int
    seconds: float

    def effort(self, clients: int = 1) -> Effort:
        """The rounds, with that many clients."""
        return Effort(rounds=self.rounds, seconds=self.seconds, clients=clients)

    def table(self, title: str, unit: str) -> Table:
        """An empty table."""
        return Table(title=title, engine=self.engine, size=len(self.town.people), unit=unit)
