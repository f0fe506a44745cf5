"""What a test needs and a machine may not have."""


class NotInstalled(Exception):  # noqa: N818 - it is what it says
    """Something is not here, or cannot be fetched; the message says what, and how to get it."""
