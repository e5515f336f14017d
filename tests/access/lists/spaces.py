"""Who may open which address: hubs and groups.
Read by tests/access/test_matrix.py."""

LISTS = {
    "inside, visitors may sign in": """
        inside:talk group
        hubs:meetings group
        hubs:meeting meeting
        hubs:meeting-file meeting
        hubs:notes meeting
        hubs:decisions group
        hubs:decision decision
        hubs:drafts group
        hubs:draft shared draft
        hubs:draft-versions shared draft
        hubs:points group
        hubs:action action
        hubs:files group
        hubs:file group file
        hubs:file-bytes group file
        hubs:leave group
    """,
    "nobody now, and visitors may sign in": """
        inside:talk hub
        hubs:meetings hub
        hubs:meeting-new hub
        hubs:decisions hub
        hubs:decision-new hub
        hubs:decision-change decision
        hubs:drafts hub
        hubs:draft-new hub
        hubs:points hub
        hubs:point-new hub
        hubs:files hub
        hubs:file-new hub
        hubs:papers-waiting hub
        hubs:leave hub
    """,
    "only by post": """
        inside:share-on inside discussion
        inside:share-asking inside discussion
        hubs:link-away link
        hubs:meeting-come meeting
        hubs:agenda-propose meeting
        hubs:notes-finish meeting
        hubs:agenda-decide agenda
        hubs:decision-say decision
        hubs:decision-close decision
        hubs:draft-restore shared draft
        hubs:draft-restore waiting paper
        hubs:draft-ready shared draft
        hubs:draft-ready waiting paper
        hubs:draft-consent shared draft
        hubs:draft-consent waiting paper
        hubs:draft-on shared draft
        hubs:draft-on waiting paper
        hubs:point-done action
        hubs:paper-decide waiting paper
        hubs:paper-away shared draft
        hubs:level group
        hubs:level hub
    """,
    "queue of the group": """
        inside:queue group
        inside:queue-contribution waiting inside
        inside:queue-reply waiting inside reply
    """,
    "queue of the group, nothing of the sort": """
        inside:queue hub
        inside:queue-revision nothing
    """,
    "nobody, or only what is not there": """
        hubs:invite-stop nothing
        hubs:pair-stop nothing
        hubs:letters-stop nothing
    """,
    "everybody": """
        hubs:invite-stop stop of invitations
        hubs:invited invitation
        hubs:pair-stop stop of the pair
        hubs:calendar calendar
        hubs:letters-stop stop of papers
        hubs:spaces
        hubs:space hub
    """,
    "who looks after the group": """
        hubs:inviting group
        hubs:pairs group
        hubs:settings group
        hubs:people-file group
        hubs:person asks
    """,
    "who looks after the hub": """
        hubs:inviting hub
        hubs:pairs hub
        hubs:settings hub
        hubs:people-file hub
    """,
    "who signed in": """
        hubs:my-pairs
        hubs:calendar-own
        hubs:mine
        hubs:join hub
    """,
    "the two it is between": """
        hubs:pair pair
    """,
    "host of the group": """
        hubs:meeting-new group
        hubs:meeting-change meeting
        hubs:meeting-off meeting
        hubs:papers-waiting group
    """,
    "who writes inside": """
        hubs:notes-write meeting
        hubs:decision-new group
        hubs:draft-new group
        hubs:draft-change shared draft
        hubs:point-new group
        hubs:file-new group
        hubs:file-replace group file
    """,
    "author and host of the group": """
        hubs:draft waiting paper
        hubs:draft-change waiting paper
        hubs:draft-versions waiting paper
        hubs:point-change action
    """,
    "who knows of the group": """
        hubs:space group
    """,
    "who may come to the group": """
        hubs:join group
    """,
    "who sees its people": """
        hubs:people group
    """,
    "hosts, visitors may sign in": """
        hubs:people hub
    """,
}
