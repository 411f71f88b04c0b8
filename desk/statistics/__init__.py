"""Thinking about the desk's numbers: pure functions over plain data, no database, no request."""
