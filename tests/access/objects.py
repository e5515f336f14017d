"""Which objects each route is opened with: by route, else for its whole room.
Called by tests/access/addresses.py alone."""

from __future__ import annotations

from typing import Any

NOTHING = "nothing"
_STATES = ("public question", "waiting question", "held question", "withdrawn question")
_STATES += ("sealed question", "prepared question", "voice", "waiting voice")
_WORDS = ("public question", "waiting question", "inside discussion", "sealed question")
_REPLIES = ("public reply", "inside reply")
_RECORDS = ("public record", "waiting record")
_SEAT, _OPEN = ("seat",), ("open webinar", "planned webinar")

# What stands in an address beside the object: by its name, or by the route and its name.
FIXED: dict[str, Any] = {
    "language": "en",
    "size": 320,
    "name": "x.txt",
    "sort": "opus",
    "mark": "mark",
    "version": "2.0",
    "handle": "exchange",
    "rest": "x/",
    "code": "ke",
    "period": "week",
    "gateway": "whatsapp",
    "step": "title",
    "length": "minute",
    "hub": "east-africa",
    "ending": "txt",
    "kind": "topic",
    "value": "child-participation",
    "about": "contribution",
    "place": "featured",
    "tab": "people",
    "asked": 1,
    "poll": 1,
    "row": 1,
    "form": "ris",
    "what": "contribution",
    "no pk": 987654,
    "no key": "nokeyatall",
    "no number": 987654,
    "no slug": "nothing",
    "no token": "a" * 30,
    "no item": "nothing",
    "webinars:since kind": "opus",
    "webinars:minute kind": "opus",
    "library:offered-take-back what": "summary",
    "library-desk:offered-decide what": "summary",
    "desk:looking what": "contributions",
    "organisations-desk:decide sort": "claims",
}
BY_ROOM: dict[str, tuple[str, ...]] = {
    "contributions": _WORDS,
    "conversation": ("public question", "inside discussion", "waiting question"),
    "voices": ("voice",),
    "library": _RECORDS,
    "webinars": _OPEN,
    "webinars-desk": _OPEN,
    "briefings-desk": ("issue",),
    "library-desk": (NOTHING,),
    "organisations": ("organisation", "proposed organisation"),
    "organisations-desk": ("claim",),
    "inside": ("group", "hub"),
    "hubs": ("group", "hub"),
    "hubs-desk": ("group",),
    "corresponding": ("correspondence",),
    "translating": ("translation", "begun translation", "waiting translation"),
    "discovery": ("kept search",),
    "safeguarding": ("case",),
    "contacting-desk": ("contact",),
    "translating-desk": ("term",),
    "announcing-desk": (NOTHING,),
    "home-desk": (NOTHING,),
    "desk": ("public question",),
    "voices-desk": ("voice row",),
    "mail": ("letter",),
    "members": (NOTHING,),
    "alerts": (NOTHING,),
}
BY_ROOM["translating"] += ("inside translation",)

BY_ROUTE: dict[str, tuple[str, ...]] = {
    "notice-ics": ("public notice", "inside notice"),
    "picture": ("picture", "inside picture"),
    "contribution-card": ("public question", "inside discussion", "waiting question"),
    "library-file": ("file", "waiting file"),
    **dict.fromkeys(("library-figure", "webinar-recording", "webinar-transcript"), (NOTHING,)),
    **dict.fromkeys(("webinar-hook", "webinar-recorded", "webinar-ended"), _OPEN),
    **dict.fromkeys(("nodeinfo", "fediverse-actor", "fediverse-inbox"), (NOTHING,)),
    **dict.fromkeys(("fediverse-outbox", "fediverse-followers", "fediverse-item"), (NOTHING,)),
    "fediverse-item-of": ("brief", "prepared brief", "open webinar", "planned webinar"),
    "desk-write-in": (NOTHING,),
    "pages:topic": ("topic",),
    "pages:country": (NOTHING,),
    "pages:profile": ("author number", "erased number"),
    **dict.fromkeys(("mfa_edit_webauthn", "mfa_remove_webauthn"), (NOTHING,)),
    "contributions:draft": ("draft",),
    "contributions:experience-step": ("draft",),
    **dict.fromkeys(
        ("contributions:picture-out", "contributions:picture-away"), ("picture", "inside picture")
    ),
    "conversation:question": (*_STATES, "inside question"),
    "conversation:experience": ("public experience", "inside experience"),
    "conversation:idea": ("public idea", "inside idea", "withdrawn inside"),
    "conversation:discussion": ("public discussion", "inside discussion", "waiting inside"),
    "conversation:notice": ("public notice", "inside notice"),
    **dict.fromkeys(
        (
            "conversation:reply-revise",
            "conversation:reply-withdraw",
            "conversation:reply-helped",
            "conversation:reply-accepted",
        ),
        ("own reply", "inside reply"),
    ),
    "library:deposit-twins": (NOTHING,),
    "library:deposit-review": (NOTHING,),
    "library:deposit-step": (NOTHING,),
    "library:export": ("records",),
    "library:offered-take-back": (NOTHING,),
    **dict.fromkeys(
        ("library:collection", "library:collection-words", "library:collection-close"),
        ("collection", "waiting collection"),
    ),
    **dict.fromkeys(
        ("library:shelf-move", "library:shelf-off", "library:shelf-comment"), ("on shelf",)
    ),
    **dict.fromkeys(("library:hub-shelf", "library:hub-put"), (NOTHING,)),
    **dict.fromkeys(
        (
            "webinars:opinion",
            "webinars:tried",
            "webinars:certificate",
            "webinars:seat",
            "webinars:seat-ics",
        ),
        _SEAT,
    ),
    **dict.fromkeys(
        (
            "webinars:presenting-by-key",
            "webinars:presenter-join",
            "webinars:presenter",
            "webinars:series",
            "webinars-desk:series-words",
            "webinars-desk:series-figures",
        ),
        (NOTHING,),
    ),
    "webinars:seat-stop": ("seat",),
    "alerts:stop": (NOTHING, "stop of the group", "stop of talk inside"),
    "briefings:confirm": (NOTHING,),
    "briefings:stop": (NOTHING, "stop of newsletters"),
    "briefings:quote": (NOTHING,),
    "briefings:subscription": ("subscriber",),
    "briefings:brief": ("brief", "prepared brief"),
    "briefings:newsletter": ("edition",),
    **dict.fromkeys(("briefings-desk:brief", "briefings-desk:brief-words"), ("prepared brief",)),
    **{
        f"briefings-desk:edition{more}": ("edition",)
        for more in ("", "-look", "-page", "-test", "-release", "-back")
    },
    "organisations-desk:act": ("organisation",),
    "inside:share-on": ("inside discussion",),
    "inside:share-asking": ("inside discussion",),
    "inside:queue-contribution": ("waiting inside",),
    "inside:queue-reply": ("waiting inside reply",),
    "inside:queue-revision": (NOTHING,),
    "hubs:invite-stop": (NOTHING, "stop of invitations"),
    "hubs:pair-stop": (NOTHING, "stop of the pair"),
    "hubs:letters-stop": (NOTHING, "stop of papers"),
    "hubs:invited": ("invitation",),
    "hubs:link-away": ("link",),
    "hubs:pair": ("pair",),
    "hubs:calendar": ("calendar",),
    **{f"hubs:meeting{more}": ("meeting",) for more in ("", "-change", "-off", "-come", "-file")},
    **dict.fromkeys(
        ("hubs:agenda-propose", "hubs:notes", "hubs:notes-write", "hubs:notes-finish"), ("meeting",)
    ),
    "hubs:agenda-decide": ("agenda",),
    **{f"hubs:decision{more}": ("decision",) for more in ("", "-change", "-say", "-close")},
    **{
        f"hubs:draft{more}": ("shared draft", "waiting paper")
        for more in ("", "-change", "-versions", "-restore", "-ready", "-consent", "-on")
    },
    "hubs:action": ("action",),
    "hubs:point-change": ("action",),
    "hubs:point-done": ("action",),
    "hubs:file": ("group file",),
    "hubs:file-replace": ("group file",),
    "hubs:file-bytes": ("group file",),
    "hubs:paper-decide": ("waiting paper",),
    "hubs:paper-away": ("shared draft",),
    "hubs:person": ("asks",),
    "corresponding:stop": (NOTHING, "stop of messages"),
    "corresponding:take-back": ("message",),
    **dict.fromkeys(
        ("translating:text", "translating:wish", "translating:begin"),
        ("public question", "inside discussion", "waiting question"),
    ),
    "discovery:saved-stop": ("kept token",),
    "safeguarding:report": ("public question", "waiting question", "inside question"),
    "safeguarding:case-picture": (NOTHING,),
    "contacting-desk:ready-away": (NOTHING,),
    "library-desk:file-out": ("waiting file",),
    "library-desk:file-again": ("waiting file",),
    "library-desk:shelf-decision": ("waiting collection",),
    "desk:reply-decision": ("inside reply", "waiting inside reply"),
    "desk:reply-message": _REPLIES,
    "desk:appeal-reply": _REPLIES,
    "desk:appeal-contribution": ("held question",),
    "desk:contribution-decision": ("waiting question", "inside discussion", "waiting inside"),
    "desk:contribution-message": ("public question", "inside discussion"),
    **dict.fromkeys(
        ("desk:revision-decision", "desk:delivery-decision", "desk:mail-decision"), (NOTHING,)
    ),
    **dict.fromkeys(("desk:mailbox", "desk:appeal", "desk:figures-table"), (NOTHING,)),
    "desk:figures-tab": (NOTHING,),
    "desk:looking": ("waiting question",),
    **{f"desk:{one}": ("author number",) for one in ("person", "welcome", "pause", "pause-end")},
}
