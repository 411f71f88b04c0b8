"""The addresses of the desk's own pages."""

from django.urls import URLPattern

app_name = "desk"
urlpatterns: list[URLPattern] = []
