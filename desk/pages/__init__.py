"""The desk's own pages: queue, check, article proof, board, notices, help."""
