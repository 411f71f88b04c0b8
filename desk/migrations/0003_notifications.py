from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_notices_of_called_off_checks")]
    operations: list[object] = []
