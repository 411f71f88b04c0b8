"""Who checks it and when: staff, tasks, assignment, leases, board, pages."""
