"""Anything here at the size of a message, for a host to copy.
Reached through urls.py by hosts who have shown a second factor."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.desk.messages import messages
from exchange.members.doors import host_required


@host_required
@never_cache
@require_GET
def contribution_message(request, pk):
    item = get_object_or_404(Contribution.objects.visible_to(request.user).public(), pk=pk)
    return _page(request, item, item.language)


@host_required
@never_cache
@require_GET
def reply_message(request, pk):
    rows = Reply.objects.visible_to(request.user).public().select_related("contribution")
    item = get_object_or_404(rows, pk=pk)
    get_object_or_404(
        Contribution.objects.visible_to(request.user).public(), pk=item.contribution_id
    )
    return _page(request, item, item.language)


def _page(request, item, language):
    context = {"item": item, "messages_to_copy": messages(item), "spoken": language}
    return render(request, "desk/message.html", context)
