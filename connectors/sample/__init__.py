"""A made-up partnership: extracts of any size about people who do not exist."""
