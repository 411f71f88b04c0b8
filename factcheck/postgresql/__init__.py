"""Django's PostgreSQL backend with the driver's own way of reading times."""
