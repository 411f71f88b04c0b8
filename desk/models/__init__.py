"""Who checks and when: staff and shifts, tasks, holds, drafts, notices, the worker's pulse."""

from desk.models.staff import ConflictOfInterest, Shift, StaffProfile
from desk.models.tasks import Assignment, Draft, VerificationTask
from desk.models.upkeep import Heartbeat, Notice

__all__ = [
    "Assignment",
    "ConflictOfInterest",
    "Draft",
    "Heartbeat",
    "Notice",
    "Shift",
    "StaffProfile",
    "VerificationTask",
]
