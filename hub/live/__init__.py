"""What is told as it happens: who is woken when, and the conversation over a WebSocket."""
