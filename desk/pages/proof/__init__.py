"""The article proof: the page, what can be done on it, and the list that leads there."""
