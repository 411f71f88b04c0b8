"""What the desk costs: each module is a command that prints a table."""
