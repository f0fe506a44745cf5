"""Subscriptions: when something may have to be told, and to whom it is told, decided anew each time."""
