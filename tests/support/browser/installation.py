"""Where the browser is, and the script that looks for barriers; both come from packages."""

import os
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent
AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
PROGRAMS = ("chromium", "npm")
"""Also what their Debian packages are called."""
HOW = "`make browser` fetches it"


class NotInstalled(Exception):  # noqa: N818 - it is what it says
    """Something is not here, or cannot be fetched; the message says what, and how to get it."""


def chromium() -> Path:
    """Find the browser; raises NotInstalled."""
    found = shutil.which("chromium")
    if found is None:
        raise NotInstalled(f"the pages are tested in Debian's chromium; {HOW}")
    return Path(found)


def axe() -> str:
    """Read the script; raises NotInstalled."""
    if not AXE.is_file():
        raise NotInstalled(f"axe-core looks for barriers on the pages; {HOW}")
    return AXE.read_text("utf-8")


def fetch() -> None:
    """Fetch what is missing, as root the Debian packages too. Raises NotInstalled."""
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing:
        wanted = " ".join(missing)
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise NotInstalled(f"the tests in a browser need more (on Debian, as root: apt-get install {wanted})")
        _run("apt-get", "update")
        _run("apt-get", "install", "--yes", "--no-install-recommends", *missing)
    if not AXE.is_file():
        _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(FOLDER))


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotInstalled(f"{' '.join(command)} failed, so there are no tests in a browser") from error
