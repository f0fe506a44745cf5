"""Backups: everything that a hub holds in one file, which any engine takes back."""
