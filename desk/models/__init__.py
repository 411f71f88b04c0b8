"""Who checks and when: staff and shifts, tasks, holds, drafts, notices, the worker's pulse."""

from desk.models.counting import DayCount, DayToCount
from desk.models.notices import Mail, Notice, TaskView
from desk.models.preferences import Preferences
from desk.models.staff import ConflictOfInterest, Shift, StaffProfile
from desk.models.tasks import Assignment, Draft, VerificationTask
from desk.models.upkeep import Heartbeat

__all__ = [
    "Assignment",
    "ConflictOfInterest",
    "DayCount",
    "DayToCount",
    "Draft",
    "Heartbeat",
    "Mail",
    "Notice",
    "Preferences",
    "Shift",
    "StaffProfile",
    "TaskView",
    "VerificationTask",
]
