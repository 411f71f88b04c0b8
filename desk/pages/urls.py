"""The addresses of the desk's own pages."""

from django.urls import path

from desk.pages import address, board, board_moves, notices, preferences, queue
from desk.pages import help as helping
from desk.pages.check.urls import urlpatterns as check_urls
from desk.pages.proof.urls import urlpatterns as proof_urls

app_name = "desk"
urlpatterns = [
    *check_urls,
    *proof_urls,
    path("board/", board.board, name="board"),
    path("board/now/", board.board_now, name="board-now"),
    path("board/tasks/<int:pk>/give/", board_moves.give, name="board-give"),
    path("board/tasks/<int:pk>/requeue/", board_moves.requeue, name="board-requeue"),
    path("board/people/<int:pk>/shift/", board_moves.shift, name="board-shift"),
    path("board/undo/", board_moves.undo, name="board-undo"),
    path("queue/", queue.queue, name="queue"),
    path("queue/next/", queue.take_next, name="queue-next"),
    path("queue/shift/", queue.shift, name="queue-shift"),
    path("notices/", notices.notices, name="notices"),
    path("notices/unread/", notices.unread, name="unread"),
    path("notices/read/", notices.read_all, name="notices-read"),
    path("notices/<int:pk>/", notices.open_notice, name="notice"),
    path("notices/<int:pk>/read/", notices.read_one, name="notice-read"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/address/", address.address, name="address"),
    path("preferences/address/<str:key>/", address.confirm, name="confirm-address"),
    path("help/", helping.help_page, name="help"),
]
