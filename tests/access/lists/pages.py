"""Who may open which address: what stands without a room of its own: the home, files, feeds, harvests, other servers.
Read by tests/access/test_matrix.py."""

LISTS = {
    "everybody": """
        healthz
        readyz
        manifest.webmanifest
        sw.js
        mark.svg
        favicon.ico
        notice-ics public notice
        picture picture
        exchange-card
        contribution-card public question
        library-file file
        oai
        calendar
        webinar-podcast
        webinar-podcast-art
        briefings-feed
        newsletters-feed
        pages:home
        pages:about
        pages:how
        pages:conduct
        pages:privacy
        pages:safeguarding
        pages:contact
        pages:help-now
        pages:topics
        pages:topic topic
        pages:country nothing
        pages:profile author number
        pages:offline
    """,
    "nobody, or only what is not there": """
        notice-ics inside notice
        contribution-card inside discussion
        contribution-card waiting question
        library-figure nothing
        webinar-recording nothing
        webinar-transcript nothing
        webinar-ended open webinar
        webinar-ended planned webinar
        webfinger
        host-meta
        nodeinfo-links
        nodeinfo nothing
        fediverse-item nothing
        fediverse-item-of brief
        fediverse-item-of prepared brief
        fediverse-item-of open webinar
        fediverse-item-of planned webinar
        fediverse-actor nothing
        fediverse-outbox nothing
        fediverse-followers nothing
        pages:profile erased number
        mail:letters
        mail:letter letter
        mail:answer letter
        mail:raw letter
    """,
    "inside, unseen from outside": """
        picture inside picture
    """,
    "author and hosts": """
        library-file waiting file
    """,
    "only by post": """
        webinar-hook open webinar
        webinar-hook planned webinar
        webinar-recorded open webinar
        webinar-recorded planned webinar
        fediverse-inbox nothing
    """,
    "hosts in the writing room": """
        desk-write
        desk-write-in nothing
    """,
}
