"""Following places: what can be followed, once, at which level; and what an account's end leaves.
Run by pytest alone."""

import pytest

from exchange.alerts.models import Level, Watch, Wishes
from exchange.alerts.watching import rules, words
from exchange.alerts.watching.actions import NoSuchPlace, watch
from exchange.contributions.errors import TooMany
from exchange.core.time import now
from exchange.mail.actions import About, queue_mail
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_same_place_twice_is_one_watch_at_the_level_chosen_last(amina):
    watch(member=amina, kind="country", value="ke", level="each")
    watch(member=amina, kind="country", value="KE", level="digest")

    kept = Watch.objects.get()
    assert (kept.value, kept.level) == ("KE", "digest")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *(("topic", "nothing"), ("country", "zz"), ("hub", "atlantis"), ("person", "x")),
        *(("person", "99999"), ("person", "9" * 30), ("organisation", "  "), ("weather", "rain")),
    ],
)
def test_what_does_not_exist_is_not_followed(amina, kind, value):
    with pytest.raises(NoSuchPlace):
        watch(member=amina, kind=kind, value=value)

    assert not Watch.objects.exists()


def test_nobody_follows_themselves(amina):
    with pytest.raises(NoSuchPlace):
        watch(member=amina, kind="person", value=str(amina.pk))


def test_there_is_an_end_to_what_one_person_can_follow(amina, monkeypatch):
    monkeypatch.setattr(rules, "MOST_WATCHED", 2)
    watch(member=amina, kind="country", value="KE")
    watch(member=amina, kind="country", value="UG", level="off")
    watch(member=amina, kind="country", value="TZ")

    with pytest.raises(TooMany):
        watch(member=amina, kind="country", value="RW")

    watch(member=amina, kind="country", value="TZ", level="each")
    assert Watch.objects.exclude(level=Level.OFF).count() == 2


def test_a_digest_is_planned_when_something_goes_into_it_and_not_before(amina):
    watch(member=amina, kind="help", level="each")
    assert not Wishes.objects.exists()

    watch(member=amina, kind="country", value="KE")

    planned = Wishes.objects.get()
    assert planned.next_digest_at > now()
    assert (planned.timezone, planned.quiet_from) == ("Africa/Nairobi", None)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Nyumba Kumi", "nyumba-kumi"),
        (" NYUMBA   kumi ", "nyumba-kumi"),
        ("جمعية الأمل", "جمعية-الأمل"),
    ],
)
def test_an_organisation_is_known_by_its_name_in_any_script(name, slug):
    assert rules.organisation_slug(name) == slug


def test_the_dossier_has_all_of_it_and_leaving_takes_it_away(amina):
    femi = cast.person("Femi", welcomed_at=now())
    watch(member=amina, kind="country", value="KE")
    watch(member=femi, kind="person", value=str(amina.pk))
    queue_mail(
        to=amina.email,
        subject="s",
        text="t",
        purpose="alert",
        about=About(person=amina.pk, item="reply:1"),
    )
    told = dossier.export(amina)["alerts"]
    assert told["watches"][0]["value"] == "KE"
    assert told["sent"][0]["item"] == "reply:1"

    dossier.erase(amina)

    assert not Watch.objects.exists()
    assert not Wishes.objects.filter(member=amina).exists()
    assert list(OutgoingMail.objects.values_list("person", flat=True)) == [None]


def test_a_person_who_left_has_no_name_in_what_follows_them(amina):
    gone = Watch(member=amina, kind="person", value="99999")

    assert words.name_of(gone) == "A practitioner"
    assert words.why(gone) == "you follow A practitioner"
