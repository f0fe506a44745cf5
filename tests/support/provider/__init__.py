"""A real OpenID provider, at which tests sign in."""
