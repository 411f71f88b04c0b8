"""The addresses of the work, under /api/v1/."""

from django.urls import include, path

from desk.api import board, drafts, notices, people, tasks

TASKS = [
    path("", tasks.Tasks.as_view(), name="tasks"),
    path("next/", tasks.Next.as_view(), name="task-next"),
    path("<int:pk>/", tasks.OneTask.as_view(), name="task"),
    path("<int:pk>/history/", tasks.HistoryOfTask.as_view(), name="task-history"),
    path("<int:pk>/start/", tasks.Start.as_view(), name="task-start"),
    path("<int:pk>/release/", tasks.Release.as_view(), name="task-release"),
    path("<int:pk>/renew/", tasks.Renew.as_view(), name="task-renew"),
    path("<int:pk>/submit/", tasks.Submit.as_view(), name="task-submit"),
    path("<int:pk>/reassign/", tasks.Reassign.as_view(), name="task-reassign"),
    path("<int:pk>/assign/", tasks.Assign.as_view(), name="task-assign"),
    path("<int:pk>/cancel/", tasks.Cancel.as_view(), name="task-cancel"),
    path("<int:pk>/requeue/", tasks.Requeue.as_view(), name="task-requeue"),
    path("<int:pk>/reopen/", tasks.Reopen.as_view(), name="task-reopen"),
    path("<int:pk>/draft/", drafts.TaskDraft.as_view(), name="task-draft"),
]
ME = [
    path("", people.Me.as_view(), name="me"),
    path("preferences/", notices.MyPreferences.as_view(), name="my-preferences"),
    path("shift/", people.MyShift.as_view(), name="my-shift"),
]
NOTICES = [
    path("", notices.Notices.as_view(), name="notices"),
    path("<int:pk>/read/", notices.ReadNotice.as_view(), name="notice-read"),
]
STAFF = [
    path("", people.Staff.as_view(), name="staff"),
    path("<int:pk>/", people.OneOfStaff.as_view(), name="one-of-staff"),
    path("<int:pk>/shift/", people.ShiftOfStaff.as_view(), name="shift-of-staff"),
]

# An address is found noun by noun: trying all of them in turn would cost more than a read does.
urlpatterns = [
    path("board/", board.Board.as_view(), name="board"),
    path("tasks/", include(TASKS)),
    path("me/", include(ME)),
    path("notices/", include(NOTICES)),
    path("staff/", include(STAFF)),
]
