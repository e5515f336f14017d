"""Commands in plain words: what a mail says when all of it is one wish, in six languages.
Called by `mail.receiving`; the letters of help say the same words (`word_for`)."""

from __future__ import annotations

import re

from exchange.mail.folding import folded

# The first word of each language is the one our letters teach.
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "help": {
        "en": ("help", "commands", "info"),
        "fr": ("aide", "commandes"),
        "sw": ("msaada", "saidia"),
        "ar": ("مساعدة", "المساعدة", "ساعدني"),
        "es": ("ayuda", "comandos"),
        "pt": ("ajuda", "comandos"),
    },
    "stop": {
        "en": ("stop", "unsubscribe", "stop this", "remove me", "opt out"),
        "fr": ("arrêter", "arrêt", "stop", "désabonner", "me désabonner", "désinscrire"),
        "sw": ("acha", "komesha", "jiondoe", "nitoe"),
        "ar": ("إيقاف", "توقف", "أوقف", "إلغاء الاشتراك"),
        "es": ("parar", "baja", "detener", "cancelar", "darme de baja"),
        "pt": ("parar", "pare", "cancelar", "sair da lista"),
    },
    "stop-all": {
        "en": ("stop all", "stop everything", "unsubscribe all", "stop all mail"),
        "fr": ("tout arrêter", "arrêter tout", "stop tout"),
        "sw": ("acha yote", "acha zote", "komesha yote"),
        "ar": ("إيقاف الكل", "أوقف الكل", "إيقاف كل شيء"),
        "es": ("parar todo", "detener todo", "cancelar todo"),
        "pt": ("parar tudo", "cancelar tudo", "pare tudo"),
    },
    "pause": {
        "en": ("pause",),
        "fr": ("pause",),
        "sw": ("sitisha", "pumzisha"),
        "ar": ("إيقاف مؤقت", "توقف مؤقت"),
        "es": ("pausa", "pausar"),
        "pt": ("pausa", "pausar"),
    },
    "start": {
        "en": ("start", "resume", "go on", "start again"),
        "fr": ("reprendre", "recommencer"),
        "sw": ("endelea", "anza", "anza tena"),
        "ar": ("استئناف", "ابدأ", "متابعة الرسائل"),
        "es": ("reanudar", "continuar", "empezar"),
        "pt": ("retomar", "continuar", "começar"),
    },
    "daily": {
        "en": ("daily", "every day"),
        "fr": ("quotidien", "chaque jour", "tous les jours"),
        "sw": ("kila siku",),
        "ar": ("يومي", "يوميا", "كل يوم"),
        "es": ("diario", "cada día", "todos los días"),
        "pt": ("diário", "todos os dias", "cada dia"),
    },
    "weekly": {
        "en": ("weekly", "every week", "once a week"),
        "fr": ("hebdomadaire", "chaque semaine", "toutes les semaines"),
        "sw": ("kila wiki",),
        "ar": ("أسبوعي", "أسبوعيا", "كل أسبوع"),
        "es": ("semanal", "cada semana"),
        "pt": ("semanal", "cada semana", "todas as semanas"),
    },
    "monthly": {
        "en": ("monthly", "every month", "once a month"),
        "fr": ("mensuel", "chaque mois", "tous les mois"),
        "sw": ("kila mwezi",),
        "ar": ("شهري", "شهريا", "كل شهر"),
        "es": ("mensual", "cada mes"),
        "pt": ("mensal", "cada mês", "todos os meses"),
    },
    "each": {
        "en": ("each", "each one"),
        "fr": ("chacun", "chaque message"),
        "sw": ("kila moja",),
        "ar": ("كل واحد", "كل رسالة"),
        "es": ("cada uno", "cada una"),
        "pt": ("cada um", "cada uma"),
    },
    "digest": {
        "en": ("digest",),
        "fr": ("résumé",),
        "sw": ("muhtasari",),
        "ar": ("ملخص", "الملخص"),
        "es": ("resumen",),
        "pt": ("resumo",),
    },
    "list": {
        "en": ("list", "what do i follow"),
        "fr": ("liste",),
        "sw": ("orodha",),
        "ar": ("قائمة", "القائمة"),
        "es": ("lista",),
        "pt": ("lista",),
    },
    "join": {
        "en": ("join", "subscribe", "sign up"),
        "fr": ("rejoindre", "adhérer", "s'inscrire"),
        "sw": ("jiunge", "kujiunga", "nataka kujiunga"),
        "ar": ("انضمام", "انضم", "أريد الانضمام"),
        "es": ("unirme", "unirse", "inscribirme"),
        "pt": ("aderir", "participar", "entrar", "inscrever"),
    },
    "leave": {
        "en": ("leave", "close my account", "delete my account"),
        "fr": ("quitter", "fermer mon compte", "supprimer mon compte"),
        "sw": ("ondoka", "kuondoka", "funga akaunti"),
        "ar": ("مغادرة", "أغلق حسابي", "حذف حسابي"),
        "es": ("irme", "cerrar mi cuenta", "borrar mi cuenta"),
        "pt": ("deixar", "fechar a minha conta", "apagar a minha conta"),
    },
    "follow": {
        "en": ("follow",),
        "fr": ("suivre",),
        "sw": ("fuata",),
        "ar": ("متابعة", "تابع"),
        "es": ("seguir",),
        "pt": ("seguir",),
    },
    "unfollow": {
        "en": ("unfollow", "stop following"),
        "fr": ("ne plus suivre",),
        "sw": ("acha kufuata",),
        "ar": ("إلغاء متابعة", "إلغاء المتابعة"),
        "es": ("dejar de seguir",),
        "pt": ("deixar de seguir",),
    },
    "text": {
        "en": ("text", "read"),
        "fr": ("texte", "lire"),
        "sw": ("maandishi", "soma"),
        "ar": ("نص", "اقرأ"),
        "es": ("texto", "leer"),
        "pt": ("texto", "ler"),
    },
    "find": {
        "en": ("find", "search"),
        "fr": ("chercher", "trouver"),
        "sw": ("tafuta",),
        "ar": ("ابحث", "بحث"),
        "es": ("buscar",),
        "pt": ("procurar", "buscar"),
    },
    "name": {
        "en": ("name",),
        "fr": ("nom",),
        "sw": ("jina",),
        "ar": ("اسم", "الاسم"),
        "es": ("nombre",),
        "pt": ("nome",),
    },
    "country": {
        "en": ("country",),
        "fr": ("pays",),
        "sw": ("nchi",),
        "ar": ("بلد", "البلد"),
        "es": ("país",),
        "pt": ("país",),
    },
    "language": {
        "en": ("language",),
        "fr": ("langue",),
        "sw": ("lugha",),
        "ar": ("لغة", "اللغة"),
        "es": ("idioma",),
        "pt": ("língua", "idioma"),
    },
    "helps": {
        "en": ("i can help with", "can help with", "i help with"),
        "fr": ("je peux aider pour", "je peux aider avec", "je peux aider à"),
        "sw": ("naweza kusaidia", "ninaweza kusaidia"),
        "ar": ("أستطيع المساعدة في", "يمكنني المساعدة في"),
        "es": ("puedo ayudar con", "puedo ayudar en"),
        "pt": ("posso ajudar com", "posso ajudar em"),
    },
    "seeks": {
        "en": ("i am looking for", "i'm looking for", "looking for", "seek"),
        "fr": ("je cherche", "je recherche"),
        "sw": ("ninatafuta", "natafuta"),
        "ar": ("أحتاج إلى", "احتاج الى"),
        "es": ("estoy buscando", "busco"),
        "pt": ("estou à procura de", "procuro"),
    },
    "webinars": {
        "en": ("webinars", "webinar"),
        "fr": ("webinaires", "webinaire"),
        "sw": ("webina", "warsha"),
        "ar": ("ندوات", "الندوات", "ندوة"),
        "es": ("seminarios", "webinarios", "webinario"),
        "pt": ("webinários", "webinário", "seminários"),
    },
    "come": {
        "en": ("come", "i come", "i will come", "i'll come", "coming", "i am coming"),
        "fr": ("venir", "je viens", "je viendrai"),
        "sw": ("nakuja", "nitakuja"),
        "ar": ("سأحضر", "أحضر", "حضور"),
        "es": ("asistir", "asistiré", "voy", "iré"),
        "pt": ("vou", "irei", "comparecer"),
    },
    "give-up": {
        "en": ("give up", "give up my place", "not coming", "i cannot come", "i can't come"),
        "fr": ("céder", "céder ma place", "je ne viens pas", "je ne peux pas venir"),
        "sw": ("siji", "sitakuja", "siwezi kuja"),
        "ar": ("لن أحضر", "لا أستطيع الحضور"),
        "es": ("no voy", "no asisto", "no iré", "no puedo ir"),
        "pt": ("não vou", "não irei", "não posso ir"),
    },
    "newsletter": {
        "en": ("newsletter", "newsletters", "get the newsletter"),
        "fr": ("infolettre", "lettre d'information", "bulletin"),
        "sw": ("jarida", "nataka jarida"),
        "ar": ("النشرة", "نشرة", "النشرة البريدية"),
        "es": ("boletín", "boletines"),
        "pt": ("boletim", "boletins"),
    },
    "newsletter-stop": {
        "en": ("stop newsletter", "stop the newsletter", "no newsletter"),
        "fr": ("arrêter infolettre", "arrêter l'infolettre", "arrêter bulletin"),
        "sw": ("acha jarida", "komesha jarida"),
        "ar": ("إيقاف النشرة", "أوقف النشرة"),
        "es": ("parar boletín", "baja boletín"),
        "pt": ("parar boletim", "cancelar boletim"),
    },
}
# These stand alone.
ALONE = frozenset(
    [
        *("help", "stop", "stop-all", "start", "daily", "weekly", "monthly", "each", "digest"),
        *("list", "join", "leave", "pause", "follow", "unfollow", "webinars", "come", "give-up"),
        *("newsletter", "newsletter-stop"),
    ]
)
# Behind these may stand anything; so they count only in a mail that cannot be meant as a text.
FREE = frozenset({"follow", "unfollow", "find", "name", "country", "language", "helps", "seeks"})
# Behind these stands a number.
_NUMBERED = frozenset({"text", "come", "give-up"})
# Days in a unit of time, by the beginning of its word.
_UNITS = {
    1: ("day", "jour", "siku", "يوم", "ايام", "أيام", "dia", "día"),
    7: ("week", "semaine", "wiki", "اسبوع", "أسبوع", "اسابيع", "semana"),
    30: ("month", "mois", "mwezi", "miezi", "شهر", "اشهر", "شهور", "mes", "mês"),
}
LONGEST_PAUSE = 366
USUAL_PAUSE = 30
_CLOSERS = (
    *("thanks", "thank you", "many thanks", "regards", "please", "best", "best regards"),
    *("merci", "merci beaucoup", "cordialement", "asante", "asante sana", "shukrani"),
    *("شكرا", "شكرا لكم", "مع الشكر", "gracias", "muchas gracias", "saludos"),
    *("obrigado", "obrigada", "cumprimentos", "abraços"),
)
_REPLY = re.compile(
    r"^(\s*(re|fw|fwd|aw|sv|tr|rv|res|enc|رد|إعادة توجيه)\s*(\[\d+\])?\s*[:：]\s*)+", re.I
)
_NUMBER_IN_LINK = re.compile(r"/(\d{1,12})(?:[-/#?]|$)")
_LONGEST = 120


def command_in(words: str, subject: str, *, free: bool = False) -> tuple[str, str] | None:
    """The command and its argument if that is all a mail says; the subject counts when it has no
    words. `free`: also commands with any words behind them, which elsewhere are somebody's text."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    if not lines:
        return _command(_REPLY.sub("", subject), free=free)
    if len(lines) > 4 or not _only_thanks(lines[1:]):
        return None
    return _command(lines[0], free=free)


def word_for(code: str, language: str) -> str:
    """The word our letters teach for a command, in capitals where the script has them."""
    spoken = WORDS[code]
    return spoken.get(language, spoken["en"])[0].upper()


def language_of(words: str) -> str:
    """In which language a command was said, if only one has that word; else ""."""
    said = _plain(words.splitlines()[0] if words.strip() else "")
    spoken = {
        language
        for known in WORDS.values()
        for language, forms in known.items()
        if said in {_plain(form) for form in forms}
    }
    return spoken.pop() if len(spoken) == 1 else ""


def _command(line: str, *, free: bool) -> tuple[str, str] | None:
    said = _plain(line)
    if not said or len(line) > _LONGEST:
        return None
    # "résumé" is French for a digest, "resume" English for going on: with its accents first.
    code = _EXACTLY.get(line.strip(" .!").casefold()) or _BY_FORM.get(said)
    if code in ALONE:
        return code, ""
    for form, known in _BY_LENGTH:
        if said.startswith(f"{form} "):
            found = _with_argument(known, _behind(line, form), free=free)
            if found is not None:
                return known, found
    return None


def _with_argument(code: str, argument: str, *, free: bool) -> str | None:
    if code == "pause":
        return _days(argument)
    if code in _NUMBERED:
        return _number(argument)
    return argument if free and code in FREE and argument else None


def _days(words: str) -> str | None:
    """ "2 weeks" is "14", and so is "wiki 2", as Kiswahili puts it."""
    plain = _plain(words)
    if plain in _TWO_OF:
        return str(_TWO_OF[plain])
    match = re.fullmatch(r"(?:(\d{1,3})\s*([^\W\d]+)|([^\W\d]+)\s+(\d{1,3}))", plain)
    if not match:
        return None
    count, word = int(match[1] or match[4]), match[2] or match[3]
    for days, units in _UNITS.items():
        if any(word.startswith(_plain(unit)) for unit in units):
            return str(max(1, min(count * days, LONGEST_PAUSE)))
    return None


def _number(words: str) -> str | None:
    """The number of a contribution, given alone ("12", "#12") or in its address; "12 2" is its
    second part."""
    alone = re.fullmatch(r"#?\s*(\d{1,12})(?:\s+(\d{1,3}))?\.?", words.strip())
    if alone:
        return " ".join(str(int(number)) for number in alone.groups() if number)
    in_link = _NUMBER_IN_LINK.search(words) if "/" in words and " " not in words.strip() else None
    return str(int(in_link[1])) if in_link else None


def _behind(line: str, form: str) -> str:
    """What stands behind the command, as it was written."""
    words = line.split()
    return " ".join(words[len(form.split()) :]).strip(" .:!,;\"'«»“”")


def _only_thanks(lines: list[str]) -> bool:
    """Whether what follows is a word of thanks and a name, so that nobody's sentence is lost."""
    if not lines:
        return True
    if _plain(lines[0]) in _THANKS:
        return len(lines) == 1 or (len(lines) == 2 and len(lines[1].split()) <= 3)
    return len(lines) == 1 and any(_plain(lines[0]).startswith(f"{word} ") for word in _THANKS)


def _plain(words: str) -> str:
    """As `folded`, with the marks of numbers and addresses; a question mark alone asks for help."""
    kept = folded(words, keep="?#/")
    return "help" if kept == "?" else " ".join(kept.replace("?", " ").split())


# Arabic says two of something in one word.
_TWO_OF = {
    _plain(word): days
    for days, words in {
        2: ("يومين", "يومان"),
        14: ("أسبوعين", "أسبوعان"),
        60: ("شهرين", "شهران"),
    }.items()
    for word in words
}
_THANKS = frozenset(_plain(word) for word in _CLOSERS)
_EXACTLY = {
    form.casefold(): code
    for code, spoken in reversed(WORDS.items())
    for forms in spoken.values()
    for form in forms
}
_BY_FORM = {
    _plain(form): code
    for code, spoken in reversed(WORDS.items())
    for forms in spoken.values()
    for form in forms
}
_BY_LENGTH = sorted(_BY_FORM.items(), key=lambda pair: -len(pair[0]))
