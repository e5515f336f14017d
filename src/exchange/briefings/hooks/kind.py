"""The kinds "brief" and "newsletter" on the shared table.
Loaded by hooks/__init__.py."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.briefings.errors import NotAgreed
from exchange.briefings.models import Brief, Newsletter
from exchange.briefings.quoting import checking
from exchange.contributions import kinds
from exchange.contributions.actions import ROWS
from exchange.contributions.errors import NotReady
from exchange.contributions.kinds import Kind, SearchText
from exchange.contributions.models import Contribution
from exchange.taxonomy import vocabulary


def _full_brief(row: Contribution) -> Contribution:
    return row if isinstance(row, Brief) else Brief.objects.get(pk=row.pk)


def _full_newsletter(row: Contribution) -> Contribution:
    return row if isinstance(row, Newsletter) else Newsletter.objects.get(pk=row.pk)


def _search_text(row: Contribution) -> SearchText:
    labels = [vocabulary.label(f"topic:{slug}", row.language) for slug in row.topic_slugs]
    labels += [vocabulary.country_name(code, row.language) for code in row.country_codes]
    return SearchText(title=row.title, keywords=". ".join(labels), body=row.body)


def _must_be_agreed(row: Contribution) -> None:
    """By whichever door it would come out: nobody's words without their yes."""
    brief = Brief.objects.get(pk=row.pk)
    try:
        checking.must_be_agreed(brief)
    except NotAgreed:
        why = gettext("Somebody whose words or name stand in it has not agreed to that.")
        raise NotReady(why) from None


ROWS["brief"] = Brief
ROWS["newsletter"] = Newsletter
kinds.register(
    Kind(
        slug="brief",
        label=_("Brief"),
        plural=_("Briefs"),
        page="briefings:brief",
        listing="briefings:briefs",
        search_text=_search_text,
        full=_full_brief,
        icon="brief",
        may_go_out=_must_be_agreed,
        is_by_hosts=True,
        invites=_("No brief has been written yet. Hosts write one when a talk has ripened."),
    )
)
kinds.register(
    Kind(
        slug="newsletter",
        label=_("Newsletter"),
        plural=_("Newsletters"),
        page="briefings:newsletter",
        listing="briefings:newsletters",
        search_text=_search_text,
        full=_full_newsletter,
        icon="newsletter",
        takes_replies=False,
        is_by_hosts=True,
        invites=_("No newsletter has been sent yet. Leave an address, and you get the first one."),
    )
)
