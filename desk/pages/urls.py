"""The addresses of the desk's own pages."""

from django.urls import path

from desk.pages import help as helping
from desk.pages import notices

app_name = "desk"
urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/unread/", notices.unread, name="unread"),
    path("help/", helping.help_page, name="help"),
]
