"""Node, which a Python package brings, and the packages that are pinned for it."""

import subprocess
import sys
from pathlib import Path

NODE = Path(sys.executable).with_name("node")
NPM = NODE.with_name("npm")


class NotInstalled(Exception):  # noqa: N818 - it is what it says
    """Something is not here, or cannot be fetched; the message says what, and how to get it."""


def run(*command: str) -> None:
    """Run what fetches something; raises NotInstalled where it fails."""
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotInstalled(f"{' '.join(command)} failed, so there are fewer tests") from error


def fetch(folder: Path) -> None:
    """Fetch what the lock of a folder names, without running anything of it; raises NotInstalled."""
    run(str(NPM), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder))
