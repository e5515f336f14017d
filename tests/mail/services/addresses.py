"""The hooks of the service that the settings name, beside everything else the project serves.
Used by the tests of services as their ROOT_URLCONF."""

from django.urls import include, path

from exchange.mail.urls import _hooks
from exchange.project import urls as project

urlpatterns = [path("mail/hooks/", include((_hooks(), "mail_hooks"))), *project.urlpatterns]
handler400 = project.handler400
handler404 = project.handler404
handler500 = project.handler500
