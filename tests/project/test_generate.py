"""Made-up content: how much, how it is spread, that it is the same again, and where it may not go.
Read by pytest alone."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Max
from django.test import Client

from exchange.contributions.models import ContextTerm, Contribution
from exchange.conversation.models import Reply
from exchange.discovery.models import SearchEntry
from exchange.library.models import Resource
from exchange.members.models import Member

pytestmark = pytest.mark.django_db(transaction=True)


def generate(*options: str) -> str:
    out = io.StringIO()
    call_command("generate", "--contributions", "400", *options, stdout=out)
    return out.getvalue()


def titles() -> list[str]:
    return list(Contribution.objects.order_by("published_at").values_list("title", flat=True))


def test_it_makes_what_was_asked_for_and_says_how_fast() -> None:
    said = generate()

    assert "400 contributions" in said
    assert "rows a second" in said
    assert Contribution.objects.count() == 400
    assert 1200 < Reply.objects.count() < 2800
    languages = Contribution.objects.values_list("language", flat=True)
    assert set(languages) == {"en", "fr", "sw", "ar", "es", "pt"}


def test_everything_that_is_copied_agrees() -> None:
    generate()

    answered = Contribution.objects.annotate(n=Count("replies"), newest=Max("replies__pk"))
    assert not answered.exclude(n=F("reply_count")).exists()
    assert not Contribution.objects.filter(reply_count__gt=0, first_reply_at__isnull=True).exists()
    terms = ContextTerm.objects.exclude(
        published_at=F("contribution__published_at"),
        state=F("contribution__state"),
        kind=F("contribution__kind"),
        language=F("contribution__language"),
    )
    assert not terms.exists()
    assert SearchEntry.objects.count() == Contribution.objects.listed().count()


def test_new_rows_can_be_added_afterwards() -> None:
    generate()

    member = Member.objects.create_user("new@example.org")

    assert Contribution.objects.create(kind="idea", author=member).pk > 400


def test_the_pages_show_it(visitor: Client) -> None:
    generate()
    question = Contribution.objects.filter(kind="question", reply_count__gt=1).first()
    record = Resource.objects.listed().first()

    assert visitor.get(question.get_absolute_url()).status_code == 200
    assert visitor.get(record.get_absolute_url()).status_code == 200
    assert visitor.get("/library/?order=title").status_code == 200


def test_the_same_seed_makes_the_same_words() -> None:
    generate("--seed", "7")
    first = titles()
    Contribution.objects.all().delete()
    Member.objects.all().delete()

    generate("--seed", "7")

    assert titles() == first


def test_it_keeps_out_of_a_database_with_real_members() -> None:
    Member.objects.create_user("somebody@example.org")

    with pytest.raises(CommandError, match="holds real members"):
        generate()
    assert not Contribution.objects.exists()

    generate("--into-existing")
    assert Contribution.objects.count() == 400
