"""What can go wrong with the embedded engine."""


class EngineError(Exception):
    """The embedded engine cannot be started or kept; the message says why and where its log is."""
