"""What each format calls the types of the vocabulary: a report, a journal article, a video.
Read by the formats beside it. COAR's names are those of its Resource Type Vocabulary 3."""

from __future__ import annotations

from dataclasses import dataclass

from exchange.contributions.describing import Description

_COAR = "http://purl.org/coar/resource_type/"


@dataclass(frozen=True)
class Sort:
    """One sort of record under its name in each format. `within`: its publisher is the journal
    or book that holds it, not a publisher."""

    ris: str = "RPRT"
    bibtex: str = "techreport"
    csl: str = "report"
    coar: str = f"{_COAR}c_93fc"
    coar_label: str = "report"
    dcmi: str = "Text"
    # The driver vocabulary that OpenAIRE's older guidelines ask for.
    driver: str = "report"
    schema: str = "Report"
    within: bool = False


REPORT = Sort()
_LEARNING = Sort(coar=f"{_COAR}c_e059", coar_label="learning object", schema="LearningResource")
_ARTICLE = Sort(
    *("JOUR", "article", "article-journal", f"{_COAR}c_6501", "journal article"),
    *("Text", "article", "ScholarlyArticle"),
    within=True,
)
# The first of these that a record is says what it is; "research" or "brief" say only how.
_SORTS: dict[str, Sort] = {
    "journal-article": _ARTICLE,
    "book-chapter": Sort(
        *("CHAP", "incollection", "chapter", f"{_COAR}c_3248", "book part"),
        *("Text", "bookPart", "Chapter"),
        within=True,
    ),
    "article": Sort(
        *("MGZN", "misc", "article-magazine", f"{_COAR}c_998f", "newspaper article"),
        *("Text", "contributionToPeriodical", "Article"),
        within=True,
    ),
    "podcast": Sort(
        *("SOUND", "misc", "broadcast", f"{_COAR}c_18cc", "sound"),
        *("Sound", "other", "PodcastEpisode"),
    ),
    "video": Sort(
        *("VIDEO", "misc", "motion_picture", f"{_COAR}c_12ce", "video"),
        *("MovingImage", "other", "VideoObject"),
    ),
    "webinar": Sort(
        *("VIDEO", "misc", "motion_picture", f"{_COAR}c_12ce", "video"),
        *("MovingImage", "other", "VideoObject"),
    ),
    "presentation": Sort(
        *("SLIDE", "misc", "speech", f"{_COAR}c_8544", "lecture"),
        *("Text", "lecture", "PresentationDigitalDocument"),
    ),
    "working-paper": Sort(coar=f"{_COAR}c_8042", coar_label="working paper", driver="workingPaper"),
    "training": _LEARNING,
    "tool": _LEARNING,
    "policy": Sort(coar=f"{_COAR}c_186u", coar_label="policy report"),
    "research": Sort(coar=f"{_COAR}c_18ws", coar_label="research report"),
}


def sort_of(described: Description) -> Sort:
    """What sort of record this is; a report when nothing tells more."""
    slugs = {word.slug for word in described.types}
    return next((sort for slug, sort in _SORTS.items() if slug in slugs), REPORT)
