"""Tests of the conversation over a WebSocket."""
