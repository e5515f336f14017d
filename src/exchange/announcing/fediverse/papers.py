"""What we say of ourselves and of our publications in the words of the fediverse. Pure.
Called by the views and by `sending`.

Sources: W3C ActivityPub (4 actors, 5.1 outbox, 5.3 followers, 6 and 7 activities), ActivityStreams
2.0 vocabulary, RFC 7033 (WebFinger), RFC 6415 (host-meta), nodeinfo.diaspora.software schemas 2.0
and 2.1, docs.joinmastodon.org/spec/activitypub (what Mastodon reads of it)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from django.utils.html import escape

from exchange.announcing.publications.queries import Told

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
STREAMS = "https://www.w3.org/ns/activitystreams"
CONTEXT: list[Any] = [
    STREAMS,
    "https://w3id.org/security/v1",
    {
        "toot": "http://joinmastodon.org/ns#",
        "discoverable": "toot:discoverable",
        "indexable": "toot:indexable",
        "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
        "Hashtag": "as:Hashtag",
    },
]
MEDIA_TYPE = "application/activity+json"
PAGE = 20
Paper = dict[str, Any]


@dataclass(frozen=True)
class Account:
    """Where everything of the one account stands."""

    base: str
    handle: str

    @property
    def id(self) -> str:
        return f"{self.base}/fediverse/{self.handle}/"

    @property
    def key_id(self) -> str:
        return f"{self.id}#main-key"

    @property
    def inbox(self) -> str:
        return f"{self.id}inbox/"

    @property
    def outbox(self) -> str:
        return f"{self.id}outbox/"

    @property
    def followers(self) -> str:
        return f"{self.id}followers/"

    @property
    def host(self) -> str:
        return urlsplit(self.base).netloc

    @property
    def address(self) -> str:
        """As people write it: @exchange@example.org."""
        return f"@{self.handle}@{self.host}"

    def item(self, key: str) -> str:
        return f"{self.base}/fediverse/items/{key}/"


def actor(
    account: Account, *, name: str, summary: str, public_pem: str, picture: str, since: datetime
) -> Paper:
    return {
        "@context": CONTEXT,
        "id": account.id,
        "type": "Service",
        "preferredUsername": account.handle,
        "name": name,
        "summary": f"<p>{escape(summary)}</p>" if summary else "",
        "url": f"{account.base}/",
        "inbox": account.inbox,
        "outbox": account.outbox,
        "followers": account.followers,
        "endpoints": {"sharedInbox": account.inbox},
        "icon": {"type": "Image", "mediaType": "image/png", "url": picture},
        "discoverable": True,
        "indexable": True,
        "manuallyApprovesFollowers": False,
        "published": _stamp(since),
        "publicKey": {"id": account.key_id, "owner": account.id, "publicKeyPem": public_pem},
    }


def note(account: Account, told: Told) -> Paper:
    """A publication. A Note, because other servers show all of it; of an Article many show the
    title alone."""
    content = _content(account, told)
    paper: Paper = {
        "id": account.item(told.key),
        "type": "Note",
        "attributedTo": account.id,
        "to": [PUBLIC],
        "cc": [account.followers],
        "url": told.address,
        "published": _stamp(told.published_at),
        "content": content,
        "contentMap": {told.language: content},
        "tag": [
            {"type": "Hashtag", "href": f"{account.base}/topics/{slug}/", "name": hashtag(label)}
            for slug, label in told.topics
        ],
    }
    return paper | ({"updated": _stamp(told.changed_at)} if told.changed_at else {})


def hashtag(label: str) -> str:
    """ "#ChildParticipation": the words of a topic as one."""
    words = "".join(letter if letter.isalnum() else " " for letter in label).split()
    return "#" + "".join(word[:1].upper() + word[1:] for word in words)


def _content(account: Account, told: Told) -> str:
    about = " · ".join(filter(None, [told.kind_label, told.note, told.hub_label]))
    tags = " ".join(
        f'<a href="{account.base}/topics/{slug}/" rel="tag">{escape(hashtag(label))}</a>'
        for slug, label in told.topics
    )
    pieces = (
        f"<strong>{escape(told.title)}</strong>",
        escape(about),
        escape(told.summary),
        f'<a href="{escape(told.address)}">{escape(told.address)}</a>',
        tags,
    )
    return "".join(f"<p>{piece}</p>" for piece in pieces if piece)


def create(account: Account, told: Told) -> Paper:
    paper = note(account, told)
    return _about("Create", account, paper, f"{paper['id']}#create", paper["published"])


def update(account: Account, told: Told) -> Paper:
    paper = note(account, told)
    at = str(paper.get("updated") or paper["published"])
    return _about("Update", account, paper, f"{paper['id']}#update-{told.version}", at)


def delete(account: Account, *, key: str, gone_at: datetime) -> Paper:
    """That it was taken back: its id, and not a word of it."""
    item = account.item(key)
    return {
        "@context": STREAMS,
        "id": f"{item}#delete",
        "type": "Delete",
        "actor": account.id,
        "to": [PUBLIC],
        "object": {"id": item, "type": "Tombstone"},
        "published": _stamp(gone_at),
    }


def tombstone(account: Account, *, key: str, gone_at: datetime) -> Paper:
    """What stands at the address of a publication that was taken back."""
    return {
        "@context": STREAMS,
        "id": account.item(key),
        "type": "Tombstone",
        "formerType": "Note",
        "deleted": _stamp(gone_at),
    }


def accept(account: Account, *, number: int, follower: str, follow: str) -> Paper:
    return {
        "@context": STREAMS,
        "id": f"{account.id}#accept-{number}",
        "type": "Accept",
        "actor": account.id,
        "object": {"id": follow, "type": "Follow", "actor": follower, "object": account.id},
    }


def collection(account: Account, address: str, *, count: int) -> Paper:
    """The head of a collection; of followers only how many they are."""
    head = {
        "@context": STREAMS,
        "id": address,
        "type": "OrderedCollection",
        "totalItems": count,
    }
    return head | ({"first": f"{address}?page=1"} if address == account.outbox else {})


def page(account: Account, tolds: Sequence[Told], *, number: int, has_more: bool) -> Paper:
    """One page of what was published, the newest first."""
    paper: Paper = {
        "@context": CONTEXT,
        "id": f"{account.outbox}?page={number}",
        "type": "OrderedCollectionPage",
        "partOf": account.outbox,
        "orderedItems": [_bare(create(account, one)) for one in tolds],
    }
    return paper | ({"next": f"{account.outbox}?page={number + 1}"} if has_more else {})


def webfinger(account: Account) -> Paper:
    return {
        "subject": f"acct:{account.handle}@{account.host}",
        "aliases": [account.id],
        "links": [
            {"rel": "self", "type": MEDIA_TYPE, "href": account.id},
            {
                "rel": "http://webfinger.net/rel/profile-page",
                "type": "text/html",
                "href": f"{account.base}/",
            },
        ],
    }


def host_meta(base: str) -> str:
    template = quoteattr(f"{base}/.well-known/webfinger?resource={{uri}}")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">'
        f'<Link rel="lrdd" type="application/jrd+json" template={template}/></XRD>\n'
    )


def nodeinfo_links(base: str) -> Paper:
    return {
        "links": [
            {
                "rel": f"http://nodeinfo.diaspora.software/ns/schema/{version}",
                "href": f"{base}/fediverse/nodeinfo/{version}/",
            }
            for version in NODEINFO
        ]
    }


NODEINFO = ("2.0", "2.1")


def nodeinfo(version: str, *, posts: int) -> Paper:
    return {
        "version": version,
        "software": {"name": "child-protection-exchange", "version": "1.0"},
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": ["atom1.0"]},
        # Nobody can join by the fediverse, and how many members there are is not told here.
        "openRegistrations": False,
        "usage": {"users": {"total": 1}, "localPosts": posts},
        "metadata": {},
    }


def _about(what: str, account: Account, paper: Paper, number: str, at: str) -> Paper:
    return {
        "@context": CONTEXT,
        "id": number,
        "type": what,
        "actor": account.id,
        "published": at,
        "to": paper["to"],
        "cc": paper["cc"],
        "object": paper,
    }


def _bare(paper: Paper) -> Paper:
    return {name: value for name, value in paper.items() if name != "@context"}


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
