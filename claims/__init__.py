"""What is checked: articles, claims, evidence, verdicts, publication."""
