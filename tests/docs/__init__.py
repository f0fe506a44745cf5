"""The pages in docs/: every example on them is run."""
