"""Node, which a Python package brings, and the packages that are pinned for it."""

import subprocess
import sys
from pathlib import Path

from tests.support.missing import NotInstalled

NODE = Path(sys.executable).with_name("node")
NPM = NODE.with_name("npm")


def run(*command: str) -> None:
    """Run what fetches something; raises NotInstalled where it fails."""
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotInstalled(f"{' '.join(command)} failed, so there are fewer tests") from error


def fetch(folder: Path) -> None:
    """Fetch what the lock of a folder names, without running anything of it; raises NotInstalled."""
    run(str(NPM), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder))
