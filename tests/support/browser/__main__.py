"""Fetches what the tests in a browser need, unless that was done: `python -m tests.support.browser`."""

import sys

from tests.support.browser.installation import fetch
from tests.support.missing import fetched_by

if __name__ == "__main__":
    sys.exit(fetched_by(fetch))
