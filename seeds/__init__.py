"""A sample newsroom, and the command that loads it."""
