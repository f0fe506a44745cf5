"""Fetches the provider: `python -m tests.support.provider`."""

import sys

from tests.support.missing import NotInstalled
from tests.support.node import fetch
from tests.support.provider.server import FOLDER, PACKAGE


def main() -> int:
    """Fetch it; what was fetched before is not fetched again."""
    try:
        if not PACKAGE.is_dir():
            fetch(FOLDER)
    except NotInstalled as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
