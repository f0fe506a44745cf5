"""What the hub holds: its words, its statements, its writes and its migrations."""
