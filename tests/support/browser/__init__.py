"""A real browser, Debian's, and what looks for barriers in its pages."""
