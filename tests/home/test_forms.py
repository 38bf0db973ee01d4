"""What every form of the public site gets."""

from __future__ import annotations

import re

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from home.forms import AccessibleForm, faults_of
from home.templatetags.accessible_forms import error_summary


class Sample(AccessibleForm, forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Intitulé", help_text="En une ligne.", max_length=20)
    pupils = forms.IntegerField(label="Effectif", required=False)
    kind = forms.ChoiceField(label="Type", choices=[("a", "Atelier"), ("f", "Forum")])
    timing = forms.ChoiceField(
        label="Moment",
        choices=[("w", "Semaine"), ("y", "Année")],
        widget=forms.RadioSelect(attrs={"inline": True}),
    )
    audiences = forms.MultipleChoiceField(
        label="Publics",
        choices=[("p", "Parents"), ("e", "Élèves")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Cochez tout ce qui convient.",
    )
    agreed = forms.BooleanField(label="J’atteste")
    picture = forms.FileField(label="Visuel", required=False)
    token = forms.CharField(widget=forms.HiddenInput)


class Relaxed(AccessibleForm, forms.Form):
    """A draft, where nothing is required."""

    mark_optional = False
    title = forms.CharField(label="Intitulé", required=False)


def tag_of(html: str, identifier: str) -> str:
    """The opening tag that bears `identifier`."""
    found = re.search(rf'<[^>]*\sid="{identifier}"[^>]*>', html)
    assert found, identifier
    return found[0]


def test_each_kind_of_input_wears_its_class() -> None:
    html = str(Sample())

    assert "fr-input" in tag_of(html, "id_title")
    assert "fr-select" in tag_of(html, "id_kind")
    assert "fr-upload" in tag_of(html, "id_picture")
    assert "class=" not in tag_of(html, "id_agreed")
    assert 'class="fr-checkbox-group' in html
    assert 'class="fr-radio-group' in html
    assert 'class="fr-upload-group' in html


def test_no_attribute_that_html_does_not_know() -> None:
    assert not re.search(r"\sdsfr\b", str(Sample()))


def test_an_input_in_error_is_described_by_its_help_and_its_error() -> None:
    html = str(Sample({}))
    title = tag_of(html, "id_title")

    assert 'aria-describedby="id_title_helptext id_title_error"' in title
    assert 'aria-invalid="true"' in title
    assert tag_of(html, "id_title_helptext")
    assert tag_of(html, "id_title_error")


def test_an_input_without_error_is_described_by_its_help_alone() -> None:
    title = tag_of(str(Sample()), "id_title")

    assert 'aria-describedby="id_title_helptext"' in title
    assert "aria-invalid" not in title


def test_a_group_has_a_legend_that_names_it_with_its_error() -> None:
    html = str(Sample({}))

    assert 'aria-labelledby="id_timing_legend id_timing_error"' in tag_of(html, "id_timing_group")
    assert tag_of(html, "id_timing_legend").startswith("<legend")
    assert html.count("fr-fieldset__element--inline") == 2


def test_every_option_has_its_label() -> None:
    html = str(Sample())

    for identifier in ("id_timing_0", "id_timing_1", "id_audiences_0", "id_audiences_1"):
        assert tag_of(html, identifier).startswith("<input")
        assert f'for="{identifier}"' in html


def test_optional_fields_are_marked_and_the_rest_said_to_be_required() -> None:
    html = str(Sample())

    assert html.count("site-optional") == 2
    assert html.count("fr-text--sm") == 1


def test_a_form_where_nothing_is_required_marks_nothing() -> None:
    html = str(Relaxed())

    assert "site-optional" not in html
    assert "fr-text--sm" not in html


def test_the_summary_links_each_error_to_an_input_of_the_page() -> None:
    html = str(Sample({}))
    targets = re.findall(r'<a href="#([^"]+)"', html)

    assert targets == ["id_title", "id_kind", "id_timing_0", "id_audiences_0", "id_agreed"]
    for target in targets:
        assert tag_of(html, target)


def test_the_summary_takes_the_focus_and_names_errors_of_hidden_fields_without_a_link() -> None:
    html = str(Sample({}))

    assert "autofocus" in tag_of(html, "erreurs")
    hidden = [fault for fault in faults_of([Sample({})]) if not fault.target]
    assert [fault.label for fault in hidden] == ["Token"]


def test_a_page_with_several_forms_has_one_summary() -> None:
    formset_class = forms.formset_factory(Sample, min_num=1, validate_min=True, extra=0)
    formset = formset_class(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}, form_kwargs={"empty_permitted": False}
    )

    faults = error_summary(Relaxed(), Sample({}), formset)["faults"]

    assert "id_title" in [fault.target for fault in faults]
    assert "id_form-0-title" in [fault.target for fault in faults]


def test_without_an_error_there_is_no_summary() -> None:
    assert error_summary(Sample(), None)["faults"] == []
    assert "fr-alert" not in str(Sample())


def test_what_people_typed_is_escaped_in_labels_values_and_messages() -> None:
    attack = "<script>alert(1)</script>"
    form = Sample({"title": attack, "kind": attack})

    html = str(form)

    assert attack not in html
    assert "&lt;script&gt;" in html


def test_a_file_on_record_is_named_and_can_be_removed() -> None:
    form = Sample(initial={"picture": SimpleUploadedFile("affiche.png", b"x")})
    form.initial["picture"].url = "/nowhere/"

    html = str(form["picture"])

    assert "affiche.png" in html
    assert 'name="picture-clear"' in html
    assert "/nowhere/" not in html


def test_a_widget_keeps_its_own_class_and_adds_the_systems() -> None:
    form = Sample()
    form.fields["title"].widget.attrs["class"] = "wide"

    assert 'class="wide fr-input"' in str(form["title"])
