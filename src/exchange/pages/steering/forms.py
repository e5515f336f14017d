"""The shape of what hosts choose for the home, sections and every page.
Used by the desk's pages of the home."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanLine, CleanText
from exchange.contributions.models import Contribution
from exchange.core import ids
from exchange.core.languages import INTERFACE, OWN_NAMES, direction
from exchange.core.time import now
from exchange.pages.models import Choice
from exchange.pages.steering import rules
from exchange.pages.steering.actions import Chosen
from exchange.pages.steering.rules import LONGEST_DAYS, MOST_PLACES, PARTS
from exchange.taxonomy import vocabulary

Sort = Choice.Sort


class ChoiceForm(forms.Form):
    """What all of them have: the row they take the place of, and a mark of what was looked at."""

    instead = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    once = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    looked = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    sort = ""

    @property
    def mark(self) -> str:
        """Of everything that is chosen: what is shown is what was looked at."""
        # What belongs to the form and not to what is chosen.
        told = {k: str(v) for k, v in self.cleaned_data.items() if k not in _OWN}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]

    @property
    def once_key(self) -> str:
        return ids.sent_back(self.cleaned_data["once"]) or ids.new_id()

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields that stand open."""
        folded = {one.name for _code, _name, fields in self.folded for one in fields}
        return [self[name] for name in self.fields if name not in folded and name not in _OWN]

    @property
    def folded(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        return []

    @classmethod
    def initial_of(cls, row: Choice) -> dict[str, Any]:
        return {"instead": row.pk}

    def chosen(self, place: str = "") -> Chosen:
        raise NotImplementedError


_OWN = frozenset({"instead", "once", "looked"})
_DAYS = ("starts_on", "ends_on")


class WordsForm(ChoiceForm):
    """Words in up to six languages, the first open and the others folded; and their days."""

    has_titles = False
    needs_words = True
    longest = 300
    rows = 2
    # What stands before the words.
    first: tuple[str, ...] = ()

    starts_on = forms.DateField(
        label=_("From which day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Until which day, that day included"),
        help_text=_("A year at most: nothing stays for ever."),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        today = now().date()
        self.fields["starts_on"].initial = today
        self.fields["ends_on"].initial = today + timedelta(days=30)
        for code in INTERFACE:
            self.fields.update(self._words_in(code))
        self.order_fields([*self.first, *self._named_words(), "about", "link", "level", "where"])
        self.order_fields([name for name in self.fields if name not in _DAYS] + list(_DAYS))

    @property
    def folded(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Every language but English, with whether anything stands in it."""
        names = ("title", "words") if self.has_titles else ("words",)
        return [
            (code, OWN_NAMES[code], [self[f"{name}_{code}"] for name in names])
            for code in INTERFACE
            if code != "en"
        ]

    @classmethod
    def initial_of(cls, row: Choice) -> dict[str, Any]:
        given: dict[str, Any] = {
            "instead": row.pk,
            "starts_on": row.starts_at.date(),
            "ends_on": (row.ends_at - timedelta(days=1)).date() if row.ends_at else None,
        }
        for code, one in row.words.items():
            given |= {f"{name}_{code}": text for name, text in one.items()}
        return given

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = given.get("starts_on"), given.get("ends_on")
        if begins and ends:
            if ends < begins or ends < now().date():
                self.add_error("ends_on", _("This day is over. Please choose a later one."))
            elif (ends - begins).days > LONGEST_DAYS:
                self.add_error("ends_on", _("Please choose a year at most."))
        if self.needs_words and not self.words and not self.errors:
            self.add_error("words_en", _("Please write it in one language at least."))
        return given

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """By language, those that say something."""
        found: dict[str, dict[str, str]] = {}
        for code in INTERFACE:
            one = {
                name: self.cleaned_data.get(f"{name}_{code}", "")
                for name in ("title", "words")
                if f"{name}_{code}" in self.fields
            }
            if any(one.values()):
                found[code] = {name: text for name, text in one.items() if text}
        return found

    @property
    def days(self) -> dict[str, Any]:
        """From the beginning of the first day, or from this moment, to the end of the last."""
        begins: date = self.cleaned_data["starts_on"]
        ends: date = self.cleaned_data["ends_on"] + timedelta(days=1)
        moment = now()
        begun = datetime.combine(begins, time.min, UTC) if begins > moment.date() else moment
        return {"starts_at": begun, "ends_at": datetime.combine(ends, time.min, UTC)}

    @classmethod
    def _named_words(cls) -> list[str]:
        names = ("title", "words") if cls.has_titles else ("words",)
        return [f"{name}_{code}" for code in INTERFACE for name in names]

    def _words_in(self, code: str) -> dict[str, forms.Field]:
        named = {"lang": code, "dir": direction(code)}
        title = CleanLine(
            label=_("Title"), max_length=80, required=False, widget=forms.TextInput(named)
        )
        area = forms.Textarea({"rows": self.rows, **named})
        words = CleanText(label=_("Words"), max_length=self.longest, required=False, widget=area)
        fields: dict[str, forms.Field] = {f"title_{code}": title} if self.has_titles else {}
        return {**fields, f"words_{code}": words}


class AboutForm(WordsForm):
    """With something of the Exchange, by the address of its page."""

    about = forms.CharField(
        label=_("The address of its page"),
        max_length=600,
        help_text=_("Open it, and copy its address from the browser."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    kinds: tuple[str, ...] = ()

    def clean_about(self) -> Contribution | None:
        address: str = self.cleaned_data["about"].strip()
        if not address:
            return None
        number = int(address) if address.isdecimal() else rules.number_in(address)
        rows = Contribution.objects.visible_to(None).defer("body")
        row: Contribution | None = rows.filter(pk=number).first() if number else None
        if row is None or (self.kinds and row.kind not in self.kinds):
            raise forms.ValidationError(
                _("Nothing that everybody may read stands at this address.")
            )
        return row

    @classmethod
    def initial_of(cls, row: Choice) -> dict[str, Any]:
        about = row.contribution.get_absolute_url() if row.contribution else ""
        return {**super().initial_of(row), "about": about}


class FeaturedForm(AboutForm):
    """One thing on the home page, with one line why."""

    sort = Sort.FEATURED
    needs_words = False
    first = ("about",)

    def chosen(self, place: str = "") -> Chosen:
        about = self.cleaned_data["about"]
        return Chosen(self.sort, contribution=about, words=self.words, **self.days)


class SectionForm(AboutForm):
    """How a section begins: a line, something of it, or both."""

    sort = Sort.SECTION
    needs_words = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["about"].required = False

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not self.words and not given.get("about"):
            self.add_error("words_en", _("Please write a line, or give an address."))
        return given

    def chosen(self, place: str = "") -> Chosen:
        about = self.cleaned_data["about"]
        return Chosen(self.sort, place, contribution=about, words=self.words, **self.days)


class ThemeForm(AboutForm):
    """A topic, a title and words, and its brief where there is one."""

    sort = Sort.THEME
    has_titles = True
    longest = 600
    rows = 3
    kinds = ("brief",)
    first = ("topic",)
    topic = forms.ChoiceField(label=_("Topic"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topic"].choices = vocabulary.choices("topic")  # type: ignore[attr-defined]
        self.fields["about"].required = False
        self.fields["about"].label = _("The address of its brief")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for code, one in self.words.items():
            if "title" not in one:
                self.add_error(f"title_{code}", _("Please give it a title too."))
        return given

    @classmethod
    def initial_of(cls, row: Choice) -> dict[str, Any]:
        return {**super().initial_of(row), "topic": row.topic}

    def chosen(self, place: str = "") -> Chosen:
        told = self.cleaned_data
        return Chosen(
            self.sort,
            contribution=told["about"],
            topic=told["topic"],
            words=self.words,
            **self.days,
        )


class BarForm(WordsForm):
    """The announcement: short, with a way on."""

    sort = Sort.BAR
    longest = 240
    link = forms.CharField(
        label=_("Where it leads"),
        required=False,
        max_length=500,
        help_text=_("An address of ours, such as /webinars/, or one that begins with https://."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    level = forms.ChoiceField(
        label=_("How loud"),
        choices=[("quiet", _("quiet")), ("important", _("important"))],
        widget=forms.RadioSelect,
        initial="quiet",
    )
    where = forms.ChoiceField(
        label=_("Where it stands"),
        choices=[("home", _("on the home page")), ("everywhere", _("on every page"))],
        widget=forms.RadioSelect,
        initial="home",
    )

    def clean_link(self) -> str:
        given: str = self.cleaned_data["link"].strip()
        is_ours = given.startswith("/") and not given.startswith(("//", "/\\"))
        parts = urlsplit(given)
        if given and not is_ours and (parts.scheme != "https" or not parts.hostname):
            raise forms.ValidationError(_("Please begin it with / or with https://."))
        if any(c.isspace() or not c.isprintable() for c in given):
            raise forms.ValidationError(_("An address has no spaces."))
        return given

    @classmethod
    def initial_of(cls, row: Choice) -> dict[str, Any]:
        level = "important" if row.is_important else "quiet"
        where = "everywhere" if row.is_everywhere else "home"
        return {**super().initial_of(row), "link": row.link, "level": level, "where": where}

    def chosen(self, place: str = "") -> Chosen:
        told = self.cleaned_data
        return Chosen(
            self.sort,
            words=self.words,
            link=told["link"],
            is_important=told["level"] == "important",
            is_everywhere=told["where"] == "everywhere",
            **self.days,
        )


class OrderForm(ChoiceForm):
    """A place for each part of the home, or none."""

    sort = Sort.ORDER

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places = [(str(n), str(n)) for n in range(1, len(PARTS) + 1)]
        for n, (code, label) in enumerate(PARTS.items(), start=1):
            self.fields[f"part_{code}"] = forms.ChoiceField(
                label=label, choices=[*places, ("0", _("not shown"))], initial=str(n)
            )

    @classmethod
    def initial_of(cls, row: Choice) -> dict[str, Any]:
        shown = rules.order(row.items)
        given = {f"part_{code}": str(n) for n, code in enumerate(shown, start=1)}
        hidden = {f"part_{code}": "0" for code in PARTS if code not in shown}
        return {"instead": row.pk, **given, **hidden}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.shown:
            self.add_error(None, _("Please leave one part at least."))
        return given

    @property
    def shown(self) -> list[str]:
        """Two at the same place keep the order of this page."""
        places = {code: int(self.cleaned_data[f"part_{code}"]) for code in PARTS}
        return sorted((code for code in PARTS if places[code]), key=lambda code: places[code])

    def chosen(self, place: str = "") -> Chosen:
        return Chosen(self.sort, items=self.shown)


class ElsewhereForm(ChoiceForm):
    """Addresses of our own places, one in each line."""

    sort = Sort.ELSEWHERE
    addresses = CleanText(
        label=_("Our own places elsewhere, one address in each line"),
        required=False,
        rows=5,
        max_length=4000,
        help_text=_(
            "A page at Facebook or LinkedIn, a channel of WhatsApp or Telegram, YouTube, Mastodon."
            " They stand at the foot of every page as words; nothing is loaded from there."
        ),
        widget=forms.Textarea({"rows": 5, "dir": "ltr"}),
    )

    @classmethod
    def initial_of(cls, row: Choice) -> dict[str, Any]:
        return {"instead": row.pk, "addresses": "\n".join(row.items)}

    def clean_addresses(self) -> list[str]:
        lines = [one.strip() for one in self.cleaned_data["addresses"].splitlines()]
        given = list(dict.fromkeys(filter(None, lines)))
        if len(given) > MOST_PLACES:
            told = _("Please choose at most %(n)d places.")
            raise forms.ValidationError(told, params={"n": MOST_PLACES})
        for one in given:
            if rules.elsewhere(one) is None:
                told = _("Please write the whole address, beginning with https://: %(address)s")
                raise forms.ValidationError(told, params={"address": one[:80]})
        return given

    def chosen(self, place: str = "") -> Chosen:
        return Chosen(self.sort, items=self.cleaned_data["addresses"])
