from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_publication")]
    operations: list[object] = []
