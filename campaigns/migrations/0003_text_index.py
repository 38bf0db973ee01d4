from django.db import migrations


def create(apps, schema_editor):
    from campaigns.text_index import create

    create(schema_editor.connection)


def drop(apps, schema_editor):
    from campaigns.text_index import drop

    drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_fiches_in_full")]

    operations = [migrations.RunPython(create, drop)]
