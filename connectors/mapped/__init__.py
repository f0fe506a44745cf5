"""Datasets that are read by what a YAML file says of them."""
