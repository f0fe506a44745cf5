"""Tokens, signed and checked for real."""
