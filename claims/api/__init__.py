"""What is checked, over REST: five-line adapters around actions and querysets."""
