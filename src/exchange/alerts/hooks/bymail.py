"""Commands by mail that this room carries out, and the last look at the texts it sends.
Loaded by hooks/__init__.py."""

from functools import partial

from exchange.alerts.bymail import following, helping, leaving, texts, wishing
from exchange.alerts.models import Level, Wishes
from exchange.ledger.models import Event
from exchange.ledger.registry import on
from exchange.mail import inbound
from exchange.mail.looking import before_sending
from exchange.mail.tokens import What

inbound.on_command("help")(helping.help_letter)
inbound.on_command("stop", changes=True)(wishing.stop)
inbound.on_command("stop-all", changes=True)(wishing.stop_all)
inbound.on_command("pause", changes=True)(wishing.pause)
inbound.on_command("start", changes=True)(wishing.start)
for rhythm in Wishes.Rhythm.values:
    inbound.on_command(rhythm, changes=True)(partial(wishing.rhythm, wished=rhythm))
for level in (Level.EACH, Level.DIGEST):
    inbound.on_command(level, changes=True)(partial(wishing.level, wished=level))
inbound.on_command("follow", changes=True)(following.follow)
inbound.on_command("unfollow", changes=True)(following.unfollow)
inbound.on_command("list")(following.show_list)
inbound.on_command("text")(texts.send)
inbound.on_command("leave")(leaving.ask)
inbound.on_token(What.LEAVE)(leaving.close)
before_sending(texts.PURPOSE)(texts.why_not)


@on("reply.withdrawn", "reply.unpublished", "reply.sealed", consumer="alerts.forget_text")
def forget_text(event: Event) -> None:
    """Mails that hold an answer among the others."""
    texts.forget(contribution_id=int(event.detail["contribution"]))
