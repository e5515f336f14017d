"""The address for harvesters; it stands outside the languages.
Included by project.urls."""

from django.urls import path

from exchange.discovery.oai import views

unprefixed = [path("oai", views.oai, name="oai")]
