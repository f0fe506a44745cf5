"""Faults: what is killed, full, slow, doubled or changed in the middle loses nothing and tells nothing."""
