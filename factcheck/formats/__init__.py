"""How the desk writes dates and times, by language."""
