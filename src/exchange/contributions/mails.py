"""How mails about what people share are named, so that one word stops all that have not gone.
Called by the alerts that write such mails, and by `sealing` and `conversation.sealing`."""

from exchange.mail.actions import drop_queued, forget_words
from exchange.mail.queries import sent_to


def about(contribution_id: int) -> str:
    """The beginning of the key of every mail about a contribution, or about an answer to it."""
    return f"alert:contribution:{contribution_id}"


def about_reply(contribution_id: int, reply_id: int) -> str:
    """The beginning of the key of every mail about one answer."""
    return f"{about(contribution_id)}:reply:{reply_id}"


def stop(key: str) -> None:
    """No mail of this beginning leaves any more."""
    drop_queued(key_prefix=f"{key}:")


def forget(key: str) -> None:
    """As `stop`, and no word stays in those that went: the text is withdrawn for good."""
    stop(key)
    forget_words(key_prefix=f"{key}:")


def readers(key: str, *, author: str = "") -> int:
    """To how many people mails of this beginning went, without the author's own address."""
    sent = sent_to(key_prefix=f"{key}:")
    return sum(1 for one in sent if one.address.lower() != author.lower())
