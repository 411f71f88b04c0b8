"""What the web server loads: `granian --interface wsgi factcheck.wsgi:application`."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from factcheck.draining import draining

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

application = draining(get_wsgi_application())
# The first to ask should not be the one who waits for every view to be loaded.
import_module(settings.ROOT_URLCONF)
# What is loaded by now stays. Looking through it for garbage again and again took a tenth of the
# processor time of a request.
gc.collect()
gc.freeze()
