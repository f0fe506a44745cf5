"""The pages for people in a real browser, over a hub that serves."""
