"""Settings, read once from the environment. Nothing here talks to a database or the network.
Called by Django alone; rooms read `django.conf.settings`."""

import base64
import contextlib
import hashlib
import os
import re
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from exchange.mail.door import setting as mail_in
from exchange.mail.services import setting as mail_services

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("EXCHANGE_DATA", "var")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

MODE = os.environ.get("EXCHANGE_MODE", "local")
PRODUCTION = MODE == "production"
DEBUG = False
BASE_URL = os.environ.get("EXCHANGE_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_NAME = "The Exchange"


def _secret_key() -> str:
    given = os.environ.get("EXCHANGE_SECRET_KEY")
    if given:
        return given
    path = DATA_DIR / "secret-key"
    if not path.exists():
        fresh = DATA_DIR / f"secret-key.{os.getpid()}"
        fresh.write_text(secrets.token_urlsafe(48))
        fresh.chmod(0o600)
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)  # whoever comes first wins; the others read it
        fresh.unlink()
    return path.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [
    *os.environ.get("EXCHANGE_HOSTS", "").split(),
    *([urlsplit(BASE_URL).hostname or "localhost"]),
    *([] if PRODUCTION else ["*"]),
]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if PRODUCTION else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_SSL_REDIRECT = False  # the proxy in front does it; a redirect here would loop behind some
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "exchange.core.apps.CoreConfig",
    "exchange.ledger.apps.LedgerConfig",
    "exchange.mail.apps.MailConfig",
    "exchange.taxonomy.apps.TaxonomyConfig",
    "exchange.members.apps.MembersConfig",
    "exchange.organisations.apps.OrganisationsConfig",
    "exchange.hubs.apps.HubsConfig",
    "exchange.contributions.apps.ContributionsConfig",
    "exchange.conversation.apps.ConversationConfig",
    "exchange.library.apps.LibraryConfig",
    "exchange.webinars.apps.WebinarsConfig",
    "exchange.briefings.apps.BriefingsConfig",
    "exchange.contacting.apps.ContactingConfig",
    "exchange.corresponding.apps.CorrespondingConfig",
    "exchange.translating.apps.TranslatingConfig",
    "exchange.announcing.apps.AnnouncingConfig",
    "exchange.safeguarding.apps.SafeguardingConfig",
    "exchange.alerts.apps.AlertsConfig",
    "exchange.discovery.apps.DiscoveryConfig",
    "exchange.pages.apps.PagesConfig",
    "exchange.desk.apps.DeskConfig",
    "exchange.project.apps.ProjectConfig",
]

MIDDLEWARE = [
    "exchange.core.onlookers.Onlookers",
    "exchange.core.middleware.PageCacheMiddleware",
    "exchange.core.onlookers.Marking",
    "exchange.core.middleware.LightGZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "exchange.core.middleware.InputLimitsMiddleware",
    "exchange.core.uploads.UploadTurnsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "exchange.core.middleware.KeptTextCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "exchange.members.middleware.RestingPowersMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
    "exchange.safeguarding.middleware.NotOpenYetMiddleware",
]

ROOT_URLCONF = "exchange.project.urls"
WSGI_APPLICATION = "exchange.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Named here, the rooms' pages stand before the ones that django-allauth brings.
        "DIRS": [PACKAGE / "core" / "templates", PACKAGE / "members" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "exchange.core.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "exchange.core.templatetags.shell",
            ],
        },
    }
]


def _postgres(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
        # template1 may be visited by the server's own cleaning while it is copied; template0 never.
        "TEST": {"TEMPLATE": "template0"},
    }


def _sqlite(path: Path) -> dict[str, object]:
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
        "PRAGMA mmap_size=268435456; PRAGMA cache_size=-12000; PRAGMA foreign_keys=ON;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        # A file, so that live-server threads and workers of a test see the same database.
        "TEST": {"NAME": str(path.with_name(f"test-{path.name}"))},
    }


DATABASE_URL = os.environ.get("EXCHANGE_DATABASE", "")
DATABASES = {
    "default": _postgres(DATABASE_URL) if DATABASE_URL else _sqlite(DATA_DIR / "exchange.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("sw", "Kiswahili"),
    ("ar", "العربية"),
    ("es", "Español"),
    ("pt", "Português"),
]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "core" / "static"]
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 30

DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_WORDS = 1_000_000
HOOK_ADDRESSES = re.compile(r"/mail/hooks/.+")
LARGEST_HOOK = 36_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300

# --- files people send: to few addresses, to disk, up to 12 MB; a larger form is read, so that it
# --- can say what was too large and keep the words, up to a point ---
FILE_ADDRESSES = re.compile(
    r"/(?:(?:fr|sw|ar|es|pt)/)?"
    r"(?:ask/|share/(?:idea|discussion|notice)/|share/experience/[^/]+/review/"
    r"|contributions/\d+/(?:answers|pictures)/"
    r"|library/(?:add/(?:[^/]+/)*|\d+/files/(?:\d+/replace/)?)|desk/library/(?:[a-z0-9-]+/)+"
    r"|desk/webinars/\d+/(?:[a-z0-9-]+/)+|desk/write/.*)"
)
LARGEST_FILE = 12_000_000
LARGEST_FORM = 40_000_000
# The library's own forms take larger ones; beyond the size of a form nothing is read at all.
LIBRARY_ADDRESSES = re.compile(r"/(?:(?:fr|sw|ar|es|pt)/)?library/")
LARGEST_LIBRARY_FILE = int(os.environ.get("EXCHANGE_LARGEST_FILE_MB", "50")) * 1_000_000
LARGEST_LIBRARY_FORM = 8 * LARGEST_LIBRARY_FILE
FILE_UPLOAD_HANDLERS = ["exchange.core.uploads.CappedUploadHandler"]
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "tmp"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True, mode=0o700)
DATA_UPLOAD_MAX_NUMBER_FILES = 4

# --- files of the library: a folder of ours, or s3://bucket/folder?endpoint=https://…&region=… ---
LIBRARY_STORE = os.environ.get("EXCHANGE_FILES", "")
LIBRARY_STORE_KEY = os.environ.get("EXCHANGE_FILES_KEY", "")
LIBRARY_STORE_SECRET = os.environ.get("EXCHANGE_FILES_SECRET", "")
# A virus scanner: clamd's socket ("/run/clamav/clamd.ctl") or "host:3310". Empty: none.
SCANNER = os.environ.get("EXCHANGE_SCANNER", "")

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "members:me"

# --- e-mail codes, passkeys, TOTP (django-allauth) ---
ACCOUNT_ADAPTER = "exchange.members.adapters.MailAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A training room of thirty shares one line; one address needs few codes.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "40/10m/ip,200/d/ip,4/10m/key",
    "codes_to_an_address": "12/h/key,30/d/key",
    # Tries to say to which address a mail was sent, of one member.
    "stop_page": "10/h/key",
    # Guests who ask for a place in a webinar: from one line, and for one address.
    "seats_from_a_line": "40/h/ip,150/d/ip",
    "seats_for_an_address": "4/h/key,10/d/key",
    # Letters to the hosts: from one line, and with one address for the answer.
    "contact_from_a_line": "40/h/ip,150/d/ip",
    "contact_from_an_address": "8/h/key,20/d/key",
    # The same for those who ask for the newsletter.
    "newsletter_from_a_line": "40/h/ip,150/d/ip",
    "newsletter_for_an_address": "4/h/key,10/d/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION else 0
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(BASE_URL).scheme
MFA_ADAPTER = "exchange.members.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# --- mail ---
SMTP_URL = os.environ.get("EXCHANGE_SMTP", "")
MAIL_FROM = mail_in.mail_from(os.environ)
# Where people write to the hosts.
CONTACT = os.environ.get("EXCHANGE_CONTACT", MAIL_FROM.rpartition("<")[2].rstrip(">"))
OUTBOX_DIR = DATA_DIR / "outbox"
# The domain of the addresses people answer to, and what stands between a word and its token.
MAIL_DOMAIN = mail_in.mail_domain(os.environ)
MAIL_DELIMITER = os.environ.get("EXCHANGE_MAIL_DELIMITER", "+")
# Where mail comes in: the spool the door writes to, and what has been taken from it.
MAIL_IN_DIR = DATA_DIR / "mail-in"
MAIL_KEEP_DAYS = 90
# The door: smtp://127.0.0.1:2525, lmtp://…, or "off". A mailbox to ask: imaps://user:password@host/
MAIL_DOOR = os.environ.get("EXCHANGE_MAIL_DOOR") or mail_in.USUAL
IMAP_URL = os.environ.get("EXCHANGE_IMAP", "")
# The mail server whose Authentication-Results we believe (RFC 8601); empty: we look ourselves.
MAIL_AUTHSERV = os.environ.get("EXCHANGE_MAIL_AUTHSERV", "")
# For `doctor mail`: by which selectors our mail is signed, and from which addresses it leaves.
DKIM_SELECTORS = os.environ.get("EXCHANGE_DKIM_SELECTOR", "").split()
MAIL_SENDS_FROM = os.environ.get("EXCHANGE_MAIL_SENDS_FROM", "").split()
# How fast mail leaves: "20" a second in all, "gmail.com=2" to one domain, with spaces between.
MAIL_RATE = os.environ.get("EXCHANGE_MAIL_RATE", "")
# Reports of mail services, by django-anymail: "mailgun" …; its keys in EXCHANGE_ANYMAIL_<NAME>.
ANYMAIL_SERVICE = os.environ.get("EXCHANGE_ANYMAIL", "")
ANYMAIL = mail_services.keys(os.environ)
if ANYMAIL_SERVICE:
    if fault := mail_services.fault(ANYMAIL_SERVICE, ANYMAIL):
        raise ImproperlyConfigured(fault)
    INSTALLED_APPS.append("anymail")
    # A mail comes in one piece, larger than any form of ours; other addresses keep their limit.
    DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_HOOK
# Other channels: "sms=https://gateway.example/send whatsapp=https://…" with spaces between.
GATEWAYS = os.environ.get("EXCHANGE_GATEWAYS", "")

# --- rooms for video: "https://host/bigbluebutton/ secret", with sha1, sha256 (the usual), sha384 or
# --- sha512 after it; "https://host/" of Jitsi Meet, with "app-id secret" after it for tokens ---
BBB = os.environ.get("EXCHANGE_BBB", "")
JITSI = os.environ.get("EXCHANGE_JITSI", "")

# --- the live process ---
# Where scripts reach it (empty: this site, whose proxy leads /live/ to it), and its port here, at
# which it is poked; several machines hear of each other's events by a Redis or Valkey.
LIVE_URL = os.environ.get("EXCHANGE_LIVE_URL", "").rstrip("/")
LIVE_PORT = int(os.environ.get("EXCHANGE_LIVE_PORT") or 0)
REDIS_URL = os.environ.get("EXCHANGE_REDIS", "")

# --- the writing room, a process of its own: at a port of this machine, or somewhere else ---
WRITE_PORT = int(os.environ.get("EXCHANGE_WRITE_PORT") or 0)
WRITE_URL = os.environ.get("EXCHANGE_WRITE_URL", "").rstrip("/")
if not WRITE_URL and WRITE_PORT:
    WRITE_URL = f"http://127.0.0.1:{WRITE_PORT}"

# --- safeguarding ---
# A second way to reach lead and deputy: an address that is sent the number of an urgent case.
ALERT_WEBHOOK = os.environ.get("EXCHANGE_ALERT_WEBHOOK", "")

# A server that drafts translations of what anybody may read (LibreTranslate's protocol): the whole
# address, such as http://127.0.0.1:5000/translate, and its key. Empty: nothing is drafted.
TRANSLATE_URL = os.environ.get("EXCHANGE_TRANSLATE_URL", "")
TRANSLATE_KEY = os.environ.get("EXCHANGE_TRANSLATE_KEY", "")
# So many different people reporting one thing take it out of view until a host has looked.
REPORTS_THAT_HIDE = {"spam": 3, "rights": 3, "other": 2}
# What is in a closed case is destroyed after three years.
SAFEGUARDING_KEEP_DAYS = int(os.environ.get("EXCHANGE_SAFEGUARDING_KEEP_DAYS", "1095"))
LEDGER_EXTRA_HOOKS: list[str] = []

# --- one small style sheet, inlined in each page, allowed by its hash alone ---
STYLE = (PACKAGE / "core" / "static" / "look.min.css").read_text()
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF, f"'sha256-{_STYLE_HASH}'"],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "exchange": {"level": "INFO"},
        # Addresses of pages can hold what people searched for; 404 lines are not kept.
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
    },
}
