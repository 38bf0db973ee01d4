from django.db import migrations

FTS = "campaigns_actiontext_fts"


def _renew(schema_editor, columns):
    """Make the table of words of SQLite anew; all words are made again after the migrations.

    PostgreSQL drops the index of a column with the column.
    """
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute(f"DROP TABLE IF EXISTS {FTS}")
    schema_editor.execute(f"CREATE VIRTUAL TABLE {FTS} USING fts5({columns}, tokenize = 'ascii')")
    schema_editor.execute("DELETE FROM campaigns_actiontext")


def without_names(apps, schema_editor):
    _renew(schema_editor, "title, body, scope")


def with_names(apps, schema_editor):
    _renew(schema_editor, "title, body, names, scope")


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_text_function")]

    operations = [
        migrations.RunPython(without_names, with_names),
        migrations.RemoveField(model_name="actiontext", name="names"),
    ]
