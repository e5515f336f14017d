"""Collections and the shelves of hubs: their pages, and the way records come onto them.
Called by urls alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.contributions.content import Content
from exchange.contributions.errors import (
    ChangedMeanwhile,
    NotAllowed,
    Noticed,
    Refused,
    SpineError,
    TooMany,
)
from exchange.contributions.noticing import Passage, passages
from exchange.core import ids, languages
from exchange.library import shelf as laid_out
from exchange.library.models import Shelf, ShelfItem
from exchange.library.shelving import actions, queries, rules
from exchange.library.shelving.forms import CommentForm, PuttingForm, ShelfForm
from exchange.library.views.asked import number, reader_of, resource_for, version_in
from exchange.members.doors import host_required, member_required_keeping_text, unsent
from exchange.members.models import Member
from exchange.taxonomy import vocabulary


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    """All collections, and one's own that are not out yet."""
    listed = queries.collections(number(request))
    reader = reader_of(request)
    mine = queries.kept_by(reader)
    context = {
        "listed": listed,
        "hubs": [_hub(slug) for slug in queries.hubs()],
        "mine": [one for one in mine if not one.is_public],
        "pages": laid_out.numbered(listed, {}),
    }
    return render(request, "library/shelving/collections.html", context)


@require_safe
def collection(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One collection with its records, in its maker's order."""
    shelf = _shelf(request, pk)
    if slug != (shelf.slug or "-"):
        return HttpResponseRedirect(shelf.get_absolute_url())
    return _shelf_page(request, shelf)


@require_safe
def hub_shelf(request: HttpRequest, hub: str) -> HttpResponse:
    """The shelf of a hub, and below it what was marked useful there."""
    if vocabulary.term(f"region:{hub}") is None:
        raise Http404
    shelf = queries.of_hub(hub, reader_of(request)) or Shelf(kind=Shelf.Kind.HUB, hub=hub)
    useful = queries.useful(hub)
    reader = reader_of(request)
    more = {
        "useful": laid_out.shelf_cards(useful),
        "may_put": bool(reader and reader.is_host and rules.may_keep(reader)),
    }
    return _shelf_page(request, shelf, more)


@never_cache
@member_required_keeping_text
def collect(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a record in a collection: one of mine, or a new one."""
    resource = resource_for(request, pk)
    member = request.user
    if not resource.is_public:
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = PuttingForm(given, shelves=_choices(member), initial=unsent(request))
    page = {"form": form, "resource": resource, "may_keep": rules.may_keep(member)}
    if given is None:
        return _form_page(request, "collect", page)
    if not form.is_valid():
        return _form_page(request, "collect", page, status=422)
    typed = {"language": languages.current(), "insist": bool(request.POST.get("insist"))}
    words = form.cleaned_data
    try:
        if form.is_new:
            once = ids.sent_back(request.POST.get("once", ""))
            shelf = actions.make_shelf(
                by=member, title=words["title"], words="", once_key=once, **typed
            )
        else:
            shelf = _chosen(member, words["shelf"])
        item = actions.put_on(
            shelf=shelf, resource=resource, by=member, comment=words["comment"], **typed
        )
    except SpineError as error:
        return _again(request, "collect", page, error)
    _say(request, shelf, waits=bool(item.proposed))
    return HttpResponseRedirect(shelf.get_absolute_url())


@never_cache
@member_required_keeping_text
def new_collection(request: HttpRequest) -> HttpResponse:
    """An empty collection."""
    form = ShelfForm(request.POST if request.method == "POST" else None, initial=unsent(request))
    page = {"form": form, "may_keep": rules.may_keep(request.user)}
    if request.method != "POST":
        return _form_page(request, "words", page)
    if not form.is_valid():
        return _form_page(request, "words", page, status=422)
    try:
        shelf = actions.make_shelf(
            by=request.user,
            once_key=ids.sent_back(request.POST.get("once", "")),
            insist=bool(request.POST.get("insist")),
            **form.cleaned_data,
        )
    except SpineError as error:
        return _again(request, "words", page, error)
    _say(request, shelf)
    return HttpResponseRedirect(shelf.get_absolute_url())


@never_cache
@member_required_keeping_text
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """The title and words of a collection or of a hub's shelf, changed; or the collection closed."""
    shelf = _editable(request, pk)
    begun = {
        "title": shelf.proposed_title or shelf.title,
        "words": shelf.proposed_words or shelf.words,
        "language": shelf.language,
        "version": shelf.version,
        **unsent(request),
    }
    form = ShelfForm(request.POST if request.method == "POST" else None, initial=begun)
    version = request.POST.get("version", "") or str(begun["version"])
    page = {"form": form, "shelf": shelf, "version": version, "may_keep": True}
    if request.method != "POST":
        return _form_page(request, "words", page)
    if not form.is_valid():
        return _form_page(request, "words", page, status=422)
    try:
        shelf = actions.change_shelf(
            shelf=shelf,
            by=request.user,
            version=version_in(version),
            insist=bool(request.POST.get("insist")),
            **form.cleaned_data,
        )
    except ChangedMeanwhile as error:
        page["version"] = error.version
        return _again(request, "words", page, error)
    except SpineError as error:
        return _again(request, "words", page, error)
    _say(request, shelf, waits=bool(shelf.proposed_title))
    return HttpResponseRedirect(shelf.get_absolute_url())


@never_cache
@member_required_keeping_text
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """The word on a record as it stands on a shelf."""
    item = _item(request, pk)
    begun = {"comment": item.proposed or item.comment, **unsent(request)}
    form = CommentForm(request.POST if request.method == "POST" else None, initial=begun)
    page = {"form": form, "item": item, "resource": item.resource, "may_keep": True}
    if request.method != "POST":
        return _form_page(request, "comment", page)
    if not form.is_valid():
        return _form_page(request, "comment", page, status=422)
    try:
        item = actions.comment_on(
            item=item,
            by=request.user,
            comment=form.cleaned_data["comment"],
            language=languages.current(),
            insist=bool(request.POST.get("insist")),
        )
    except SpineError as error:
        return _again(request, "comment", page, error)
    _say(request, item.shelf, waits=bool(item.proposed))
    return _to_item(request, item)


@require_POST
@never_cache
@member_required_keeping_text(back=lambda request, pk: reverse("library:collection-list"))
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One step up or down; a page that is older than the order changes nothing."""
    item = _item(request, pk)
    version = request.POST.get("version", "")
    try:
        actions.move(
            item=item,
            by=request.user,
            up=request.POST.get("way") == "up",
            version=version_in(version),
        )
    except ChangedMeanwhile:
        messages.info(request, _("Somebody changed the order meanwhile. This is how it is now."))
    return _to_item(request, item)


@require_POST
@never_cache
@member_required_keeping_text(back=lambda request, pk: reverse("library:collection-list"))
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """A record leaves the shelf."""
    item = _item(request, pk)
    actions.take_off(item=item, by=request.user)
    messages.success(request, _("It is off the shelf."))
    return HttpResponseRedirect(item.shelf.get_absolute_url())


@require_POST
@never_cache
@member_required_keeping_text(back=lambda request, pk: reverse("library:collection-list"))
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """A collection is closed for good."""
    shelf = _editable(request, pk)
    if shelf.hub:
        raise Http404
    actions.close_shelf(shelf=shelf, by=request.user)
    messages.success(request, _("The collection is closed. The records stay in the library."))
    return HttpResponseRedirect(reverse("library:collection-list"))


@require_POST
@never_cache
@host_required
def put_on_hub(request: HttpRequest, hub: str) -> HttpResponse:
    """A host puts a record that was marked useful on the shelf of the hub, with one tap."""
    given = request.POST.get("resource", "")
    resource = resource_for(request, version_in(given))
    try:
        shelf = actions.shelf_of_hub(hub=hub, by=request.user)
        item = actions.put_on(shelf=shelf, resource=resource, by=request.user)
    except (NotAllowed, TooMany):
        raise Http404 from None
    return _to_item(request, item)


def _shelf_page(
    request: HttpRequest, shelf: Shelf, more: dict[str, Any] | None = None
) -> HttpResponse:
    reader = reader_of(request)
    stood = queries.stood(shelf, number(request)) if shelf.pk else queries.Stood()
    cards = laid_out.shelf_cards([item.resource for item in stood.rows])
    may_edit = bool(shelf.pk) and rules.may_edit(reader, shelf)
    context = {
        "shelf": shelf,
        "stood": stood,
        "items": list(zip(stood.rows, cards, strict=True)),
        "pages": laid_out.numbered(stood, {}),
        "may_edit": may_edit,
        "mine": reader is not None and shelf.by_id == reader.pk,
        **(more or {}),
    }
    response = render(request, "library/shelving/shelf.html", context)
    if shelf.pk and not shelf.is_public:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
    return response


def _form_page(
    request: HttpRequest, name: str, page: dict[str, Any], status: int = 200
) -> HttpResponse:
    page["once"] = ids.sent_back(request.POST.get("once", "")) or ids.new_id()
    return render(request, f"library/shelving/{name}.html", page, status=status)


def _again(
    request: HttpRequest, name: str, page: dict[str, Any], error: SpineError
) -> HttpResponse:
    """The form with everything typed, and why it was not taken."""
    form = page["form"]
    if isinstance(error, Noticed):
        page["noticed"] = _noticed(error, form)
    elif isinstance(error, ChangedMeanwhile):
        form.add_error(
            None, _("Somebody changed this meanwhile. Send again to put your words in its place.")
        )
    elif isinstance(error, TooMany):
        form.add_error(None, _("That is as many as one shelf, or one person, can keep here."))
    elif isinstance(error, Refused):
        form.add_error(
            None,
            _(
                "This cannot go out as it is. Please look at it again, or write to the hosts: "
                "they will help."
            ),
        )
    else:
        form.add_error(None, _("You may not do this now. The hosts can tell you more."))
    return _form_page(request, name, page, status=422)


def _noticed(error: Noticed, form: Any) -> list[Passage]:
    typed = form.cleaned_data
    body = typed.get("words") or typed.get("comment") or ""
    content = Content(title=typed.get("title") or "", body=body)
    return passages(error, content, form)


def _say(request: HttpRequest, shelf: Shelf, *, waits: bool = False) -> None:
    if waits or not shelf.is_public:
        messages.info(request, _("Thank you. A host reads it before others see it."))
    else:
        messages.success(request, _("Done. Everybody can see it."))


def _shelf(request: HttpRequest, pk: int) -> Shelf:
    shelf = queries.shelf_of(pk, reader_of(request))
    if shelf is None:
        raise Http404
    return shelf


def _editable(request: HttpRequest, pk: int) -> Shelf:
    shelf = queries.any_shelf(pk, reader_of(request))
    if shelf is None or not rules.may_edit(reader_of(request), shelf):
        raise Http404
    return shelf


def _item(request: HttpRequest, pk: int) -> ShelfItem:
    item = queries.item_of(pk, reader_of(request))
    if item is None or not rules.may_edit(reader_of(request), item.shelf):
        raise Http404
    return item


def _to_item(request: HttpRequest, item: ShelfItem) -> HttpResponse:
    """Back to the page of the shelf, where the record stands now."""
    page = queries.page_of(item)
    query = f"?page={page}" if page > 1 else ""
    return HttpResponseRedirect(f"{item.shelf.get_absolute_url()}{query}#on-{item.pk}")


def _choices(member: Member) -> list[tuple[str, str]]:
    """Where this member may put a record; the shelf of a hub may be begun so."""
    begun = [
        (str(one.pk), _useful_for(one.hub) if one.hub else one.name)
        for one in queries.to_put_into(member)
    ]
    return [*((slug, _useful_for(slug)) for slug in queries.hubs_without_shelf(member)), *begun]


def _chosen(member: Member, which: str) -> Shelf:
    """What the form let through: the number of a shelf, or a hub that has none yet."""
    for one in queries.to_put_into(member):
        if str(one.pk) == which:
            return one
    return actions.shelf_of_hub(hub=which, by=member)


def _useful_for(hub: str) -> str:
    return _("Useful for %(hub)s") % {"hub": vocabulary.label(f"region:{hub}")}


def _hub(slug: str) -> dict[str, str]:
    url = reverse("library:hub-shelf", args=[slug])
    return {"label": vocabulary.label(f"region:{slug}"), "url": url}
