"""What the writing room holds about a host can be handed over and is forgotten, also where its models
are not loaded."""

import pytest
from django.test import Client
from wagtail.models import Page, PageLogEntry, Revision

from exchange.desk.writing.kept import DESTROY, FORGET
from exchange.members import dossier
from exchange.members.models import Member

pytestmark = pytest.mark.django_db
ROOM = "/desk/write/"


def test_every_column_of_the_room_that_points_at_a_member_is_known() -> None:
    rooms = ("wagtail", "writing", "taggit")
    pointing = {
        (relation.related_model._meta.db_table, relation.field.column)
        for relation in Member._meta.related_objects
        if relation.related_model._meta.app_label.startswith(rooms)
    }

    assert pointing - set(FORGET) - set(DESTROY) == set()
    assert dossier.without_entry() == []
    assert dossier.rooms_that_are_gone() == []


def test_a_host_gets_what_they_did_there_and_is_forgotten(host: Client, beatriz: Member) -> None:
    host.get(ROOM + "open/page/about/en/")
    page = Page.objects.latest("pk").specific
    page.save_revision(user=beatriz, log_action=True)

    told = dossier.export(beatriz)["desk"]["writing"]
    dossier.erase(beatriz)

    assert told["drafts"]
    assert told["done"][-1]["action"] == "wagtail.edit"
    assert Revision.objects.exists()
    assert not Revision.objects.filter(user=beatriz).exists()
    assert not PageLogEntry.objects.filter(user_id=beatriz.pk).exists()
    assert not Page.objects.filter(owner=beatriz).exists()
