"""Sharing agreements: who may see what, how far, and why."""
