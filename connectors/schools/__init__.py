"""The national register of schools (Get Information about Schools), as its several files state it."""
