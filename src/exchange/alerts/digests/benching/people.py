"""Made-up members with wishes, and a week of made-up news in six languages.
Called by `bench digest`, in a program of its own that knows its own database."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from exchange.alerts.models import Watch, Wishes
from exchange.contributions.models import Contribution, State
from exchange.conversation.models import Follow, Reply
from exchange.core.time import now
from exchange.ledger.models import ClockJob
from exchange.ledger.registry import clocks
from exchange.members.models import Member
from exchange.taxonomy import vocabulary
from exchange.taxonomy.actions import load_terms

DOMAIN = "digest.bench.invalid"
AT_ONCE = 1000
NEW, OLD, ANSWERS = 45, 40, 60
# One in a hundred follows nothing new and must get no mail.
WITHOUT = 100
SAID = {
    "en": "How do you begin a meeting when nobody wants to speak first? We sat under the tree. ",
    "fr": "Comment commencez-vous une réunion quand personne ne veut parler en premier ? ",
    "sw": "Mnaanzaje mkutano wakati hakuna anayetaka kuzungumza kwanza? Tulikaa chini ya mti. ",
    "ar": "كيف تبدأون الاجتماع عندما لا يريد أحد أن يتكلم أولاً؟ جلسنا تحت الشجرة. ",
    "es": "¿Cómo empiezan una reunión cuando nadie quiere hablar primero? Nos sentamos juntos. ",
    "pt": "Como começam uma reunião quando ninguém quer falar primeiro? Sentámo-nos juntos. ",
}
LANGUAGES = list(SAID)
ZONES = ("Africa/Nairobi", "Africa/Lagos", "Asia/Kolkata", "America/Bogota", "Asia/Kathmandu")
COUNTRIES = ("KE", "UG", "NG", "IN", "CO", "NP", "SN", "MZ", "JO", "PE")
# Rows made up in a database of their own: no action lets them out, no gate is asked.
_OUT = {"state": State.PUBLISHED}
WORK = ("", "foster care", "village committees", "child marriage", "youth groups")


def make(count: int) -> None:
    """All of it, the same each time. Nothing is owed by the clock but the digests."""
    load_terms()
    if Member.objects.exists():
        raise SystemExit("This database holds members; the measurement needs an empty one.")
    chance, moment = Random(5), now()  # noqa: S311 - made-up people
    topics = [word.slug for word in vocabulary.terms("topic")][:12]
    authors = [
        Member.objects.create_user(f"author{n}@{DOMAIN}", display_name=f"Author {n}")
        for n in range(20)
    ]
    rows = _contributions(chance, moment, authors, topics)
    with transaction.atomic():
        _members(chance, moment, count, topics, rows)
    _quieten(moment)


def _contributions(
    chance: Random, moment: datetime, authors: list[Member], topics: list[str]
) -> list[Contribution]:
    """Some of this week, with every topic among them, and older ones that are answered."""
    rows = []
    for n in range(NEW + OLD):
        days = chance.uniform(0.1, 6.5) if n < NEW else chance.uniform(10, 80)
        language = LANGUAGES[n % len(LANGUAGES)]
        said = SAID[language]
        rows.append(
            Contribution(
                kind=("question", "idea", "discussion")[n % 3],
                **_OUT,
                title=f"{said.strip()} {n}",
                slug=f"made-up-{n}",
                summary=(said * 3)[:290],
                body=said * 12,
                language=language,
                author=authors[n % len(authors)],
                shown_as=f"Author {n % len(authors)}",
                topics=" ".join({topics[n % len(topics)], chance.choice(topics)}),
                countries=chance.choice(COUNTRIES),
                published_at=moment - timedelta(days=days),
            )
        )
    Contribution.objects.bulk_create(rows)
    Reply.objects.bulk_create(_replies(chance, moment, authors, rows))
    return rows


def _replies(
    chance: Random, moment: datetime, authors: list[Member], rows: list[Contribution]
) -> list[Reply]:
    """Every older one has an answer of this week."""
    return [
        Reply(
            contribution=rows[NEW + n % OLD],
            **_OUT,
            body=SAID[LANGUAGES[n % len(LANGUAGES)]] * 8,
            language=LANGUAGES[n % len(LANGUAGES)],
            author=authors[(n + 7) % len(authors)],
            shown_as=f"Author {(n + 7) % len(authors)}",
            published_at=moment - timedelta(days=chance.uniform(0.1, 6.5)),
        )
        for n in range(ANSWERS)
    ]


def _members(
    chance: Random, moment: datetime, count: int, topics: list[str], rows: list[Contribution]
) -> None:
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        people = Member.objects.bulk_create([_member(n, chance, moment) for n in numbers])
        Wishes.objects.bulk_create([_wishes(one, chance, moment) for one in people])
        watches: list[Watch] = []
        follows: list[Follow] = []
        for n, one in zip(numbers, people, strict=True):
            if n % WITHOUT:
                watches += _watches(one, chance, topics)
                follows += _follows(one, chance, moment, rows)
        Watch.objects.bulk_create(watches)
        Follow.objects.bulk_create(follows)


def _member(n: int, chance: Random, moment: datetime) -> Member:
    first = LANGUAGES[n % len(LANGUAGES)]
    return Member(
        email=f"member{n}@{DOMAIN}",
        display_name=f"Member {n}",
        languages=f"{first} {chance.choice(LANGUAGES)}",
        practice=chance.choice(WORK),
        joined_at=moment - timedelta(days=90),
    )


def _wishes(member: Member, chance: Random, moment: datetime) -> Wishes:
    """Due within the last hour; most wish the whole text."""
    content = chance.choices(list(Wishes.Content), weights=(16, 3, 1))[0]
    return Wishes(
        member=member,
        content=content,
        rhythm=Wishes.Rhythm.WEEKLY,
        timezone=chance.choice(ZONES),
        hour=chance.randrange(24),
        quiet_from=None,
        quiet_until=None,
        last_digest_at=moment - timedelta(days=7),
        next_digest_at=moment - timedelta(minutes=chance.uniform(1, 60)),
    )


def _watches(member: Member, chance: Random, topics: list[str]) -> list[Watch]:
    wanted = {(Watch.Kind.TOPIC, topic) for topic in chance.sample(topics, 2)}
    if chance.random() < 0.5:
        wanted.add((Watch.Kind.COUNTRY, chance.choice(COUNTRIES)))
    if chance.random() < 0.3:
        wanted.add((Watch.Kind.HELP, ""))
    if chance.random() < 0.2:
        wanted.add((Watch.Kind.HUB, "east-africa"))
    return [Watch(member=member, kind=kind, value=value) for kind, value in sorted(wanted)]


def _follows(
    member: Member, chance: Random, moment: datetime, rows: list[Contribution]
) -> list[Follow]:
    return [
        Follow(member=member, contribution=row, level="digest", at=moment - timedelta(days=9))
        for row in chance.sample(rows[NEW:], 2)
    ]


def _quieten(moment: datetime) -> None:
    """Other jobs of the clock are not what is measured."""
    ClockJob.objects.bulk_create(
        [
            ClockJob(name=name, last_slot=clock.slot(moment) + timedelta(days=1))
            for name, clock in clocks.items()
            if name != "alerts.look_for_digests"
        ]
    )
