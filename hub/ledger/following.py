"""The newest entries, and those that come after."""

from collections.abc import Iterator
from pathlib import Path

from hub.ledger.reading import Recorded, read_recorded
from hub.ledger.segments import SegmentName, complete_lines, names


def latest(directory: Path, count: int) -> list[Recorded]:
    """The last `count` entries by time, read from the newest segments only."""
    found: list[Recorded] = []
    for chain in {name.chain for name in names(directory)}:
        mine: list[Recorded] = []
        for name in reversed([name for name in names(directory) if name.chain == chain]):
            if len(mine) >= count:
                break
            mine[:0] = filter(None, map(read_recorded, complete_lines(directory / str(name))))
        found += mine[max(0, len(mine) - count) :]
    found.sort(key=lambda one: one.time)
    return found[max(0, len(found) - count) :]


class Follower:
    """Reads on from where the segments end now."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._offsets: dict[SegmentName, int] = {}
        for _ in self._lines():
            pass

    def more(self) -> list[Recorded]:
        """The entries since the last call, by time."""
        return sorted(filter(None, map(read_recorded, self._lines())), key=lambda one: one.time)

    def _lines(self) -> Iterator[bytes]:
        for name in names(self._directory):
            with (self._directory / str(name)).open("rb") as file:
                file.seek(self._offsets.get(name, 0))
                for raw in file:
                    if raw.endswith(b"\n"):
                        self._offsets[name] = self._offsets.get(name, 0) + len(raw)
                        yield raw[:-1]
