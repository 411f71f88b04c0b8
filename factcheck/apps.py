"""Which admin the desk uses."""

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """Django's admin with the desk's own site: who may enter, how it is sorted."""

    default_site = "factcheck.admin_site.DeskAdminSite"
