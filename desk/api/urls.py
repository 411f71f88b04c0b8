"""The addresses of the work, under /api/v1/."""

from django.urls import path

from desk.api import board, drafts, notices, people, tasks

urlpatterns = [
    path("board/", board.Board.as_view(), name="board"),
    path("tasks/", tasks.Tasks.as_view(), name="tasks"),
    path("tasks/next/", tasks.Next.as_view(), name="task-next"),
    path("tasks/<int:pk>/", tasks.OneTask.as_view(), name="task"),
    path("tasks/<int:pk>/history/", tasks.HistoryOfTask.as_view(), name="task-history"),
    path("tasks/<int:pk>/start/", tasks.Start.as_view(), name="task-start"),
    path("tasks/<int:pk>/release/", tasks.Release.as_view(), name="task-release"),
    path("tasks/<int:pk>/renew/", tasks.Renew.as_view(), name="task-renew"),
    path("tasks/<int:pk>/submit/", tasks.Submit.as_view(), name="task-submit"),
    path("tasks/<int:pk>/reassign/", tasks.Reassign.as_view(), name="task-reassign"),
    path("tasks/<int:pk>/assign/", tasks.Assign.as_view(), name="task-assign"),
    path("tasks/<int:pk>/cancel/", tasks.Cancel.as_view(), name="task-cancel"),
    path("tasks/<int:pk>/requeue/", tasks.Requeue.as_view(), name="task-requeue"),
    path("tasks/<int:pk>/reopen/", tasks.Reopen.as_view(), name="task-reopen"),
    path("tasks/<int:pk>/draft/", drafts.TaskDraft.as_view(), name="task-draft"),
    path("me/", people.Me.as_view(), name="me"),
    path("me/preferences/", notices.MyPreferences.as_view(), name="my-preferences"),
    path("me/shift/", people.MyShift.as_view(), name="my-shift"),
    path("notices/", notices.Notices.as_view(), name="notices"),
    path("notices/<int:pk>/read/", notices.ReadNotice.as_view(), name="notice-read"),
    path("staff/", people.Staff.as_view(), name="staff"),
    path("staff/<int:pk>/", people.OneOfStaff.as_view(), name="one-of-staff"),
    path("staff/<int:pk>/shift/", people.ShiftOfStaff.as_view(), name="shift-of-staff"),
]
