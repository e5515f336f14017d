"""How it works, as the program says it while no host has written it anew.
Read by `texts` alone."""

from django.utils.translation import gettext_lazy as _

# (heading, words); the first has no heading.
PARTS = (
    (
        "",
        _(
            "Practitioners ask, answer and tell. A few hosts keep the place safe and see that nobody waits in vain."
        ),
    ),
    (
        _("You read"),
        _(
            "Everything published can be read by everyone, without an account. Pages are small: each says at its foot how much of your data it used."
        ),
    ),
    (
        _("You join"),
        _(
            "With an e-mail address. We send a code instead of a password. You choose the name others see; it need not be your own."
        ),
    ),
    (
        _("You ask, or tell what you did"),
        _(
            "Write in the language you think in. Your words are kept as you type, on your phone and here, so a lost line costs nothing. Leave out whatever could point to a child: names, ages, villages, schools."
        ),
    ),
    (
        _("A host looks first"),
        _(
            "What a newcomer writes waits until a host has read it, usually within a day or two. Later your words appear at once, unless something in them needs a second look; then we tell you what and why."
        ),
    ),
    (
        _("You are answered"),
        _(
            "Answers come by e-mail if you wish. Say “This helped” to those that did, and “This answered my question” when one did."
        ),
    ),
    (
        _("You can take it back"),
        _(
            "What you wrote stays yours. You can change it or withdraw it, and then it is gone from pages, search and mail alike."
        ),
    ),
)
