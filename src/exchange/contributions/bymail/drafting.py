"""Words that came by mail and did not go out, kept as a draft of the page's own form.
Used by the handlers of contributions and conversation."""

from __future__ import annotations

from exchange.contributions import drafts
from exchange.contributions.models import Contribution, Draft
from exchange.members.models import Member

# The field that says what came by mail, so that what was typed on the page since is not dropped.
_CAME = "came-by-mail"


def keep(
    *,
    key: str,
    member: Member,
    kind: str,
    typed: dict[str, str],
    main: str = "body",
    about: Contribution | None = None,
) -> None:
    """Keep them; `main` is the field of the long text. What was begun on the page stays above."""
    begun = drafts.of(member, key)
    before = (begun.answers.get(main) or [""])[0] if begun else ""
    words = typed.get(main, "")
    is_alone = not before or (begun is not None and before == _came(begun))
    whole = words if is_alone else before if words in before else f"{before}\n\n{words}"
    answers = {name: [value] for name, value in typed.items() if value}
    answers |= {main: [whole], _CAME: [whole if is_alone else ""]}
    step = main if kind == "experience" else ""
    drafts.keep(key=key, member=member, kind=kind, answers=answers, step=step, about=about)


def drop(*, key: str, member: Member, main: str = "body") -> None:
    """They have gone out: the draft goes, unless somebody wrote into it since."""
    begun = drafts.of(member, key)
    if begun is not None and (begun.answers.get(main) or [""])[0] == _came(begun):
        drafts.drop(key=key, member=member)


def _came(draft: Draft) -> str | None:
    return (draft.answers.get(_CAME) or [""])[0] or None
