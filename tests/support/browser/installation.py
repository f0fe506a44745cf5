"""Where the browser is, and the script that looks for barriers; both come from packages."""

import os
import shutil
from pathlib import Path

from tests.support import node
from tests.support.missing import NotInstalled

FOLDER = Path(__file__).parent
AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
PROGRAM = "chromium"
"""Also what its Debian package is called."""
HOW = "`make browser` fetches it"


def chromium() -> Path:
    """Find the browser; raises NotInstalled."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise NotInstalled(f"the pages are tested in Debian's chromium; {HOW}")
    return Path(found)


def axe() -> str:
    """Read the script; raises NotInstalled."""
    if not AXE.is_file():
        raise NotInstalled(f"axe-core looks for barriers on the pages; {HOW}")
    return AXE.read_text("utf-8")


def fetch() -> None:
    """Fetch what is missing, as root the Debian package too. Raises NotInstalled."""
    if not shutil.which(PROGRAM):
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise NotInstalled(f"the tests in a browser need one (on Debian, as root: apt-get install {PROGRAM})")
        node.run("apt-get", "update")
        node.run("apt-get", "install", "--yes", "--no-install-recommends", PROGRAM)
    if not AXE.is_file():
        node.fetch(FOLDER)
