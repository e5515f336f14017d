"""Who may open which address: what members write, protected voices, translations, reports, search.
Read by tests/access/test_matrix.py."""

LISTS = {
    "everybody": """
        contributions:ask
        contributions:share
        contributions:share-idea
        contributions:share-discussion
        contributions:share-notice
        contributions:experience-step draft
        contributions:question-list
        contributions:experience-list
        contributions:idea-list
        contributions:discussion-list
        contributions:notice-list
        contributions:pass-on public question
        conversation:question public question
        conversation:question voice
        conversation:experience public experience
        conversation:idea public idea
        conversation:discussion public discussion
        conversation:notice public notice
        translating:wanted
        translating:glossary
        translating:text public question
        discovery:search
        discovery:suggest
        discovery:similar
        discovery:saved-stop kept token
        safeguarding:report-general
        safeguarding:received
        safeguarding:report public question
    """,
    "everybody is led elsewhere": """
        contributions:share-experience
    """,
    "only by post": """
        contributions:draft draft
        contributions:close public question
        contributions:close waiting question
        contributions:close inside discussion
        contributions:close sealed question
        contributions:picture-out picture
        contributions:picture-out inside picture
        contributions:picture-away picture
        contributions:picture-away inside picture
        voices:act voice
        conversation:answer public question
        conversation:answer inside discussion
        conversation:answer waiting question
        conversation:contribution-helped public question
        conversation:contribution-helped inside discussion
        conversation:contribution-helped waiting question
        conversation:reply-helped own reply
        conversation:reply-helped inside reply
        conversation:reply-accepted own reply
        conversation:reply-accepted inside reply
        translating:wish public question
        translating:wish inside discussion
        translating:wish waiting question
        translating:begin public question
        translating:begin inside discussion
        translating:begin waiting question
        discovery:saved-act kept search
    """,
    "author and hosts, visitors may sign in": """
        contributions:revise public question
        contributions:revise waiting question
        contributions:withdraw public question
        contributions:withdraw waiting question
        conversation:following waiting question
        conversation:reply-revise own reply
        conversation:reply-withdraw own reply
    """,
    "author alone": """
        contributions:revise inside discussion
        contributions:picture-add public question
        contributions:picture-add waiting question
        contributions:picture-add inside discussion
        discovery:saved-change kept search
    """,
    "nobody now, and visitors may sign in": """
        contributions:revise sealed question
        contributions:withdraw sealed question
        contributions:picture-add sealed question
        translating:edit translation
        translating:edit inside translation
        translating:look translation
        translating:look begun translation
        translating:look inside translation
        translating:wrong begun translation
        translating:wrong waiting translation
        safeguarding:case-picture nothing
    """,
    "author and host of the group": """
        contributions:withdraw inside discussion
    """,
    "nobody, or only what is not there": """
        contributions:pass-on waiting question
        contributions:pass-on inside discussion
        contributions:pass-on sealed question
        conversation:question sealed question
        translating:text waiting question
    """,
    "who signed in": """
        voices:own
        conversation:following public question
        discovery:saved
    """,
    "writer of the voice alone": """
        voices:one voice
        voices:change voice
    """,
    "author and hosts": """
        conversation:question waiting question
        conversation:question held question
        conversation:question withdrawn question
        safeguarding:report waiting question
    """,
    "author alone, unseen by others": """
        conversation:question prepared question
    """,
    "hosts, unseen by others": """
        conversation:question waiting voice
    """,
    "inside, unseen from outside": """
        conversation:question inside question
        conversation:experience inside experience
        conversation:idea inside idea
        conversation:discussion inside discussion
        conversation:notice inside notice
        translating:text inside discussion
        safeguarding:report inside question
    """,
    "author and host of the group, unseen by others": """
        conversation:idea withdrawn inside
    """,
    "what waits inside: author, host of the group, hosts": """
        conversation:discussion waiting inside
    """,
    "inside, visitors may sign in": """
        conversation:following inside discussion
    """,
    "member alone": """
        conversation:reply-revise inside reply
        translating:edit begun translation
        translating:edit waiting translation
        translating:withdraw begun translation
    """,
    "who wrote inside, and its host": """
        conversation:reply-withdraw inside reply
    """,
    "second readers, author and hosts": """
        translating:look waiting translation
    """,
    "who signed in and may write": """
        translating:wrong translation
    """,
    "who writes inside": """
        translating:wrong inside translation
    """,
    "who carried it, its author and hosts": """
        translating:withdraw translation
        translating:withdraw waiting translation
    """,
    "who carried it inside, its author and host": """
        translating:withdraw inside translation
    """,
    "who signed in is led elsewhere": """
        discovery:saved-new
    """,
    "hosts at the desk": """
        safeguarding:standing
    """,
    "hosts at the desk, by post": """
        safeguarding:policy-review
        safeguarding:helpline-check
    """,
    "lead alone": """
        safeguarding:cases
        safeguarding:case case
    """,
    "lead alone, by post": """
        safeguarding:case-words case
        safeguarding:case-entry case
        safeguarding:case-message case
        safeguarding:case-decision case
        safeguarding:case-handover case
        safeguarding:case-recusal case
        safeguarding:case-closure case
    """,
}
