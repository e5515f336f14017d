"""What search remembers: a narrow row to filter and count by, the packed terms to rank by, the
vocabulary with its near spellings. Written by `discovery.actions` alone; made anew by `reindex`."""

from __future__ import annotations

from django.db import models

from exchange.contributions.models import Contribution


class SearchEntry(models.Model):
    """One findable contribution, narrow, so that thousands can be counted in a moment."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    kind = models.CharField(max_length=12)
    language = models.CharField(max_length=8)
    # All it is counted by, as "facet:value" words: one column is read several times faster than
    # seven, and the words are counted as they are.
    facts = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"entry {self.pk}"


class SearchTerms(models.Model):
    """The terms of an entry (see `coding`): ranking reads them, taking out needs them exactly."""

    entry = models.OneToOneField(
        SearchEntry, on_delete=models.CASCADE, primary_key=True, related_name="terms"
    )
    packed = models.BinaryField()
    # Keys of the filters under which the engine knows it.
    filters = models.BinaryField()

    def __str__(self) -> str:
        return f"terms {self.pk}"


class Vocabulary(models.Model):
    """In how many entries a term stands, anywhere and in a title; the word itself where the term
    is a whole word. The row with key 0 counts the entries."""

    key = models.BigIntegerField(primary_key=True)
    found_in = models.IntegerField(default=0)
    titles = models.IntegerField(default=0)
    word = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, blank=True)

    class Meta:
        indexes = [models.Index(fields=["word"], name="vocabulary_word")]

    def __str__(self) -> str:
        return self.word or str(self.key)


class Neighbour(models.Model):
    """A spelling one letter short of a word of the vocabulary: how typing errors are found."""

    spelling = models.CharField(max_length=40)
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["spelling", "word"], name="one_neighbour_once")
        ]

    def __str__(self) -> str:
        return self.spelling


class Harvestable(models.Model):
    """What other libraries are told of a contribution, and since when. It has no key to the
    contribution, because the trace that something is gone outlives it."""

    # The contribution's own number.
    number = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=12)
    # In whole seconds, and a few of them ahead of the change (see `oai.keeping`).
    datestamp = models.DateTimeField()
    is_deleted = models.BooleanField(default=False)
    # Names of the sets it is or was in, each between spaces.
    sets = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["datestamp", "number"], name="harvest_order")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.number}"
