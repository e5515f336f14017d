"""One edition on one screen: its words, its items, its message; whatever is pressed keeps what is
typed. Called through urls/builder.py; hosts only."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from exchange.briefings import queries as briefings
from exchange.briefings.builder import items, message, paper, queries, rules, saying, words
from exchange.briefings.builder.choosing import is_safe_to_tell
from exchange.briefings.builder.drafting import draft_items
from exchange.briefings.builder.forms import WORDS, EditionForm
from exchange.briefings.errors import NotNow
from exchange.briefings.models import Item, Newsletter
from exchange.briefings.views.builder import to_edition
from exchange.contributions.cards import cards
from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed, Refused
from exchange.contributions.models import Contribution
from exchange.contributions.noticing import passages
from exchange.core import languages
from exchange.core.text import clean_line
from exchange.core.time import now
from exchange.members.doors import host_required, unsent

_LONGEST_FIND = 100


@never_cache
@host_required
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown, or kept with whatever was pressed."""
    row = edition_asked(request, pk)
    chosen = queries.chosen(row)
    shown = paper.shown(row, [item for item in chosen if item.stands])
    standing = [one.item for one in shown]
    told = message.message(row, standing, _gone(chosen))
    known = {"edition": row, "items": chosen, "message": told}
    if request.method != "POST":
        form = EditionForm(**known, initial=unsent(request))
        return _page(request, form, row, chosen, shown)
    form = EditionForm(request.POST, **known)
    if not form.is_valid():
        status = 409 if form.is_conflict else 422
        return _page(request, form, row, chosen, shown, status=status)
    noticed = _keep(request, form, row, standing)
    if form.errors or noticed:
        return _page(request, form, row, chosen, shown, noticed=noticed, status=422)
    return _do(request, row)


def edition_asked(request: HttpRequest, pk: int) -> Newsletter:
    """The edition of an address, as a host may see it, or 404."""
    row = (
        briefings.newsletters(request.user)
        .select_related("issue")
        .filter(pk=min(pk, 2**63 - 1))
        .first()
    )
    if row is None:
        raise Http404
    return row


def _keep(
    request: HttpRequest, form: EditionForm, row: Newsletter, standing: list[Item]
) -> list[Any]:
    """Words and lines that changed. What a gate would like to show comes back; the rest of what
    goes wrong stands in the form."""
    changed = form.words()
    if changed.get("message") == message.drafted(row, standing):
        changed["message"] = ""
    for item_id, intro in form.intros().items():
        try:
            items.introduce(edition=row, item_id=item_id, intro=intro, by=request.user)
        except Refused:
            form.add_error(
                f"intro-{item_id}",
                _("This could point to a person. Please say it without that."),
            )
        except NotNow:
            form.add_error(None, _not_now())
    return _keep_words(request, form, row, changed) if changed else []


def _keep_words(
    request: HttpRequest, form: EditionForm, row: Newsletter, changed: dict[str, str]
) -> list[Any]:
    title, body = changed.pop("title", row.title), changed.pop("body", row.body)
    try:
        stands = words.change_words(
            edition=row,
            title=title,
            body=body,
            by=request.user,
            version=row.version,
            insist=bool(request.POST.get("insist")),
            **changed,
        )
    except Noticed as seen:
        content = words.content_of(row, title=title, body=body, beside=changed)
        return passages(seen, content, form)
    except ChangedMeanwhile:
        form.add_error(None, _("Another host saved at this very moment. Please save again."))
    except NotNow:
        form.add_error(None, _not_now())
    except (NotAllowed, Refused):
        form.add_error(
            None,
            _("This cannot go out as it is: it could point to a person. Please use other words."),
        )
    else:
        _tell(request, row, stands=stands)
    return []


def _tell(request: HttpRequest, row: Newsletter, *, stands: bool) -> None:
    if not stands:
        messages.info(request, _("Your change is kept. Another host reads the new words first."))
    elif not row.is_built:
        messages.info(request, _("Changed in the archive. Mails that went out stay as they are."))


def _do(request: HttpRequest, row: Newsletter) -> HttpResponse:
    """What was pressed besides keeping."""
    what, _dash, number = _pressed(request).partition("-")
    which = int(number) if number.isdecimal() and len(number) < 18 else 0
    was_released = row.phase in (Newsletter.Phase.RELEASED, Newsletter.Phase.SCHEDULED)
    find = clean_line(request.POST.get("find", ""))[:_LONGEST_FIND] if what == "find" else ""
    place = "found" if find else ""
    try:
        place = _acted(request, row, what, which) or place
    except NotNow:
        messages.info(request, _not_now() if not row.is_built else _("It is full: take one out."))
    except NotAllowed:
        messages.info(request, _("That cannot be put in: not everybody can read it."))
    if was_released and edition_asked(request, row.pk).phase == Newsletter.Phase.DRAFT:
        messages.info(request, _("You changed it, so it must be released again."))
    elif what == "save":
        messages.success(request, _("It is kept."))
    return to_edition(row, place, find=find)


def _pressed(request: HttpRequest) -> str:
    """The Enter key in a field means what stands in the form: look for it, if something is asked
    for; keep the words, if not."""
    pressed: str = request.POST.get("do", "")
    if pressed != "enter":
        return pressed
    return "find" if clean_line(request.POST.get("find", "")) else "save"


def _acted(request: HttpRequest, row: Newsletter, what: str, which: int) -> str:
    """Do it, and say which place of the page to come back to."""
    by = request.user
    if what in ("up", "down"):
        items.move(edition=row, item_id=which, up=what == "up", by=by)
        return f"item-{which}"
    if what == "out":
        items.remove(edition=row, item_id=which, by=by)
        return "items"
    if what == "add":
        item = items.add(edition=row, contribution_id=which, by=by)
        if not is_safe_to_tell(item.contribution):
            messages.info(request, _("Please read it once more: could it point to a child?"))
        return f"item-{item.pk}"
    if what == "propose":
        draft_items(edition=row, by=by)
        return "items"
    if what == "over":
        items.take_over(edition=row, other=edition_asked(request, which), by=by)
        return "items"
    if what == "message":
        now_there = edition_asked(request, row.pk)
        words.change_words(
            edition=row,
            title=now_there.title,
            body=now_there.body,
            by=by,
            version=now_there.version,
            message="",
            insist=True,
        )
        return "message"
    return ""


def _not_now() -> str:
    return _("It is on its way: its items and its box cannot change any more.")


def _page(
    request: HttpRequest,
    form: EditionForm,
    row: Newsletter,
    chosen: list[Item],
    shown: list[paper.Shown],
    *,
    noticed: list[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    others = [one for one in queries.editions_of(row.issue) if one.pk != row.pk]
    letter = paper.letter(row, shown)
    text = message.message(row, [one.item for one in shown], _gone(chosen))
    find = clean_line(request.GET.get("find", ""))[:_LONGEST_FIND]
    there = {item.contribution_id for item in chosen}
    context = {
        "edition": row,
        "name": saying.name_of(row),
        "form": form,
        "marks": [(name, mark) for name, mark in form.marks().items() if name in WORDS],
        "late": rules.is_late(row, now()),
        "goes_out": saying.hour(row.send_at, request.user) if row.send_at else "",
        "sections": _sections(form, chosen, shown, queries.intros_beside(row)),
        "others": [(one, saying.name_of(one)) for one in others],
        "size": saying.size_of_mail(letter),
        "whatsapp": message.whatsapp(text),
        "noticed": noticed,
        "find": find,
        "found": cards(queries.to_put_in(find, without=there), with_kind=True) if find else [],
        "at": "newsletters",
    }
    return render(request, "briefings/builder/edition.html", context, status=status)


def _gone(chosen: list[Item]) -> list[Contribution]:
    return [item.contribution for item in chosen if not item.stands]


def _sections(
    form: EditionForm,
    chosen: list[Item],
    shown: list[paper.Shown],
    beside: dict[int, list[tuple[str, str]]],
) -> list[dict[str, Any]]:
    by_item = {one.item.pk: one for one in shown}
    found: dict[str, dict[str, Any]] = {}
    for item in chosen:
        here = found.setdefault(
            item.section, {"label": Item.Section(item.section).label, "rows": []}
        )
        lines = [] if item.intro or not item.stands else beside.get(item.contribution_id, [])
        here["rows"].append(
            {
                "item": item,
                "shown": by_item.get(item.pk),
                "field": form[f"intro-{item.pk}"],
                "mark": form.marks()[f"intro-{item.pk}"],
                "beside": [(languages.named(code), code, line) for code, line in lines[:2]],
            }
        )
    return list(found.values())
