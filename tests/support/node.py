"""Node, which a Python package brings, and the packages that are pinned for it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.missing import NotInstalled

NODE = Path(sys.executable).with_name("node")
NPM = NODE.with_name("npm")


def run(*command: str, **variables: str) -> None:
    """Run what fetches something, under some more variables; raises NotInstalled where it fails."""
    try:
        subprocess.run(command, env={**os.environ, **variables}, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotInstalled(f"{' '.join(command)} failed, so there are fewer tests") from error


def fetch(folder: Path) -> None:
    """Fetch what the lock of a folder names, without running anything of it; raises NotInstalled.

    The machine's authorities are believed, as by everything else that fetches: Node brings others of its own.
    """
    command = (
        str(NPM),
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--prefix",
        str(folder),
    )
    run(*command, NODE_OPTIONS="--use-system-ca")
