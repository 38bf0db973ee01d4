from django.db import migrations


def renew(apps, schema_editor):
    """Ask by a function on PostgreSQL; find plurals and codes of establishments by the words."""
    from campaigns.text_index import create_function, empty

    create_function(schema_editor.connection)
    empty(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_text_index")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
