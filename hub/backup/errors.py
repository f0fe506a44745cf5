"""What can go wrong with backups."""


class BackupError(Exception):
    """A backup cannot be made, is not whole, or cannot be restored here; the message says why and what to do."""
