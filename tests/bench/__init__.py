"""Whether what is measured is what it is taken for."""
