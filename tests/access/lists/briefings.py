"""Who may open which address: briefs and newsletters.
Read by tests/access/test_matrix.py."""

LISTS = {
    "everybody": """
        briefings:subscribe
        briefings:subscription subscriber
        briefings:briefs
        briefings:brief brief
        briefings:newsletters
    """,
    "a link that is good no more": """
        briefings:confirm nothing
    """,
    "nobody, or only what is not there": """
        briefings:stop nothing
        briefings:stop stop of newsletters
        briefings:quote nothing
    """,
    "who signed in": """
        briefings:quotes
    """,
    "hosts, unseen by others": """
        briefings:brief prepared brief
        briefings:newsletter edition
    """,
}
