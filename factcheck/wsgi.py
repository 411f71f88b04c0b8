"""What the web server loads: `granian --interface wsgi factcheck.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from factcheck.draining import draining

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

application = draining(get_wsgi_application())
