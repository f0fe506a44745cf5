"""Tests of the process: settings, engine, HTTP, command line and ledger."""
