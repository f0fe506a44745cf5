"""The one read path: from a selection to disclosed values."""
