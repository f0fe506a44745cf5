"""Tests of the embedded engine, on real processes."""
