"""What a test needs and a machine may not have."""

import sys
from collections.abc import Callable


class NotInstalled(Exception):  # noqa: N818 - it is what it says
    """Something is not here, or cannot be fetched; the message says what, and how to get it."""


def fetched_by(fetch: Callable[[], None]) -> int:
    """Fetch something as a program does; gives its exit code, and says what is missing."""
    try:
        fetch()
    except NotInstalled as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0
