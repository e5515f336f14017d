"""Hosts' pages of briefs: what is on their hands, the one page where a brief is put together, and one
brief with those who are quoted. Called through urls/briefs.py; every page stands under /desk/briefs/."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from exchange.briefings import queries as briefings
from exchange.briefings.briefs import actions, composing, queries
from exchange.briefings.briefs.forms import ReviewForm, WordsForm, in_a_year
from exchange.briefings.errors import NotAgreed, NotNow, NotThere
from exchange.briefings.models import Brief, Quoted
from exchange.briefings.quoting import actions as quoting
from exchange.briefings.quoting import words as quoted
from exchange.briefings.views import briefs_screen as screens
from exchange.briefings.views.briefs_screen import Screen
from exchange.contributions import drafts
from exchange.contributions.content import Content
from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed, Refused
from exchange.contributions.models import Draft, State
from exchange.contributions.noticing import passages
from exchange.core.time import now
from exchange.members.doors import host_required

_NOT_KEPT = {"csrfmiddlewaretoken", "once", "do", "version", "insist"}


@never_cache
@host_required
def overview(request: HttpRequest) -> HttpResponse:
    """Due for another look, drafts, waiting for a yes, published."""
    begun = Draft.objects.filter(member=request.user, kind="brief").order_by("-changed_at")
    context = {
        "here": queries.at_the_desk(now().date()),
        "begun": [(draft.key, _first(draft.answers, "title")) for draft in begun[:5]],
        "at": "briefs",
    }
    return render(request, "briefings/briefs/desk.html", context)


@never_cache
@host_required
def new(request: HttpRequest) -> HttpResponse:
    """From a talk to a brief, on one page."""
    if request.method == "POST":
        return _sent(request, None)
    draft = drafts.of(request.user, request.GET.get("draft", "")[:40])
    if draft is not None:
        data = _as_sent(draft)
        screen = screens.sent(data, None)
        data = screens.without_gone(screen, data)
        initial = {name: data.getlist(name) if name in _MANY else data.get(name) for name in data}
        return _page(request, screen, WordsForm(initial=initial, countries=screen.countries))
    return _page(request, *screens.opened(request, None))


@never_cache
@host_required
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page for a brief that is there already."""
    brief = _brief(request, pk)
    if request.method == "POST":
        return _sent(request, brief)
    return _page(request, *screens.opened(request, brief))


@never_cache
@host_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One brief: its words, whom it quotes and what they said, and what can be done with it."""
    brief = _brief(request, pk)
    if request.method == "POST":
        return _done(request, brief)
    return _one_page(request, brief)


_MANY = ("topics", "countries")


def _sent(request: HttpRequest, brief: Brief | None) -> HttpResponse:
    screen = screens.sent(request.POST, brief)
    data = screens.put_together(screen, request.POST)
    what = request.POST.get("do", "")
    if what not in ("keep", "ask"):
        if brief is None:
            _keep_draft(request, screen, data)
        form = WordsForm(initial=_as_initial(data), countries=screen.countries)
        return _page(request, screen, form)
    data["body"] = composing.without_empty_parts(data["body"])
    form = WordsForm(data, countries=screen.countries)
    if form.is_valid():
        texts = (form.cleaned_data["body"], form.cleaned_data["message"])
        for said in composing.unticked(screen.talks, screen.ticked, texts):
            told = _("Words of %(name)s stand in it. Please tick them, so that we can ask.")
            form.add_error("body", told % {"name": said.shown_author})
    if form.errors:
        return _page(request, screen, form, status=422)
    return _kept(request, screen, form, ask=what == "ask")


def _kept(request: HttpRequest, screen: Screen, form: WordsForm, *, ask: bool) -> HttpResponse:
    try:
        brief, stands = _save(request, screen, form)
    except NotThere as missing:
        told = _("These words do not stand there like that, or are too few: “%(words)s”")
        form.add_error(None, told % {"words": missing.words[:120]})
        return _page(request, screen, form, status=422)
    except NotAgreed:
        form.add_error(None, _("Somebody whose words or name stand in it has not agreed to that."))
        return _page(request, screen, form, status=422)
    except Noticed as seen:
        noticed = passages(seen, form.content(), form)
        return _page(request, screen, form, status=422, noticed=noticed)
    except ChangedMeanwhile:
        form.add_error(None, _("Another host changed these words since you opened them."))
        return _page(request, screen, form, status=409)
    except (NotAllowed, Refused):
        form.add_error(None, _("This cannot go out as it is. Please use other words."))
        return _page(request, screen, form, status=422)
    drafts.drop(key=screen.once, member=request.user)
    count = quoting.ask(brief=brief, by=request.user) if ask else 0
    _say_kept(request, stands, count)
    return _to(brief)


def _save(request: HttpRequest, screen: Screen, form: WordsForm) -> tuple[Brief, bool]:
    content = form.content()
    if screen.brief is None:
        brief = actions.prepare(
            content=content,
            by=request.user,
            sources=screen.sources,
            quotes=screen.passages,
            once_key=screen.once,
            **form.others(),
        )
        return brief, True
    brief = screen.brief
    quoting.choose(brief=brief, passages=screen.passages, by=request.user)
    version = request.POST.get("version", "")
    stands = actions.change(
        brief=brief,
        content=content,
        by=request.user,
        version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        sources=screen.sources,
        insist=bool(request.POST.get("insist")),
        **form.others(),
    )
    _drop_left(request, screen, brief)
    return brief, stands


def _drop_left(request: HttpRequest, screen: Screen, brief: Brief) -> None:
    """What is not ticked any more, of those who were not asked yet; not while the words stand."""
    texts = (brief.title, brief.summary, brief.body, brief.message)
    wanted = {(one.contribution_id, one.reply_number, one.words) for one in screen.passages}
    for quote in brief.quotes.filter(answer=Quoted.Answer.CHOSEN):
        known = (quote.contribution_id, quote.reply_number, quote.words)
        if known not in wanted and not any(quoted.stands(quote.words, text) for text in texts):
            quote.delete()


def _done(request: HttpRequest, brief: Brief) -> HttpResponse:
    what = request.POST.get("do", "")
    if what == "ask":
        _say_kept(request, True, quoting.ask(brief=brief, by=request.user))
    elif what == "drop":
        number = request.POST.get("quote", "")
        usable = number.isdecimal() and len(number) < 18
        quote = get_object_or_404(brief.quotes, pk=int(number) if usable else 0)
        try:
            quoting.drop(quote=quote, by=request.user)
            messages.success(request, _("The passage is out of the draft."))
        except NotNow:
            messages.info(request, _("It is out. Change the words, or withdraw it."))
    elif what == "looked":
        form = ReviewForm(request.POST)
        if not form.is_valid():
            return _one_page(request, brief, review=form, status=422)
        actions.looked_again(brief=brief, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. The page says that you looked at it today."))
    elif what == "withdraw":
        actions.withdraw(brief=brief, by=request.user)
        messages.success(request, _("It is withdrawn. Nobody else can see it."))
        return HttpResponseRedirect(reverse("briefings-desk:briefs"))
    elif what == "publish":
        return _published(request, brief)
    return _to(brief)


def _published(request: HttpRequest, brief: Brief) -> HttpResponse:
    try:
        row = actions.publish(brief=brief, by=request.user, insist=bool(request.POST.get("insist")))
    except NotAgreed as waits:
        return _one_page(request, brief, not_agreed=waits.keys or ("nobody",), status=422)
    except Noticed as seen:
        content = Content(title=brief.title, body=brief.body)
        noticed = passages(seen, content, WordsForm())
        return _one_page(request, brief, noticed=noticed, status=422)
    except (NotAllowed, Refused):
        return _one_page(request, brief, refused=True, status=422)
    if row.is_public:
        messages.success(request, _("It is out. Everybody can read it."))
    else:
        messages.info(request, _("Another host reads it before it goes out."))
    return _to(row)


def _one_page(request: HttpRequest, brief: Brief, status: int = 200, **more: Any) -> HttpResponse:
    quotes = list(brief.quotes.select_related("contribution"))
    waited = [
        quote for quote in quotes if quote.answer in (Quoted.Answer.CHOSEN, Quoted.Answer.ASKED)
    ]
    context = {
        "brief": brief,
        "quotes": quotes,
        "waited": waited,
        "to_ask": [quote for quote in waited if quote.answer == Quoted.Answer.CHOSEN],
        "sources": queries.sources_of(brief),
        "is_draft": brief.state == State.DRAFT,
        "is_due": brief.review_on is not None and brief.review_on <= now().date(),
        "review": ReviewForm(initial={"review_on": in_a_year()}),
        "at": "briefs",
        **more,
    }
    return render(request, "briefings/briefs/one.html", context, status=status)


def _page(
    request: HttpRequest, screen: Screen, form: WordsForm, status: int = 200, noticed: Any = None
) -> HttpResponse:
    message = form.data.get("message", "") if form.is_bound else form.initial.get("message", "")
    context = {
        "screen": screen,
        "form": form,
        "brief": screen.brief,
        "noticed": noticed,
        "letters": len(message or ""),
        "most": composing.LONGEST_MESSAGE,
        "version": request.POST.get("version") or (screen.brief.version if screen.brief else ""),
        "at": "briefs",
    }
    return render(request, "briefings/briefs/screen.html", context, status=status)


def _say_kept(request: HttpRequest, stands: bool, asked: int) -> None:
    if asked:
        told = ngettext(
            "It is kept, and %(n)d person is asked.",
            "It is kept, and %(n)d people are asked.",
            asked,
        )
        messages.success(request, told % {"n": asked})
    elif stands:
        messages.success(request, _("It is kept."))
    else:
        messages.info(request, _("Your change is kept. Another host reads the new words first."))


def _keep_draft(request: HttpRequest, screen: Screen, data: QueryDict) -> None:
    answers = {name: data.getlist(name) for name in data if name not in _NOT_KEPT}
    drafts.keep(key=screen.once, member=request.user, kind="brief", answers=answers)


def _as_sent(draft: Draft) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in draft.answers.items():
        data.setlist(name, values)
    data["once"] = draft.key
    return data


def _as_initial(data: QueryDict) -> dict[str, Any]:
    return {name: data.getlist(name) if name in _MANY else data.get(name) for name in data}


def _first(answers: dict[str, list[str]], name: str) -> str:
    return (answers.get(name) or [""])[0][:90]


def _brief(request: HttpRequest, pk: int) -> Brief:
    brief = briefings.brief(pk, request.user)
    if brief is None or brief.state == State.WITHDRAWN:
        raise Http404
    return brief


def _to(brief: Brief) -> HttpResponse:
    return HttpResponseRedirect(reverse("briefings-desk:brief", args=[brief.pk]))
