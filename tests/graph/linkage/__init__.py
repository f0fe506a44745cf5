"""Tests of which records are about one person."""
