"""The page on which people work, as a browser without scripts meets it."""
