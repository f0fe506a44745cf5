"""An embedded engine that lives for minutes: it does without what takes longer than it saves in so short a time."""

from pathlib import Path

from hub.engine.place import Place

OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC\n"
"""Without Java's second compiler, which took half of what an engine of the tests took."""


def let_be_brief(folder: Path) -> None:
    """Prepare the engine's folder, before it is started."""
    options = Place(path=folder).options
    options.touch(mode=0o600)
    options.write_text(OPTIONS, encoding="ascii")
