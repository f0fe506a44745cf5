"""What officers read of policies: the matrix of who is shown what, and why somebody is shown what they are."""
