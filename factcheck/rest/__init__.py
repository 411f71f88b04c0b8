"""What the whole REST interface shares: how answers are written and how often one may ask."""
