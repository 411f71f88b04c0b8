"""The addresses that are open to the world."""

from django.urls import URLPattern

app_name = "public"
urlpatterns: list[URLPattern] = []
