"""Changes, through the public face."""
