"""The check page: the article, what we know, the verdict. A module for each part of it."""
