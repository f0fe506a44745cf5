"""The demo, as a newcomer meets it."""
