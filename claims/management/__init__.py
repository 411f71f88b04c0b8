"""Commands about what is checked and published."""
