from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0005_texts_without_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="cataloguestamp",
            name="recent",
            field=models.JSONField(default=list),
        ),
    ]
