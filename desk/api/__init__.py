"""The work and the people who do it, over REST: adapters around actions and querysets."""
