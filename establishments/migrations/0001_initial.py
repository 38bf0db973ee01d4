# The first schema.

import django.db.models.deletion
import django.utils.timezone
import establishments.models.directory_import
import establishments.uai
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Academy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=3, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('slug', models.SlugField(unique=True, verbose_name='short name')),
                ('service_name', models.CharField(blank=True, max_length=160, verbose_name='service in charge')),
                ('address', models.TextField(blank=True, verbose_name='address')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact mailbox')),
                ('mail_domain', models.CharField(blank=True, max_length=100, verbose_name='domain of official mailboxes')),
                ('editor_group', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='academy', to='auth.group', verbose_name='group of editors')),
                ('site', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='academy', to='wagtailcore.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'académie',
                'verbose_name_plural': 'académies',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=3, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('academy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='establishments.academy', verbose_name='académie')),
                ('observers', models.ManyToManyField(blank=True, help_text='Read the published fiches of this department in the admin, and change nothing.', related_name='observed_departments', to=settings.AUTH_USER_MODEL, verbose_name='observers')),
            ],
            options={
                'verbose_name': 'department',
                'verbose_name_plural': 'departments',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Basin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, max_length=10, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('academy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='basins', to='establishments.academy', verbose_name='académie')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='basins', to='establishments.department', verbose_name='department')),
            ],
            options={
                'verbose_name': 'basin',
                'verbose_name_plural': 'basins',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='DirectoryImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(blank=True, storage=establishments.models.directory_import.private_storage, upload_to='directory', verbose_name='file')),
                ('file_name', models.CharField(max_length=200, verbose_name='file name')),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='queued', max_length=10, verbose_name='state')),
                ('bytes_total', models.PositiveBigIntegerField(default=0, verbose_name='bytes in the file')),
                ('bytes_read', models.PositiveBigIntegerField(default=0, verbose_name='bytes read')),
                ('report', models.JSONField(blank=True, default=dict, verbose_name='report')),
                ('error', models.CharField(blank=True, max_length=255, verbose_name='error')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked for at')),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last progress')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
            ],
            options={
                'verbose_name': 'import of the directory',
                'verbose_name_plural': 'imports of the directory',
                'ordering': ['-requested_at'],
            },
        ),
        migrations.CreateModel(
            name='Network',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact mailbox')),
                ('academy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='networks', to='establishments.academy', verbose_name='académie')),
                ('basins', models.ManyToManyField(blank=True, related_name='networks', to='establishments.basin', verbose_name='basins')),
                ('leads', models.ManyToManyField(blank=True, help_text='Give the visa to the fiches of this network, and see no other’s.', related_name='led_networks', to=settings.AUTH_USER_MODEL, verbose_name='network leads')),
            ],
            options={
                'verbose_name': 'network',
                'verbose_name_plural': 'networks',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Establishment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uai', models.CharField(max_length=8, unique=True, validators=[establishments.uai.validate_uai], verbose_name='UAI')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kind', models.CharField(choices=[('nursery', 'Nursery school'), ('elementary', 'Elementary school'), ('primary', 'Primary school'), ('college', 'Collège'), ('lycee_gt', 'General and technological lycée'), ('lycee_pro', 'Vocational lycée'), ('lycee_poly', 'Comprehensive lycée'), ('erea', 'EREA'), ('cio', 'Guidance centre (CIO)'), ('cfa', 'Apprentice training centre (CFA)'), ('mfr', 'Maison familiale rurale'), ('relay', 'Dispositif relais'), ('medical', 'Medico-social establishment'), ('administration', 'Administrative service'), ('other', 'Other')], default='other', max_length=20, verbose_name='kind')),
                ('sector', models.CharField(blank=True, choices=[('public', 'Public'), ('private', 'Private')], max_length=10, verbose_name='sector')),
                ('address', models.CharField(blank=True, max_length=255, verbose_name='address')),
                ('postcode', models.CharField(blank=True, max_length=5, verbose_name='postcode')),
                ('commune', models.CharField(blank=True, max_length=80, verbose_name='commune')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitude')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='mailbox in the directory')),
                ('mailbox_override', models.EmailField(blank=True, help_text='Where the directory’s mailbox is wrong. An import never changes it.', max_length=254, verbose_name='mailbox used instead')),
                ('is_open', models.BooleanField(default=True, verbose_name='open')),
                ('source', models.CharField(choices=[('directory', 'Directory'), ('manual', 'Entered by hand')], default='manual', max_length=10, verbose_name='source')),
                ('search_text', models.CharField(blank=True, editable=False, max_length=320)),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('academy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='establishments', to='establishments.academy', verbose_name='académie')),
                ('account', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='establishment', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('basin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='establishments', to='establishments.basin', verbose_name='basin')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='establishments', to='establishments.department', verbose_name='department')),
                ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='establishments', to='establishments.network', verbose_name='network')),
            ],
            options={
                'verbose_name': 'establishment',
                'verbose_name_plural': 'establishments',
                'ordering': ['commune', 'name', 'uai'],
            },
        ),
        migrations.AddConstraint(
            model_name='basin',
            constraint=models.UniqueConstraint(fields=('academy', 'name'), name='basin_name_in_academy'),
        ),
        migrations.AddConstraint(
            model_name='network',
            constraint=models.UniqueConstraint(fields=('academy', 'name'), name='network_name_in_academy'),
        ),
        migrations.AddIndex(
            model_name='establishment',
            index=models.Index(fields=['commune', 'name', 'uai'], name='establishment_order'),
        ),
    ]
