"""Programs that are no readers, told by the name they give themselves.
Called by the counting of use alone.

An own list of November 2026, made after the kinds of programs in the list of Project COUNTER
(COUNTER Code of Practice 5.1, section 7.8 and the COUNTER-Robots list of 2025-11): search engines,
archives, monitors, previews of messengers, harvesters, libraries of programming languages, and the
collectors of language models. Who gives no name at all is no reader either."""

import re

_NAMES = (
    # What most of them say of themselves. A Cubot is a telephone.
    *("(?<!cu)bot", "spider", "crawl", "slurp", "scrap", "harvest", "fetch", "archiver", "scanner"),
    *(
        "checker",
        "link.?check",
        "monitor",
        "uptime",
        "validator",
        "preview",
        "prerender",
        "headless",
    ),
    *("indexer", "feedly", "feedparser", "http-?client", "httpx", "lighthouse", "probe"),
    # Libraries and tools.
    *(
        "python",
        "urllib",
        "aiohttp",
        "curl/",
        "wget",
        "libwww",
        "perl/",
        "^ruby",
        "^java/",
        "okhttp",
    ),
    *(
        "go-http",
        "node-fetch",
        "axios",
        "guzzle",
        "^php",
        "postman",
        "insomnia",
        "httrack",
        "reqwest",
    ),
    *("apache-", "winhttp", "dart/", "sickle", "oaipmh", "metha", "zotero", "wkhtml", "phantomjs"),
    *("puppeteer", "playwright", "selenium", "nutch", "heritrix"),
    # By name: they say none of the above.
    *("facebookexternalhit", "whatsapp/", "skypeuri", "embedly", "ia_archiver", "mediapartners"),
    *("google-extended", "googleother", "google-read-aloud", "yandex.com/bots", "chatgpt-user"),
    *("claude-web", "claude-user", "anthropic", "perplexity", "cohere", "diffbot", "meta-external"),
    *("oai-search", "petal", "semrush", "ahrefs"),
)
_ROBOT = re.compile("|".join(_NAMES), re.IGNORECASE)


def is_robot(agent: str) -> bool:
    """Whether a program that calls itself so is taken for no reader."""
    return not agent.strip() or bool(_ROBOT.search(agent))
