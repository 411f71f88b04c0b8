"""The admin for editors and leads: the work and the people. Every save goes through an action."""

from desk.admin import duty, staff, tasks, tokens, users, wording

__all__ = ["duty", "staff", "tasks", "tokens", "users", "wording"]
