# The first schema.

import campaigns.models.action_rows
import campaigns.models.campaign_rows
import campaigns.school_year
import django.core.validators
import django.db.models.deletion
import home.fields
import modelcluster.fields
import wagtail.contrib.routable_page.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('establishments', '0001_initial'),
        ('home', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AcademyReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': 'publication by the académie',
                'verbose_name_plural': 'publications by the académie',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='ActionIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'catalogue of fiches',
                'verbose_name_plural': 'catalogues of fiches',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='CampaignIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'list of editions',
                'verbose_name_plural': 'lists of editions',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='EventPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
                ('kind', models.CharField(choices=[('seminar', 'Seminar'), ('round_table', 'Round table'), ('forum', 'Forum'), ('lecture', 'Lecture'), ('committee', 'Steering committee'), ('ceremony', 'Ceremony')], max_length=20, verbose_name='kind')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='place')),
                ('address', models.CharField(blank=True, help_text='Street, postcode and town, as for a letter.', max_length=255, verbose_name='address')),
                ('registration_url', models.URLField(blank=True, help_text='Shown until the event is over.', verbose_name='registration link')),
                ('recording_url', models.URLField(blank=True, help_text='Shown once the event is over; a link, so that no third party sets a cookie.', verbose_name='recording')),
                ('programme', home.fields.StreamField(blank=True, verbose_name='programme')),
                ('body', home.fields.StreamField(blank=True, verbose_name='body')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NetworkReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': 'visa of the network',
                'verbose_name_plural': 'visas of the network',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('title', models.CharField(max_length=160, verbose_name='title of the action')),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='summary')),
                ('coordinator_name', models.CharField(blank=True, max_length=120, verbose_name='coordinator')),
                ('coordinator_function', models.CharField(blank=True, choices=[('direction', 'Head of establishment or deputy'), ('cpe', 'CPE'), ('teacher', 'Teacher'), ('librarian', 'Teacher-librarian'), ('psyen', 'School psychologist (PsyEN)'), ('mlds', 'MLDS coordinator'), ('relay', 'Relay class coordinator'), ('aed', 'Educational assistant (AED)'), ('nurse', 'School nurse'), ('social_worker', 'School social worker'), ('ien_io', 'Inspector for guidance (IEN-IO)'), ('partner', 'Partner')], max_length=20, verbose_name='coordinator’s function')),
                ('coordinator_email', models.EmailField(blank=True, max_length=254, verbose_name='coordinator’s e-mail')),
                ('pupils_planned', models.PositiveIntegerField(blank=True, null=True, verbose_name='number of pupils expected')),
                ('adults_planned', models.PositiveIntegerField(blank=True, null=True, verbose_name='number of adults expected')),
                ('moment', models.CharField(blank=True, choices=[('week', 'During the Week'), ('year', 'All year round')], max_length=10, verbose_name='when')),
                ('novelty', models.CharField(blank=True, choices=[('new', 'New action'), ('renewed', 'Renewed action')], max_length=10, verbose_name='new or renewed')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='place')),
                ('openness', models.CharField(blank=True, choices=[('internal', 'The establishment only'), ('partners', 'Partners too'), ('public', 'Everyone')], max_length=10, verbose_name='open to')),
                ('registration', models.CharField(blank=True, max_length=255, verbose_name='how to register')),
                ('objectives', models.TextField(blank=True, verbose_name='objectives')),
                ('course', models.TextField(blank=True, verbose_name='course of the action')),
                ('outcome', models.TextField(blank=True, verbose_name='outcome or production')),
                ('budget', models.DecimalField(blank=True, decimal_places=2, help_text='For the académie only, never published.', max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='budget (euros)')),
                ('ready_to_reuse', models.BooleanField(default=False, verbose_name='ready to be reused elsewhere')),
                ('reuse_tips', models.TextField(blank=True, verbose_name='advice to those who would reuse it')),
                ('pupils_actual', models.PositiveIntegerField(blank=True, null=True, verbose_name='pupils who took part')),
                ('adults_actual', models.PositiveIntegerField(blank=True, null=True, verbose_name='adults who took part')),
                ('satisfaction', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='satisfaction (1 to 4)')),
                ('continued', models.BooleanField(blank=True, null=True, verbose_name='to be continued')),
                ('strengths', models.TextField(blank=True, verbose_name='what went well')),
                ('improvements', models.TextField(blank=True, verbose_name='what to improve')),
                ('advice', models.TextField(blank=True, verbose_name='advice to others')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('network_review', 'With the network'), ('academy_review', 'With the académie'), ('changes_requested', 'To be corrected'), ('published', 'Published'), ('refused', 'Not selected'), ('withdrawn', 'Withdrawn'), ('archived', 'Archived')], db_index=True, default='draft', editable=False, max_length=20, verbose_name='status')),
                ('status_changed_at', models.DateTimeField(editable=False, null=True, verbose_name='status since')),
                ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='handed in at')),
                ('refused_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('archived_at', models.DateTimeField(editable=False, null=True)),
                ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='establishments.establishment', verbose_name='establishment')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
            ],
            options={
                'verbose_name': 'fiche-action',
                'verbose_name_plural': 'fiches-actions',
                'ordering': ['-first_published_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ActionIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('label', models.CharField(max_length=160, verbose_name='indicator')),
                ('target', models.CharField(blank=True, max_length=80, verbose_name='target')),
                ('actual', models.CharField(blank=True, max_length=80, verbose_name='result')),
                ('action', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='campaigns.action')),
            ],
            options={
                'verbose_name': 'indicator',
                'verbose_name_plural': 'indicators',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActionMedia',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('kind', models.CharField(choices=[('image', 'Picture'), ('document', 'Document')], max_length=10, verbose_name='kind')),
                ('file', models.FileField(max_length=255, storage=campaigns.models.action_rows.private_storage, upload_to=campaigns.models.action_rows.unguessable_name, verbose_name='file')),
                ('alternative', models.CharField(blank=True, max_length=255, verbose_name='alternative text')),
                ('credit', models.CharField(blank=True, max_length=120, verbose_name='credit')),
                ('is_authorised', models.BooleanField(default=False, verbose_name='written authorisations are held')),
                ('action', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='media', to='campaigns.action')),
            ],
            options={
                'verbose_name': 'picture or document',
                'verbose_name_plural': 'pictures and documents',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActionSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('date', models.DateField(verbose_name='date')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='from')),
                ('ends_at', models.TimeField(blank=True, null=True, verbose_name='to')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='place')),
                ('openness', models.CharField(blank=True, choices=[('internal', 'The establishment only'), ('partners', 'Partners too'), ('public', 'Everyone')], max_length=10, verbose_name='open to')),
                ('action', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='campaigns.action')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActionType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(blank=True, help_text='Made from the label; never changes.', max_length=60, verbose_name='code')),
                ('label', models.CharField(max_length=80, verbose_name='label')),
                ('order', models.PositiveSmallIntegerField(default=1000, help_text='The smallest comes first. The shared core counts by tens: 10, 20, 30…', verbose_name='order')),
                ('is_active', models.BooleanField(default=True, help_text='Fiches that use the entry keep it when it is no longer offered.', verbose_name='offered in new fiches')),
                ('academy', models.ForeignKey(blank=True, help_text='Without one, the entry belongs to the core that all académies share.', null=True, on_delete=django.db.models.deletion.CASCADE, to='establishments.academy', verbose_name='académie')),
            ],
            options={
                'verbose_name': 'type of action',
                'verbose_name_plural': 'types of action',
                'ordering': ['order', 'label'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='action',
            name='action_types',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, to='campaigns.actiontype', verbose_name='types of action'),
        ),
        migrations.CreateModel(
            name='AssociatedEstablishment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('may_edit', models.BooleanField(default=False, verbose_name='may edit the fiche')),
                ('action', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='associated', to='campaigns.action')),
                ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='associations', to='establishments.establishment', verbose_name='establishment')),
            ],
            options={
                'verbose_name': 'associated establishment',
                'verbose_name_plural': 'associated establishments',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Audience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(blank=True, help_text='Made from the label; never changes.', max_length=60, verbose_name='code')),
                ('label', models.CharField(max_length=80, verbose_name='label')),
                ('order', models.PositiveSmallIntegerField(default=1000, help_text='The smallest comes first. The shared core counts by tens: 10, 20, 30…', verbose_name='order')),
                ('is_active', models.BooleanField(default=True, help_text='Fiches that use the entry keep it when it is no longer offered.', verbose_name='offered in new fiches')),
                ('academy', models.ForeignKey(blank=True, help_text='Without one, the entry belongs to the core that all académies share.', null=True, on_delete=django.db.models.deletion.CASCADE, to='establishments.academy', verbose_name='académie')),
            ],
            options={
                'verbose_name': 'audience',
                'verbose_name_plural': 'audiences',
                'ordering': ['order', 'label'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='action',
            name='audiences',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, to='campaigns.audience', verbose_name='audiences'),
        ),
        migrations.CreateModel(
            name='CampaignPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
                ('school_year', models.CharField(help_text='As in 2026-2027.', max_length=9, validators=[campaigns.school_year.validate_school_year], verbose_name='school year')),
                ('edition', models.PositiveSmallIntegerField(blank=True, help_text='4 for the fourth edition of the académie.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='number of the edition')),
                ('theme', models.CharField(blank=True, help_text='Shown without quotation marks below the title.', max_length=120, verbose_name='theme')),
                ('patron', models.CharField(blank=True, help_text='Name and quality, as they are to be published.', max_length=120, verbose_name='patron')),
                ('week_first_day', models.DateField(verbose_name='first day of the week')),
                ('week_last_day', models.DateField(help_text='Included in the week.', verbose_name='last day of the week')),
                ('call_opens_at', models.DateTimeField(help_text='From then on establishments may hand in their fiches.', verbose_name='call opens')),
                ('call_closes_at', models.DateTimeField(help_text='The minute that you give is included: 23:59 lasts until midnight.', verbose_name='call closes')),
                ('publication_on', models.DateField(blank=True, help_text='A date to announce; each fiche is published by a decision of yours.', null=True, verbose_name='publication of the fiches')),
                ('network_review', models.BooleanField(default=True, help_text='Otherwise, and for networks without a lead, the académie reviews at once.', verbose_name='network leads give their visa first')),
                ('body', home.fields.StreamField(blank=True, verbose_name='body')),
                ('letter', models.ForeignKey(blank=True, help_text='The letter to heads of establishment, as an accessible PDF.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.sitedocument', verbose_name='letter')),
                ('picture', models.ForeignKey(blank=True, help_text='The poster or a landscape of the edition; wider than high is best.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='picture')),
            ],
            options={
                'verbose_name': 'edition',
                'verbose_name_plural': 'editions',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CampaignKeyFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('value', models.CharField(help_text='As in “17 %”.', max_length=40, verbose_name='figure')),
                ('label', models.CharField(max_length=160, verbose_name='what it counts')),
                ('source', models.CharField(help_text='Who published it, and when.', max_length=160, verbose_name='source')),
                ('campaign', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='key_figures', to='campaigns.campaignpage')),
            ],
            options={
                'verbose_name': 'key figure',
                'verbose_name_plural': 'key figures',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CampaignContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('label', models.CharField(help_text='As in “Réseau FOQUALE de la Somme”.', max_length=160, verbose_name='service')),
                ('name', models.CharField(blank=True, help_text='Optional; it is published.', max_length=120, verbose_name='person or function')),
                ('email', models.EmailField(blank=True, help_text='The mailbox of a service, not a person’s own.', max_length=254, validators=[campaigns.models.campaign_rows.validate_official_mailbox], verbose_name='mailbox')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                ('campaign', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='campaigns.campaignpage')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='action',
            name='campaign',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='campaigns.campaignpage', verbose_name='edition'),
        ),
        migrations.CreateModel(
            name='FundingSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(blank=True, help_text='Made from the label; never changes.', max_length=60, verbose_name='code')),
                ('label', models.CharField(max_length=80, verbose_name='label')),
                ('order', models.PositiveSmallIntegerField(default=1000, help_text='The smallest comes first. The shared core counts by tens: 10, 20, 30…', verbose_name='order')),
                ('is_active', models.BooleanField(default=True, help_text='Fiches that use the entry keep it when it is no longer offered.', verbose_name='offered in new fiches')),
                ('academy', models.ForeignKey(blank=True, help_text='Without one, the entry belongs to the core that all académies share.', null=True, on_delete=django.db.models.deletion.CASCADE, to='establishments.academy', verbose_name='académie')),
            ],
            options={
                'verbose_name': 'source of funding',
                'verbose_name_plural': 'sources of funding',
                'ordering': ['order', 'label'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='action',
            name='funding_sources',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, to='campaigns.fundingsource', verbose_name='sources of funding'),
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(blank=True, help_text='Made from the label; never changes.', max_length=60, verbose_name='code')),
                ('label', models.CharField(max_length=80, verbose_name='label')),
                ('order', models.PositiveSmallIntegerField(default=1000, help_text='The smallest comes first. The shared core counts by tens: 10, 20, 30…', verbose_name='order')),
                ('is_active', models.BooleanField(default=True, help_text='Fiches that use the entry keep it when it is no longer offered.', verbose_name='offered in new fiches')),
                ('academy', models.ForeignKey(blank=True, help_text='Without one, the entry belongs to the core that all académies share.', null=True, on_delete=django.db.models.deletion.CASCADE, to='establishments.academy', verbose_name='académie')),
            ],
            options={
                'verbose_name': 'level',
                'verbose_name_plural': 'levels',
                'ordering': ['order', 'label'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='action',
            name='levels',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, to='campaigns.level', verbose_name='levels'),
        ),
        migrations.CreateModel(
            name='PartnerType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(blank=True, help_text='Made from the label; never changes.', max_length=60, verbose_name='code')),
                ('label', models.CharField(max_length=80, verbose_name='label')),
                ('order', models.PositiveSmallIntegerField(default=1000, help_text='The smallest comes first. The shared core counts by tens: 10, 20, 30…', verbose_name='order')),
                ('is_active', models.BooleanField(default=True, help_text='Fiches that use the entry keep it when it is no longer offered.', verbose_name='offered in new fiches')),
                ('academy', models.ForeignKey(blank=True, help_text='Without one, the entry belongs to the core that all académies share.', null=True, on_delete=django.db.models.deletion.CASCADE, to='establishments.academy', verbose_name='académie')),
            ],
            options={
                'verbose_name': 'type of partner',
                'verbose_name_plural': 'types of partner',
                'ordering': ['order', 'label'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActionPartner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('action', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='campaigns.action')),
                ('type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.partnertype', verbose_name='type')),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProductionType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(blank=True, help_text='Made from the label; never changes.', max_length=60, verbose_name='code')),
                ('label', models.CharField(max_length=80, verbose_name='label')),
                ('order', models.PositiveSmallIntegerField(default=1000, help_text='The smallest comes first. The shared core counts by tens: 10, 20, 30…', verbose_name='order')),
                ('is_active', models.BooleanField(default=True, help_text='Fiches that use the entry keep it when it is no longer offered.', verbose_name='offered in new fiches')),
                ('academy', models.ForeignKey(blank=True, help_text='Without one, the entry belongs to the core that all académies share.', null=True, on_delete=django.db.models.deletion.CASCADE, to='establishments.academy', verbose_name='académie')),
            ],
            options={
                'verbose_name': 'type of production',
                'verbose_name_plural': 'types of production',
                'ordering': ['order', 'label'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='action',
            name='production_types',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, to='campaigns.productiontype', verbose_name='types of production'),
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(blank=True, help_text='Made from the label; never changes.', max_length=60, verbose_name='code')),
                ('label', models.CharField(max_length=80, verbose_name='label')),
                ('order', models.PositiveSmallIntegerField(default=1000, help_text='The smallest comes first. The shared core counts by tens: 10, 20, 30…', verbose_name='order')),
                ('is_active', models.BooleanField(default=True, help_text='Fiches that use the entry keep it when it is no longer offered.', verbose_name='offered in new fiches')),
                ('academy', models.ForeignKey(blank=True, help_text='Without one, the entry belongs to the core that all académies share.', null=True, on_delete=django.db.models.deletion.CASCADE, to='establishments.academy', verbose_name='académie')),
            ],
            options={
                'verbose_name': 'theme',
                'verbose_name_plural': 'themes',
                'ordering': ['order', 'label'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='action',
            name='themes',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, to='campaigns.theme', verbose_name='themes'),
        ),
        migrations.AddConstraint(
            model_name='actiontype',
            constraint=models.UniqueConstraint(fields=('academy', 'code'), name='actiontype_code_in_academy'),
        ),
        migrations.AddConstraint(
            model_name='actiontype',
            constraint=models.UniqueConstraint(condition=models.Q(('academy__isnull', True)), fields=('code',), name='actiontype_code_in_core'),
        ),
        migrations.AddConstraint(
            model_name='audience',
            constraint=models.UniqueConstraint(fields=('academy', 'code'), name='audience_code_in_academy'),
        ),
        migrations.AddConstraint(
            model_name='audience',
            constraint=models.UniqueConstraint(condition=models.Q(('academy__isnull', True)), fields=('code',), name='audience_code_in_core'),
        ),
        migrations.AddConstraint(
            model_name='fundingsource',
            constraint=models.UniqueConstraint(fields=('academy', 'code'), name='fundingsource_code_in_academy'),
        ),
        migrations.AddConstraint(
            model_name='fundingsource',
            constraint=models.UniqueConstraint(condition=models.Q(('academy__isnull', True)), fields=('code',), name='fundingsource_code_in_core'),
        ),
        migrations.AddConstraint(
            model_name='level',
            constraint=models.UniqueConstraint(fields=('academy', 'code'), name='level_code_in_academy'),
        ),
        migrations.AddConstraint(
            model_name='level',
            constraint=models.UniqueConstraint(condition=models.Q(('academy__isnull', True)), fields=('code',), name='level_code_in_core'),
        ),
        migrations.AddConstraint(
            model_name='partnertype',
            constraint=models.UniqueConstraint(fields=('academy', 'code'), name='partnertype_code_in_academy'),
        ),
        migrations.AddConstraint(
            model_name='partnertype',
            constraint=models.UniqueConstraint(condition=models.Q(('academy__isnull', True)), fields=('code',), name='partnertype_code_in_core'),
        ),
        migrations.AddConstraint(
            model_name='productiontype',
            constraint=models.UniqueConstraint(fields=('academy', 'code'), name='productiontype_code_in_academy'),
        ),
        migrations.AddConstraint(
            model_name='productiontype',
            constraint=models.UniqueConstraint(condition=models.Q(('academy__isnull', True)), fields=('code',), name='productiontype_code_in_core'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(fields=('academy', 'code'), name='theme_code_in_academy'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(condition=models.Q(('academy__isnull', True)), fields=('code',), name='theme_code_in_core'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['campaign', 'live', '-first_published_at', '-id'], name='action_catalogue'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['establishment', 'campaign'], name='action_of_establishment'),
        ),
    ]
