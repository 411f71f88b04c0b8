"""What goes out to the world, written down: pure functions over plain data."""
