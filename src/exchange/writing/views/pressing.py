"""What happens when a host presses publish, take back or delete in the editor: our own actions, and
their answer in words. Put before the editor's own through urls.py."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from exchange.writing.models import HousePage, Shelf, WrittenPage
from exchange.writing.publishing import actions, showing


def publish(request, page):
    """Always our own way, so that there is one. `anyway` comes from the button beside what a gate
    asked."""
    page = page.specific
    if not isinstance(page, WrittenPage):
        raise Http404
    insist = request.POST.get("action-publish") == "anyway"
    outcome = actions.press(revision=page.latest_revision, by=request.user, insist=insist)
    say = messages.error if outcome.is_trouble else messages.success
    say(request, showing.said(outcome.code))
    return redirect("wagtailadmin_pages:edit", page.pk)


def take_back(request, page):
    """Asked after the editor's own page of confirmation."""
    page = page.specific
    if not isinstance(page, WrittenPage):
        raise Http404
    shelf = page.get_parent()
    actions.take_back(page=page, by=request.user)
    messages.success(request, _("Nobody can read it any more."))
    return redirect("wagtailadmin_explore", shelf.pk)


def delete(request, page):
    """What is deleted here is withdrawn outside first; then the page goes with every draft."""
    page = page.specific
    if isinstance(page, Shelf | HousePage) or not isinstance(page, WrittenPage):
        raise Http404
    if request.method != "POST":
        return None
    shelf = page.get_parent()
    actions.delete(page=page, by=request.user)
    messages.success(request, _("It is deleted, and nobody can read it any more."))
    return redirect("wagtailadmin_explore", shelf.pk)


def never(request, page, *more):
    """Pages have one place and one row outside."""
    raise Http404


def one_by_one(request, action_type, objects, action):
    """What is done to many at once would pass our actions by."""
    if any(isinstance(one, Page) for one in objects):
        raise Http404


def answer():
    """Once, when the addresses are loaded."""
    for name, answers in (
        ("before_publish_page", publish),
        ("before_unpublish_page", take_back),
        ("before_delete_page", delete),
        ("before_copy_page", never),
        ("before_move_page", never),
        ("before_convert_alias_page", never),
        ("before_bulk_action", one_by_one),
    ):
        hooks.register(name, answers)
