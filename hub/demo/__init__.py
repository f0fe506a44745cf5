"""The demo: real public data, a made-up partnership, and four people who ask one graph."""
