"""A scene in print: a line for each thing that somebody did."""

from rich.console import Console
from rich.markup import escape

from hub.demo.scene.stage import Told

WHO, DID = 18, 40


def printed(console: Console, told: Told) -> None:
    """Print a line as it happens."""
    when = "today" if not told.days_ago else f"{told.days_ago} days ago"
    console.print(f"[dim]{when:>12}[/]  [bold]{escape(told.who):{WHO}}[/] {escape(told.did):{DID}} {escape(told.came)}")
