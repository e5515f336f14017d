"""Protected voices: sending in one, one's own pages of them, and the keepers' page at the desk.
Called by urls.py and by the views of writing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.contributions import drafts, kinds
from exchange.contributions.content import Content
from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed, Refused
from exchange.contributions.experience_forms import ExperienceForm
from exchange.contributions.forms import FORMS
from exchange.contributions.models import State, Voice, VoiceLook
from exchange.contributions.noticing import passages
from exchange.contributions.views.sending import refusal_of
from exchange.contributions.voice import actions, keeping, queries, rules, showing
from exchange.contributions.voice.forms import LookForm
from exchange.members.doors import host_required, member_required, member_required_keeping_text
from exchange.members.models import Member
from exchange.members.to_hosts import all_hosts

VOICES_A_PAGE = 30
REVISED_WITH = {**FORMS, "experience": ExperienceForm}


def sent(
    request: HttpRequest, kind: str, content: Content, once: str, *, inside: bool = False
) -> HttpResponse | None:
    """When the writer chose to leave their name out: sent so, and the way to their own page.
    Raises what `actions.speak` raises; None when it was not chosen."""
    if not request.POST.get("protected"):
        return None
    form = showing.voice_form(request.POST, request.user, kind, inside=inside)
    if form is None or not form.is_chosen:
        # Never by name what somebody wanted to say without it.
        raise actions.NotOffered
    actions.speak(
        kind=kind,
        content=content,
        member=request.user,
        region=form.chosen_region,
        once_key=once,
        insist=bool(request.POST.get("insist")),
    )
    drafts.drop(key=once, member=request.user)
    messages.info(
        request,
        _(
            "Thank you. A host reads it before it goes out, without seeing who wrote it. Here, "
            "among your own pages, you see what becomes of it."
        ),
    )
    return HttpResponseRedirect(reverse("voices:own"))


@never_cache
@require_safe
@member_required
def own(request):
    shown = [(one.row, one.voice) for one in queries.own(request.user)]
    return render(request, "contributions/voice/own.html", {"voices": shown})


@never_cache
@require_safe
@member_required
def one(request, pk):
    return _one_page(request, _own_voice(request, pk))


@never_cache
@member_required_keeping_text
def change(request, pk):
    voice = _own_voice(request, pk)
    row = kinds.get(voice.contribution.kind).full(voice.contribution)
    form_class = REVISED_WITH[row.kind]
    if request.method != "POST":
        return _change_page(request, row, form_class(initial=form_class.initial_of(row)))
    form = form_class(request.POST)
    if not form.is_valid():
        return _change_page(request, row, form, status=422)
    content = form.content()
    try:
        actions.change(
            voice=voice,
            content=content,
            member=request.user,
            version=_number(request.POST.get("version", "")),
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        noticed = passages(seen, content, form)
        return _change_page(request, row, form, status=422, noticed=noticed)
    except ChangedMeanwhile:
        form.add_error(None, _("It was changed meanwhile. Please look at it again and send anew."))
        return _change_page(request, row, form, status=409)
    except (NotAllowed, Refused) as refusal:
        form.add_error(None, refusal_of(refusal))
        return _change_page(request, row, form, status=422)
    messages.info(request, _("A host reads the change before it goes out."))
    return HttpResponseRedirect(reverse("voices:one", args=[pk]))


@never_cache
@require_POST
@member_required
def act(request, pk):
    """Take it back, take one's answer back, or say whether a letter tells of news."""
    voice = _own_voice(request, pk)
    what = request.POST.get("what", "")
    if what == "withdraw":
        actions.take_back(voice=voice)
        messages.success(request, _("It is taken back, everywhere."))
    elif what == "tell":
        actions.tell(voice=voice, wanted=bool(request.POST.get("wanted")))
        messages.success(request, _("Saved."))
    elif what == "answer":
        number = _number(request.POST.get("number", ""))
        if number not in queries.own_answers(request.user, pk):
            raise Http404
        showing.take_back_answer(number)
        messages.success(request, _("Your answer is taken back."))
    return HttpResponseRedirect(reverse("voices:one", args=[pk]))


@never_cache
@host_required
@require_safe
def keepers(request):
    """Who keeps the voices: every host sees that. The texts and the looks, the keepers alone."""
    standing = queries.keepers()
    may_look = rules.may_look(request.user, standing)
    found = Paginator(queries.voices() if may_look else (), VOICES_A_PAGE)
    context = {
        "keepers": standing,
        "hosts": [one for one in all_hosts() if one.pk not in {k.pk for k in standing}],
        "may_look": may_look,
        "is_offered": len(standing) >= queries.KEEPERS,
        "page": found.get_page(request.GET.get("page", "")),
        "looks": VoiceLook.objects.select_related("voice__contribution")[:50] if may_look else (),
    }
    return render(request, "contributions/voice/keepers.html", context)


@never_cache
@host_required
@require_POST
def keep(request):
    """Name a keeper, or end it."""
    member = get_object_or_404(Member, pk=_number(request.POST.get("member", "")))
    try:
        if request.POST.get("end"):
            keeping.end(member=member, by=request.user)
        else:
            keeping.appoint(member=member, by=request.user)
    except keeping.TwoAlready:
        messages.error(request, _("Two hosts keep them already. One ends it first."))
    except NotAllowed:
        messages.error(request, _("Another host has to do this: nobody names themselves."))
    return HttpResponseRedirect(reverse("voices-desk:voices"))


@never_cache
@host_required
def look(request, pk):
    """A keeper looks whose words these are, and says why."""
    if not rules.may_look(request.user, queries.keepers()):
        raise Http404
    voice = get_object_or_404(queries.voices(), pk=pk)
    form = LookForm(request.POST or None)
    context = {"voice": voice, "row": voice.contribution, "form": form}
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "contributions/voice/look.html", context, status=status)
    whole = get_object_or_404(Voice, pk=voice.pk)
    context["person"] = keeping.look(voice=whole, by=request.user, why=form.cleaned_data["why"])
    context["has_looked"] = True
    return render(request, "contributions/voice/look.html", context)


def _own_voice(request, pk):
    voice = queries.own_voice(request.user, pk)
    if voice is None:
        raise Http404
    return voice


def _one_page(request, voice):
    row = kinds.get(voice.contribution.kind).full(voice.contribution)
    numbers = queries.own_answers(request.user, row.pk)
    context = {
        "voice": voice,
        "row": row,
        "decision": row.decisions.first(),
        "change_waits": row.revisions.filter(state=State.WAITING).exists(),
        "looks": voice.looks.all(),
        "answers": showing.answers_of(numbers),
        "may_change": row.state in (State.PUBLISHED, State.WAITING, State.HELD),
        "may_take_back": row.state not in (State.WITHDRAWN, State.SEALED),
    }
    return render(request, "contributions/voice/one.html", context)


def _change_page(request, row, form, *, status=200, noticed=None):
    context = {"row": row, "form": form, "noticed": noticed}
    return render(request, "contributions/voice/change.html", context, status=status)


def _number(typed):
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0
