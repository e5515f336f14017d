"""Who wrote a protected text answers it on the page alone: a mail says who sent it.
Read by pytest alone."""

import json

from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.models import Draft
from exchange.contributions.voice import actions as voices
from exchange.contributions.voice import keeping
from exchange.conversation.models import Reply
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.members.models import Member
from tests.bymail import Post
from tests.conversation.bymail.conftest import bring

WORDS = "It lasted a whole year, and then they came to us."


def test_an_answer_by_mail_to_ones_own_voice_is_not_taken_and_not_kept(
    amina: Member, beatriz: Member, desta: Member
) -> None:
    keeping.appoint(member=desta, by=beatriz)
    keeping.appoint(member=beatriz, by=desta)
    content = Content(title="How we went on", body="We went on at night.", language="en")
    row = voices.speak(kind="question", content=content, member=amina, region="east-africa")
    row.refresh_from_db()
    row = spine.publish(contribution=row, by=beatriz, version=row.version)
    letter = bring(row, amina)

    incoming = Post.of(amina).answer(WORDS)

    assert Reply.objects.count() == 0
    assert Draft.objects.count() == 0
    assert "This has not gone out yet" in OutgoingMail.objects.latest("pk").text
    kept = IncomingMail.objects.filter(pk=incoming.pk).values().get()
    assert (kept["person"], kept["words"], kept["made_id"]) == (None, "", None)
    assert kept["detail"] == {}
    later = OutgoingMail.objects.filter(pk__gt=letter.pk)
    told = json.dumps(list(later.values("text", "html", "item", "subject")))
    assert WORDS not in told
    assert row.title not in told
