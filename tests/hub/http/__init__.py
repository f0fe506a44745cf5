"""The web application, through real sockets."""
