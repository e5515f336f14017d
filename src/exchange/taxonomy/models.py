"""The words that place a contribution: topics, settings, mechanisms, leadership, countries.
Read through `taxonomy.vocabulary`, which keeps labels in memory; written by `load_terms`."""

from django.db import models


class Vocabulary(models.TextChoices):
    """The lists terms belong to. The value is the first half of a term's key."""

    TOPIC = "topic"
    TOPIC_GROUP = "topic-group"
    MECHANISM = "mechanism"
    LEADERSHIP = "leadership"
    SETTING = "setting"
    COMPONENT = "component"
    TYPE = "type"
    AUDIENCE = "audience"
    LEVEL = "level"
    REGION = "region"
    COUNTRY = "country"


class Term(models.Model):
    """One word of a vocabulary. The key ("topic:child-marriage", "country:KE") never changes."""

    key = models.CharField(max_length=80, primary_key=True)
    vocabulary = models.CharField(max_length=16, choices=Vocabulary)
    slug = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)
    group = models.CharField(max_length=60, blank=True)
    labels = models.JSONField(default=dict)
    helps = models.JSONField(default=dict)
    anchor = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "slug"], name="one_term_per_slug")
        ]
        ordering = ["vocabulary", "order", "slug"]

    def __str__(self) -> str:
        return self.key
