"""What the check looks for, one kind of document or phrase a module."""
