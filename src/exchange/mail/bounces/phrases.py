"""What mail servers say when they send mail back, in the languages they say it in.
Pure; called by `mail.bounces.reading`. The order of the questions matters: see `meaning`."""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# The provider refuses us, whoever we write to.
POLICY = _any(
    r"\bspam(?!arrest)", r"black ?list", r"block ?list", r"deny ?list", r"\bdnsbl\b", r"\brbl\b",
    r"spamhaus", r"barracuda", r"sorbs", r"spamcop", r"proofpoint", r"reputation",
    r"\bspf\b", r"\bdkim\b", r"\bdmarc\b", r"unauthenticated", r"authentication (?:required|fail)",
    r"\bpolic(?:y|ies)\b", r"reverse dns", r"\bptr\b", r"rdns", r"(?<!not )\bblocked\b",
    r"blocked using", r"banned", r"relay(?:ing)? (?:access )?(?:denied|not permitted|prohibited)",
    r"unable to relay", r"sender (?:address )?(?:rejected|denied|verify failed|not allowed)",
    r"sender denied", r"content (?:rejected|filter)", r"unsolicited", r"user complaints",
    r"(?:host|network|\bip\b|client|sender|server)\b.{0,40}not (?:allowed|permitted|authori[sz]ed)",
    r"not permitted to", r"smtp authentication", r"without authentication", r"not accepting mail from", r"refused to talk to me", r"message (?:was )?rejected due to",
    r"bloqu[ée]e?\b", r"courrier ind[ée]sirable", r"ofr_?50\d", r"correo no deseado",
    r"bloqueado", r"pol[íi]tica", r"politique", r"abgelehnt.{0,40}richtlinie", r"спам",
    r"заблокирован", r"محظور", r"بريد مزعج", r"垃圾邮件", r"拒绝.{0,20}策略",
)  # fmt: skip
# For now only: full, too large, not reached, too many.
SOFT = _any(
    r"\b552[ -]",
    r"mail ?box (?:is )?(?:currently )?full", r"(?:in)?box is full", r"full mail ?box",
    r"over[ -]?quota", r"(?:exceed\w*|beyond|reached) .{0,40}(?:quota|storage|limit|size)",
    r"quota .{0,20}exceed", r"out of (?:disk|storage|space)", r"insufficient .{0,10}(?:storage|space)",
    r"mailfull", r"storage (?:limit|space)", r"no space left", r"disk (?:is )?full",
    r"(?:message|mail|size) .{0,20}(?:too (?:large|big)|exceeds)", r"too (?:large|big|many)",
    r"timed? ?out", r"try (?:again|later)", r"temporar", r"gr[ea]y ?list", r"deferred",
    r"connection (?:refused|reset|dropped|lost)", r"could ?n.t (?:be )?connect", r"not connect",
    r"unable to (?:contact|connect)", r"network is unreachable", r"no route to host",
    r"in the queue too long", r"retry time(?:out)? (?:not reached|exceeded)", r"message expired",
    r"retries (?:are )?exhausted", r"server (?:busy|is busy|unavailable)", r"loop", r"hop count",
    r"local (?:error|configuration)", r"not responding", r"did not respond", r"rate.{0,10}limit",
    r"phone (?:is )?(?:switched )?off", r"subscriber (?:is )?(?:unreachable|absent|not reachable)",
    r"bo[iî]te .{0,40}pleine", r"quota .{0,20}d[ée]pass", r"satur[ée]e", r"messagerie pleine",
    r"r[ée]essay", r"temporairement", r"buz[óo]n .{0,30}llen[oa]", r"(?:cuota|capacidad) .{0,20}excedid",
    r"intente .{0,20}m[áa]s tarde", r"temporalmente", r"caixa .{0,40}cheia", r"cota .{0,20}excedid",
    r"tente .{0,20}mais tarde", r"temporariamente", r"postfach .{0,40}(?:voll|überf)", r"speicherplatz",
    r"vor[üu]bergehend", r"casella .{0,40}piena", r"postvak .{0,40}vol\b", r"brievenbus .{0,20}vol\b",
    r"переполнен", r"превышен", r"попробуйте .{0,20}позже", r"временно", r"ممتلئ", r"لاحقا",
    r"مؤقت", r"تجاوز", r"limejaa", r"imejaa", r"kwa muda", r"邮箱已满", r"容量",
)  # fmt: skip
# For good: nobody there, no such place.
HARD = _any(
    r"user(?: is)? unknown", r"unknown (?:user|recipient|address|mailbox|local)", r"no such (?:user|recipient|address|mailbox|person|account|domain|host)",
    r"does(?: not|n.t) exist", r"do not exist", r"(?:address|recipient|user|mailbox|account|domain|email)s? .{0,80}(?:not|n.t be) found",
    r"(?:not|n.t be) found (?:at|in|on)", r"could ?n.t be found", r"recipientnotfound", r"invalid (?:recipient|mailbox|address|user|email)",
    r"no (?:mailbox|account|user|valid recipient).{0,12}(?:here|by that|with that|exists)?", r"mailbox (?:is )?(?:unavailable|not available|disabled|inactive|invalid|closed)",
    r"(?:account|mailbox|user|address|email) .{0,60}(?:disabled|inactive|suspended|deactivated|closed|deleted|terminated)",
    r"not a (?:known|valid) (?:user|mailbox|recipient|address)", r"no longer (?:available|valid|active|in use|works?|exists?|with|accept)",
    r"unrout(?:e)?able", r"(?:host|domain|name) .{0,40}not found", r"nxdomain", r"bad (?:destination|recipient)", r"not in use", r"number .{0,20}(?:invalid|not in service)",
    r"not listed in", r"user doesn.t have", r"recipient address rejected", r"is not (?:our|local) (?:customer|user)", r"not our customer",
    r"(?:utilisateur|destinataire|adresse|compte) .{0,40}(?:inconnu|invalide|inexistant|introuvable)", r"n.existe (?:pas|plus)", r"introuvable",
    r"(?:usuario|destinatario|cuenta|buz[óo]n|direcci[óo]n) .{0,40}(?:desconocid|inexistente|no v[áa]lid|inv[áa]lid)", r"no existe", r"no se (?:ha )?(?:encontr[óo]|pudo encontrar)",
    r"(?:usu[áa]rio|destinat[áa]rio|conta|endere[çc]o|caixa postal) .{0,40}(?:desconhecid|inexistente|inv[áa]lid)", r"n[ãa]o existe", r"n[ãa]o (?:foi )?encontrad",
    r"(?:benutzer|empf[äa]nger|adresse|postfach) .{0,40}(?:unbekannt|ung[üu]ltig|nicht gefunden)", r"unbekannte[rn]? (?:benutzer|empf)", r"existiert nicht",
    r"(?:utente|destinatario|indirizzo|casella) .{0,40}(?:sconosciut|inesistent|non valid|non trovat)", r"non esiste",
    r"(?:gebruiker|ontvanger|adres) .{0,40}(?:onbekend|ongeldig|niet gevonden)", r"onbekende (?:gebruiker|ontvanger)", r"bestaat niet",
    r"не существует", r"не найден", r"неизвестн\w+ (?:пользовател|получател|адрес)", r"غير موجود", r"غير معروف", r"لم يتم العثور", r"غير صالح",
    r"haipo\b", r"hayupo\b", r"haikupatikana", r"haijapatikana", r"hajulikani", r"haijulikani", r"si sahihi", r"不存在", r"无此用户", r"bulunamad",
)  # fmt: skip
# Not returned yet: the server goes on trying.
DELAYED = _any(
    r"(?:delivery|message|mail)\b.{0,60}\bdelayed", r"has not (?:yet )?been delivered", r"not yet (?:been )?delivered", r"warning message only",
    r"will (?:continue|keep|be retried|retry|try again|try to)", r"still (?:being )?(?:retr|trying)", r"(?:do not|don.t|no) need to (?:resend|do anything)", r"could not send message for past",
    r"(?:remise|distribution|message) .{0,40}retard", r"sera (?:de nouveau )?(?:tent|r[ée]essay)", r"tentatives se poursuiv", r"(?:entrega|mensaje) .{0,30}(?:retrasad|demorad)", r"seguir[áa] intentando",
    r"(?:entrega|mensagem) .{0,30}atrasad", r"continuar[áa] tentando", r"verz[öo]gert", r"weiterhin versuch", r"in ritardo", r"vertraagd",
    r"задерж", r"تأخر", r"تأخير", r"imechelewa", r"umechelewa", r"itaendelea kujaribu",
)  # fmt: skip
GAVE_UP = _any(
    r"g[ai]ve up", r"giving up", r"given up", r"permanent", r"has been returned", r"could not be delivered within", r"too long", r"no longer try",
    r"will not be retried", r"i.ve given", r"abandon", r"d[ée]finitive", r"expired", r"not going to try",
)  # fmt: skip
# Subjects and first lines by which mail that came back is known where its form says nothing.
RETURNED = _any(
    r"undeliver", r"not delivered", r"(?:could|can) ?not be delivered", r"couldn.t be delivered", r"wasn.t delivered", r"delivery (?:status|report|fail|has fail|incomplete|problem|error|unsuccess|delay|subsystem)", r"delivery to .{0,80} (?:fail|delay)",
    r"returned (?:mail|to sender|message|email)", r"failure notice", r"mail delivery", r"mail system error", r"mail fail", r"message (?:status|delayed|not sent|failed|undeliv)", r"non-?delivery", r"failed to deliver", r"unable to deliver", r"warning: could not send", r"warning: message .{0,40}delayed", r"bounce",
    r"non (?:remis|distribu|d[ée]livr)", r"[ée]chec .{0,20}(?:remise|distribution|livraison|envoi)", r"n.a pas pu [êe]tre (?:remis|distribu|d[ée]livr)", r"no (?:se )?(?:pudo|puede) (?:ser )?entreg", r"no entregado", r"error de entrega", r"fallo .{0,20}entrega", r"devuelto",
    r"n[ãa]o (?:foi |p[ôo]de ser )?entreg", r"falha .{0,20}entrega", r"devolvid", r"unzustellbar", r"nicht zugestellt", r"zustellung.{0,30}fehl", r"mancat[oa] (?:recapito|consegna)", r"non (?:è stato )?(?:recapitat|consegnat)", r"onbestelbaar", r"niet (?:worden )?(?:bezorgd|afgeleverd)",
    r"не ?доставл", r"недоставл", r"возвра", r"تعذر (?:تسليم|التسليم|إرسال)", r"فشل (?:تسليم|التسليم|الإرسال)", r"لم يتم (?:تسليم|إرسال)", r"haikuweza kutumwa", r"haikuwasilishwa", r"haujafika", r"haukufika", r"imeshindwa kutumwa", r"imerudishwa", r"退信", r"teslim edilemedi",
)  # fmt: skip
# What some providers' loops for complaints say instead of RFC 5965.
COMPLAINT = _any(
    r"^complaint about (?:a )?message from", r"^abuse report", r"^email feedback report"
)
# A program asks whether we are people. We do not play along.
CHALLENGE = _any(
    r"boxtrapper", r"spam ?arrest", r"\btmda\b", r"challenge[- ]response", r"verif\w+ (?:that )?(?:you are|you.re|yourself|your (?:address|email|message))", r"(?:you are|you.re) (?:a )?(?:real person|human)", r"requires (?:confirmation|verification)",
    r"(?:click|reply|follow).{0,80}(?:to (?:have|get|let|release) .{0,40}(?:deliver|message|through)|confirm .{0,30}sender)", r"confirme[rz]? .{0,40}(?:exp[ée]diteur|message|envoi)", r"bitte best[äa]tigen sie", r"confirm[ae] (?:su|seu) (?:mensaje|mensagem|env[íi]o|envio)",
)  # fmt: skip


def meaning(words: str) -> str:
    """ "policy", "soft", "hard" or "". What might be for now is never called for good, and what is
    said of us is never held against the person."""
    if POLICY.search(words):
        return "policy"
    if SOFT.search(words):
        return "soft"
    return "hard" if HARD.search(words) else ""


def goes_on_trying(words: str) -> bool:
    """Whether it is only late."""
    return bool(DELAYED.search(words)) and not GAVE_UP.search(words)
