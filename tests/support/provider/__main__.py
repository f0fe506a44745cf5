"""Fetches the provider, unless that was done: `python -m tests.support.provider`."""

import sys

from tests.support.missing import fetched_by
from tests.support.provider.server import fetch

if __name__ == "__main__":
    sys.exit(fetched_by(fetch))
