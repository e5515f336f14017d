"""Every change to a collection or the shelf of a hub, in one transaction each.
Called by the pages of this matter; the gates judge every word before it stands."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max

from exchange.contributions.errors import AlreadyDecided, ChangedMeanwhile, NotAllowed, TooMany
from exchange.contributions.judging import judged
from exchange.contributions.models import Contribution
from exchange.core import ids
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.library.models import Resource, Shelf, ShelfItem, Standing
from exchange.library.shelving import rules
from exchange.members.models import Member
from exchange.taxonomy import vocabulary


def make_shelf(
    *, by: Member, title: str, words: str, language: str, once_key: str = "", insist: bool = False
) -> Shelf:
    """A collection: a host's stands at once, a member's waits for a host. The same form twice
    gives the same collection. Raises NotAllowed, TooMany, Refused, Noticed."""
    before = Shelf.objects.filter(once_key=once_key, by=by).first() if once_key else None
    if before is not None:
        made: Shelf = before
        return made
    if not rules.may_keep(by):
        raise NotAllowed
    open_ones = Shelf.objects.filter(by=by).exclude(standing=Standing.WITHDRAWN)
    if not by.is_host and open_ones.count() >= rules.MOST_SHELVES:
        raise TooMany
    passed = _passed(title, words, language, by, insist)
    try:
        with transaction.atomic():
            return _made(by, title, words, language, once_key, out=passed and by.is_host)
    except IntegrityError:
        return Shelf.objects.get(once_key=once_key, by=by)


def shelf_of_hub(*, hub: str, by: Member) -> Shelf:
    """The shelf of a hub, made when a host first needs it. Raises NotAllowed."""
    if not (rules.may_keep(by) and by.is_host) or vocabulary.term(f"region:{hub}") is None:
        raise NotAllowed
    with transaction.atomic():
        found = Shelf.objects.filter(hub=hub).first()
        if found is None:
            name = vocabulary.label(f"region:{hub}", "en")
            found, _new = Shelf.objects.get_or_create(
                hub=hub,
                defaults={
                    "kind": Shelf.Kind.HUB,
                    "slug": hub,
                    "title": name,
                    "standing": Standing.PUBLISHED,
                },
            )
    shelf: Shelf = found
    return shelf


def change_shelf(
    *,
    shelf: Shelf,
    by: Member,
    title: str,
    words: str,
    language: str,
    version: int,
    insist: bool = False,
) -> Shelf:
    """New title and words. What a gate holds waits beside what stands.
    Raises NotAllowed, ChangedMeanwhile, Refused, Noticed."""
    if not rules.may_edit(by, shelf):
        raise NotAllowed
    passed = _passed(title, words, language, by, insist)
    with transaction.atomic():
        row = _locked(shelf, version)
        if row.is_public and not passed:
            row.proposed_title, row.proposed_words = title, words
        else:
            row.title, row.words, row.language = title, words, language
            row.slug = row.hub or ids.slug(title)
            row.proposed_title = row.proposed_words = ""
        if row.standing == Standing.DECLINED:
            row.standing = Standing.WAITING
        row.save()
        _changed(row, by)
    return row


def put_on(
    *,
    shelf: Shelf,
    resource: Resource,
    by: Member,
    comment: str = "",
    language: str = "en",
    insist: bool = False,
) -> ShelfItem:
    """A record at the end of a shelf, with a word on it; put there twice, the word is changed.
    Raises NotAllowed, TooMany, Refused, Noticed."""
    if not rules.may_edit(by, shelf) or not resource.is_public:
        raise NotAllowed
    passed = not comment or _passed("", comment, language, by, insist)
    with transaction.atomic():
        row = _locked(shelf)
        item: ShelfItem | None = row.items.filter(resource_id=resource.pk).first()
        if item is None:
            if row.items.count() >= rules.MOST_ON_A_SHELF:
                raise TooMany
            last = row.items.aggregate(last=Max("place"))["last"] or 0
            item = ShelfItem(shelf=row, resource=resource, place=last + 1)
            item.standing = Standing.PUBLISHED
        elif not comment:
            return item
        _say(item, by, comment, language, passed)
        _changed(row, by)
        _enriched(row, [resource.pk], by)
    return item


def comment_on(
    *, item: ShelfItem, by: Member, comment: str, language: str, insist: bool = False
) -> ShelfItem:
    """Another word on a record that stands on a shelf. Raises NotAllowed, Refused, Noticed."""
    if not rules.may_edit(by, item.shelf):
        raise NotAllowed
    passed = not comment or _passed("", comment, language, by, insist)
    with transaction.atomic():
        row = _locked(item.shelf)
        kept: ShelfItem | None = row.items.filter(pk=item.pk).first()
        if kept is None:
            raise ChangedMeanwhile(row.version)
        _say(kept, by, comment, language, passed)
        _changed(row, by)
        _enriched(row, [kept.resource_id], by)
    return kept


def take_off(*, item: ShelfItem, by: Member) -> None:
    """A record leaves the shelf; taken off twice is once. Raises NotAllowed."""
    if not rules.may_edit(by, item.shelf):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(item.shelf)
        if row.items.filter(pk=item.pk).delete()[0]:
            _changed(row, by)
            _enriched(row, [item.resource_id], by)


def move(*, item: ShelfItem, by: Member, up: bool, version: int) -> None:
    """One step past the neighbour that readers see. Raises NotAllowed, ChangedMeanwhile."""
    if not rules.may_edit(by, item.shelf):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(item.shelf, version)
        kept = list(row.items.select_related("resource"))
        order = [one.pk for one in kept]
        if item.pk not in order:
            raise ChangedMeanwhile(row.version)
        shown = {one.pk for one in kept if one.resource.is_public}
        places = {pk: n for n, pk in enumerate(rules.moved(order, shown, item.pk, up=up), 1)}
        for one in kept:
            one.place = places[one.pk]
        ShelfItem.objects.bulk_update(kept, ["place"])
        _changed(row, by)


def close_shelf(*, shelf: Shelf, by: Member) -> None:
    """It is gone from every page; its maker still has it in their copy. Raises NotAllowed."""
    if not rules.may_edit(by, shelf):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(shelf)
        on_it = list(row.items.values_list("resource_id", flat=True)) if row.is_public else []
        row.standing = Standing.WITHDRAWN
        row.save(update_fields=["standing"])
        _enriched(row, on_it, by, though_closed=True)
        _changed(row, by)


def decide(*, shelf: Shelf, by: Member, version: int, let_out: bool, note: str = "") -> Shelf:
    """A host lets out a collection that waits, or the newer words of one that stands; or keeps
    them back with kind words to its maker. Raises NotAllowed, AlreadyDecided."""
    if not rules.may_decide(by, shelf):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(shelf)
        if row.version != version or row.standing == Standing.WITHDRAWN:
            raise AlreadyDecided
        waited = row.standing == Standing.WAITING
        row.note = note
        row.checked_by, row.checked_as, row.checked_at = by, by.shown_name, now()
        _settle_proposals(row, taken=let_out)
        if waited:
            row.standing = Standing.PUBLISHED if let_out else Standing.DECLINED
        row.save()
        if row.is_public:
            _enriched(row, list(row.items.values_list("resource_id", flat=True)), by)
        _changed(row, by)
        _entry("shelf.decided", row, by)
    return row


def _made(by: Member, title: str, words: str, language: str, once_key: str, *, out: bool) -> Shelf:
    shelf = Shelf.objects.create(
        title=title,
        words=words,
        language=language,
        slug=ids.slug(title),
        by=by,
        shown_as=by.shown_name,
        standing=Standing.PUBLISHED if out else Standing.WAITING,
        once_key=once_key or None,
    )
    _entry("shelf.made", shelf, by)
    made: Shelf = shelf
    return made


def _settle_proposals(row: Shelf, *, taken: bool) -> None:
    if taken and row.proposed_title:
        row.title, row.words = row.proposed_title, row.proposed_words
        row.slug = row.hub or ids.slug(row.title)
    row.proposed_title = row.proposed_words = ""
    for item in row.items.exclude(proposed=""):
        item.comment = item.proposed if taken else item.comment
        item.proposed = ""
        item.save(update_fields=["comment", "proposed"])


def _passed(title: str, text: str, language: str, by: Member, insist: bool) -> bool:
    verdict = judged(
        text=text,
        title=title,
        kind="resource",
        language=language,
        author=by,
        origin="web",
        insist=insist,
    )
    return verdict.passed


def _say(item: ShelfItem, by: Member, comment: str, language: str, passed: bool) -> None:
    item.proposed = "" if passed else comment
    if passed:
        item.comment, item.language = comment, language
    item.by, item.shown_as, item.at = by, by.shown_name, now()
    item.save()


def _locked(shelf: Shelf, version: int | None = None) -> Shelf:
    row: Shelf = Shelf.objects.select_for_update().get(pk=shelf.pk)
    if version is not None and row.version != version:
        raise ChangedMeanwhile(row.version)
    return row


def _changed(row: Shelf, by: Member) -> None:
    row.version += 1
    row.changed_at = now()
    row.save(update_fields=["version", "changed_at"])
    _entry("shelf.changed", row, by)


def _entry(kind: str, shelf: Shelf, by: Member) -> None:
    record(kind, subject_type="shelf", subject_id=shelf.pk, actor_id=by.pk)


def _enriched(row: Shelf, pks: list[int], by: Member, *, though_closed: bool = False) -> None:
    """The index and the harvesters read a record anew when what stands beside it changed."""
    if not (row.is_public or though_closed):
        return
    for pk in Contribution.objects.public().filter(pk__in=pks).values_list("pk", flat=True):
        record("contribution.enriched", subject_type="contribution", subject_id=pk, actor_id=by.pk)
