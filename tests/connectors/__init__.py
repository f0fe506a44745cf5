"""Connectors, the sample, and what they refuse."""
