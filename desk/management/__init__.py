"""Commands for the people who run a desk."""
