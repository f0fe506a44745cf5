"""Changes that people make: decided by the agreements, made in one transaction, answered through the one read path."""
