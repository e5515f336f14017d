"""What a reader means: a text, an answer under it, a translation; a stranger gets 404.
Called by the views beside it."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from exchange.contributions.models import OUT_STATES, Contribution
from exchange.conversation.models import Reply
from exchange.members.models import Member
from exchange.translating import rules
from exchange.translating.models import Translation


def reader(request: HttpRequest) -> Member | None:
    return request.user if request.user.is_authenticated else None


def text_of(request: HttpRequest, pk: int) -> tuple[Contribution, Reply | None]:
    """The contribution, and the answer that `?answer=` or the form names."""
    _small(pk)
    rows = Contribution.objects.visible_to(reader(request)).filter(kind__in=rules.KINDS)
    contribution = get_object_or_404(rows, pk=pk)
    if not (contribution.is_public or contribution.is_out):
        raise Http404
    number = request.POST.get("answer") or request.GET.get("answer") or ""
    if not number:
        return contribution, None
    if not number.isdecimal():
        raise Http404
    _small(int(number))
    replies = Reply.objects.visible_to(reader(request)).filter(contribution_id=contribution.pk)
    return contribution, get_object_or_404(replies, pk=int(number), state__in=OUT_STATES)


def translation_of(request: HttpRequest, pk: int) -> Translation:
    _small(pk)
    rows = Translation.objects.visible_to(reader(request)).select_related(
        "contribution", "reply", "translator"
    )
    found: Translation = get_object_or_404(rows, pk=pk)
    return found


def _small(pk: int) -> None:
    if pk >= 2**63:
        raise Http404
