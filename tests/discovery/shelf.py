"""A small shelf of contributions in six languages, for the tests of search.
Called by the tests beside it."""

from datetime import UTC, datetime, timedelta

from exchange.contributions.actions import set_context
from exchange.contributions.models import Contribution, Experience, State
from exchange.discovery import actions

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)

# name: (kind, language, title, body, term keys)
SHELF: dict[str, tuple[str, str, str, str, list[str]]] = {
    "marriage-en": (
        *("question", "en", "How can we prevent child marriage in our village?"),
        "Girls leave school at fourteen. The elders say nothing can be done.",
        ["topic:child-marriage", "country:UG", "leadership:community-led"],
    ),
    "marriage-sw": (
        *("question", "sw", "Wazee wanakataa kujadili ndoa za utotoni"),
        "Tunawezaje kuanza mazungumzo na wazee wa kijiji?",
        ["topic:child-marriage", "country:TZ"],
    ),
    "committee-en": (
        *("discussion", "en", "Our committee stopped meeting when the grant ended"),
        "What brought yours back? We are volunteers and nobody is paid.",
        ["topic:community-mechanisms", "country:KE", "leadership:shared"],
    ),
    "committee-fr": (
        *("question", "fr", "Notre comité de protection ne se réunit plus"),
        "Les bénévoles sont fatigués depuis la fin du financement.",
        ["topic:community-mechanisms", "country:SN"],
    ),
    "refugees-ar": (
        *("question", "ar", "كيف نحمي الأطفال اللاجئين في المخيم؟"),
        "نعمل مع الأسر في المخيم ونريد أن نسمع من غيرنا.",
        ["topic:humanitarian-development", "country:LB"],
    ),
    "pregnancy-es": (
        *("idea", "es", "Un taller sobre embarazo adolescente con las madres"),
        "Queremos hablar con las familias antes que con la escuela.",
        ["topic:teenage-pregnancy", "country:CO"],
    ),
    "radio-pt": (
        *("idea", "pt", "Programa de rádio feito por crianças da aldeia"),
        "As crianças escolhem os temas e os mais velhos ouvem.",
        ["topic:child-participation", "country:MZ"],
    ),
    "listening-en": (
        *("experience", "en", "We listened for nine months before we proposed anything"),
        "",
        ["topic:facilitation-skills", "country:SL", "leadership:community-led"],
    ),
    "body-only-en": (
        *("discussion", "en", "What surprised us last year"),
        "Nobody had told us that marriage comes up in every conversation about school fees.",
        ["country:KE"],
    ),
}


def put(name: str, *, age_days: int = 0, state: str = State.PUBLISHED) -> Contribution:
    """One contribution of the shelf, published and indexed."""
    kind, language, title, body, keys = SHELF[name]
    model = Experience if kind == "experience" else Contribution
    row = model(
        kind=kind,
        language=language,
        title=title,
        slug=name,
        body=body,
        summary=body[:200],
        state=state,
        published_at=BEGAN + timedelta(days=len(SHELF) - age_days),
    )
    if isinstance(row, Experience):
        row.did = "We sat under the mango tree every Friday and asked the women what they feared."
        row.summary = row.did
    row.save()
    set_context(row, keys)
    actions.index_many([row])
    return row


def put_all() -> dict[str, Contribution]:
    """The whole shelf."""
    return {name: put(name) for name in SHELF}


def plain(title: str, body: str = "", *, language: str = "en", kind: str = "question") -> int:
    """One more contribution, without context; its id."""
    row = Contribution.objects.create(
        kind=kind,
        language=language,
        title=title,
        slug="plain",
        body=body,
        summary=body[:200],
        state=State.PUBLISHED,
        published_at=BEGAN,
    )
    actions.index_many([row])
    return row.pk
