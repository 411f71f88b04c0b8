"""Who checks and when: staff and shifts, tasks, holds, drafts, notices, the worker's pulse."""

from desk.models.counting import DayCount, DayToCount
from desk.models.staff import ConflictOfInterest, Shift, StaffProfile
from desk.models.tasks import Assignment, Draft, VerificationTask
from desk.models.upkeep import Heartbeat, Notice

__all__ = [
    "Assignment",
    "ConflictOfInterest",
    "DayCount",
    "DayToCount",
    "Draft",
    "Heartbeat",
    "Notice",
    "Shift",
    "StaffProfile",
    "VerificationTask",
]
