"""Tests of what the hub holds, against the real engine."""
