"""What is asked with a picture, and the sentence for each file that is not taken."""

from datetime import timedelta
from typing import Any

import pytest

from exchange.contributions.pictures import actions
from exchange.contributions.pictures.forms import PictureForm
from exchange.core.time import now
from exchange.members.models import Member
from tests.contributions import files

pytestmark = pytest.mark.django_db

TODAY = now().date()

FORM = {"picture-alt": "A tree", "picture-people": "nobody"}
AGREED = {
    "picture-who": "adult",
    "picture-person_agreed": "on",
    "picture-how": "spoken",
    "picture-agreed_on": TODAY.isoformat(),
    "picture-use": "here",
    "picture-until": (TODAY + timedelta(days=90)).isoformat(),
}


def form(member: Member, data: dict[str, Any], photo: bytes | None = None, **named: Any) -> Any:
    sent = {"picture-file": files.uploaded(files.photo() if photo is None else photo, **named)}
    return PictureForm({**FORM, **data}, sent, member=member)


def test_a_described_photo_is_ready(amina: Member) -> None:
    given = form(amina, {})

    assert given.is_valid(), given.errors
    assert given.ready.verdict.passed
    assert given.ready.consent is None


def test_no_file_asks_for_nothing(amina: Member) -> None:
    given = PictureForm({"picture-people": "nobody"}, {}, member=amina)

    assert given.is_valid()
    assert given.ready is None


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"picture-alt": " "}, "alt", "what is in the picture"),
        ({"picture-people": ""}, "people", "whether somebody can be recognised"),
        ({"picture-people": "consent"}, "who", "a consent needs it"),
        ({"picture-people": "consent", **AGREED, "picture-who": "child"}, "people", "guardian"),
        ({"picture-people": "consent", **AGREED, "picture-until": ""}, "until", "needs it"),
    ],
)
def test_what_must_be_said_is_asked_for(
    change: dict[str, str], field: str, why: str, amina: Member
) -> None:
    given = form(amina, change)

    assert not given.is_valid()
    assert why in str(given.errors[field])
    assert given.ready is None


def test_consent_given_whole_is_taken(amina: Member) -> None:
    given = form(amina, {"picture-people": "consent", **AGREED})

    assert given.is_valid(), given.errors
    assert given.ready.consent.how == "spoken"


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("an SVG", "We cannot take drawings of the SVG kind."),
        ("a PDF", "This is not a picture we know."),
        ("a zip bomb", "This is not a picture we know."),
        ("nothing", "This file is empty."),
        ("a pixel bomb", "This picture has too many pixels."),
        ("a picture that is a zip too", "This file is a picture and something else at once"),
        ("half a picture", "This picture is damaged or incomplete"),
    ],
)
def test_a_file_that_is_not_taken_is_answered_with_a_sentence(
    what: str, sentence: str, amina: Member
) -> None:
    given = form(amina, {}, files.HOSTILE[what][0])

    assert not given.is_valid()
    assert sentence in str(given.errors["file"])


def test_a_camera_s_file_name_is_no_telephone_number(amina: Member) -> None:
    plain = actions.judged(alt="A tree", caption="", file_name="IMG_20261120_101500.jpg", by=amina)

    assert plain.passed
