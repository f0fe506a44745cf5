"""What the hub is measured by: the same data and questions for it and for what it is compared with."""
