"""Proofs of the read path, on a real engine."""
