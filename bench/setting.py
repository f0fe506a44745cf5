"""What each comparison is handed: where servers run, what they hold, and how much to measure."""

from dataclasses import dataclass
from pathlib import Path

from bench.engines import Kind
from bench.figures import Table
from bench.rounds import Effort
from bench.servers import Ground
from bench.town import Town


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much to measure on which engine: `rows` of imports, `sizes` of the towns that growth is measured between."""

    kind: Kind
    folder: Path
    rounds: int
    seconds: float
    rows: int
    sizes: tuple[int, ...]

    def effort(self, clients: int = 1) -> Effort:
        """The rounds, with that many clients."""
        return Effort(rounds=self.rounds, seconds=self.seconds, clients=clients)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A plan, and an engine that holds the town."""

    plan: Plan
    ground: Ground
    town: Town

    @property
    def is_neo4j(self) -> bool:
        return self.plan.kind is Kind.NEO4J

    def effort(self, clients: int = 1) -> Effort:
        return self.plan.effort(clients)

    def table(self, title: str, unit: str) -> Table:
        """An empty table."""
        return Table(title=title, engine=self.plan.kind.value, size=f"{len(self.town.people):,} people", unit=unit)
