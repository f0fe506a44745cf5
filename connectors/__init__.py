"""How strangers' datasets become facts."""
