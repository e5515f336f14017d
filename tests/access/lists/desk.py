"""Who may open which address: the desk of the hosts.
Read by tests/access/test_matrix.py."""

LISTS = {
    "hosts at the desk": """
        library-desk:bring
        library-desk:bring-libraries
        library-desk:added
        library-desk:files
        library-desk:overview
        library-desk:links
        library-desk:figures
        library-desk:figures-table
        library-desk:offered
        library-desk:readings
        library-desk:shelves
        briefings-desk:subscribers
        briefings-desk:sending issue
        briefings-desk:briefs
        briefings-desk:brief-new
        briefings-desk:brief prepared brief
        briefings-desk:brief-words prepared brief
        briefings-desk:newsletters
        briefings-desk:issue issue
        briefings-desk:issue-release issue
        briefings-desk:edition edition
        briefings-desk:edition-look edition
        briefings-desk:edition-page edition
        briefings-desk:edition-release edition
        organisations-desk:queue
        contacting-desk:queue
        contacting-desk:ready
        contacting-desk:one contact
        contacting-desk:empty contact
        translating-desk:waiting
        translating-desk:terms
        translating-desk:term term
        announcing-desk:overview
        announcing-desk:channel-new
        announcing-desk:fediverse
        home-desk:overview
        home-desk:featured
        home-desk:theme
        home-desk:announcement
        home-desk:order
        home-desk:elsewhere
        hubs-desk:overview
        hubs-desk:new
        voices-desk:voices
        voices-desk:look voice row
        desk:morning
        desk:contribution-decision waiting question
        desk:contribution-decision waiting inside
        desk:reply-decision waiting inside reply
        desk:held
        desk:log
        desk:figures
        desk:figures-report
        desk:figures-all
        desk:figures-tab nothing
        desk:people
        desk:log-table
        desk:person author number
        desk:contribution-message public question
        desk:reply-message public reply
        desk:mail
        desk:appeals
    """,
    "hosts at the desk, nothing of the sort": """
        library-desk:bring-library nothing
        library-desk:bring-run nothing
        library-desk:bring-report nothing
        announcing-desk:channel nothing
        announcing-desk:channel-change nothing
        home-desk:section nothing
        desk:contribution-decision inside discussion
        desk:reply-decision inside reply
        desk:revision-decision nothing
        desk:figures-table nothing
        desk:holding public question
        desk:contribution-message inside discussion
        desk:reply-message inside reply
        desk:appeal nothing
    """,
    "hosts at the desk, by post": """
        library-desk:bring-removal nothing
        library-desk:offered-decide nothing
        briefings-desk:edition-test edition
        briefings-desk:edition-back edition
        organisations-desk:decide claim
        organisations-desk:act organisation
        contacting-desk:ready-away nothing
        contacting-desk:act contact
        home-desk:down nothing
        voices-desk:keep
        desk:delivery-decision nothing
        desk:welcome author number
        desk:pause author number
        desk:pause-end author number
        desk:looking waiting question
        desk:mail-decision nothing
        desk:mailbox-new
        desk:mailbox nothing
    """,
    "only by post": """
        library-desk:file-out waiting file
        library-desk:file-again waiting file
        library-desk:reading-change nothing
        library-desk:reading-settle nothing
        library-desk:shelf-decision waiting collection
        hubs-desk:close group
    """,
    "hosts in the writing room": """
        desk:writing
    """,
    "author alone": """
        desk:appeal-contribution held question
    """,
    "nobody now, and visitors may sign in": """
        desk:appeal-reply public reply
        desk:appeal-reply inside reply
    """,
}
