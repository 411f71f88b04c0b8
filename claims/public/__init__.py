"""What readers, researchers and search engines see: fact-checks, archive, corrections, feeds."""
