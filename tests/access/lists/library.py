"""Who may open which address: the library.
Read by tests/access/test_matrix.py."""

LISTS = {
    "everybody is led elsewhere": """
        library:deposit
    """,
    "everybody": """
        library:deposit-similar
        library:deposit-step nothing
        library:export records
        library:resource-cite public record
        library:short-versions public record
        library:reading public record
        library:reading-of-file public record
        library:collection-list
        library:collection collection
        library:hub-shelf nothing
        library:resource-list
        library:resource-page public record
    """,
    "who signed in is led elsewhere": """
        library:deposit-twins nothing
        library:deposit-review nothing
    """,
    "author and hosts, visitors may sign in": """
        library:change public record
        library:change waiting record
        library:files public record
        library:files waiting record
        library:collection-words waiting collection
    """,
    "hosts at the desk": """
        library:kin public record
        library:kin waiting record
    """,
    "only by post": """
        library:checked public record
        library:checked waiting record
        library:deposit-word public record
        library:deposit-word waiting record
        library:collection-close collection
        library:collection-close waiting collection
        library:shelf-move on shelf
        library:shelf-off on shelf
        library:hub-put nothing
    """,
    "nobody now, and visitors may sign in": """
        library:file-replace public record
        library:file-replace waiting record
        library:file-away public record
        library:file-away waiting record
        library:short-version-write public record
        library:short-version-write waiting record
        library:offered-take-back nothing
        library:use waiting record
        library:advice waiting record
        library:give-back-write public record
        library:give-back-write waiting record
        library:give-back-received public record
        library:give-back-received waiting record
        library:collect waiting record
    """,
    "author and hosts": """
        library:resource-cite waiting record
        library:short-versions waiting record
        library:collection waiting collection
        library:resource-page waiting record
    """,
    "who signed in": """
        library:use public record
        library:advice public record
        library:collection-new
        library:collect public record
    """,
    "nobody, or only what is not there": """
        library:given-back public record
        library:given-back waiting record
        library:reading waiting record
        library:reading-part public record
        library:reading-part waiting record
        library:reading-problem public record
        library:reading-problem waiting record
        library:reading-of-file waiting record
        library:reading-part-of-file public record
        library:reading-part-of-file waiting record
        library:reading-problem-of-file public record
        library:reading-problem-of-file waiting record
    """,
    "hosts of the library": """
        library:collection-words collection
        library:shelf-comment on shelf
    """,
}
