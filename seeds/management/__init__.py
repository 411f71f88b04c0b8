"""The sample newsroom's commands."""
