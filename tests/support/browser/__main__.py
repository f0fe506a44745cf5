"""Fetches what the tests in a browser need: `python -m tests.support.browser`."""

import sys

from tests.support.browser.installation import fetch
from tests.support.missing import NotInstalled


def main() -> int:
    """Fetch it; whatever was fetched before is not fetched again."""
    try:
        fetch()
    except NotInstalled as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
