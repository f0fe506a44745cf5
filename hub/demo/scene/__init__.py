"""A scene of the demo: people of several agencies work on one matter, each through GraphQL and nothing else."""
