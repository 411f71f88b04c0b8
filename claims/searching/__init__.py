"""Finding texts by their words: pure functions, alike for every database."""
