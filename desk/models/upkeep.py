"""How the desk knows that its worker is alive."""

from django.db import models


class Heartbeat(models.Model):
    """When a part of the desk was last seen alive."""

    name = models.CharField(max_length=20, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at:%H:%M:%S}"
