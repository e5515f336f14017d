"""Our own addresses of the writing room; they stand before the editor's.
Included by project.writing_urls under desk/write/."""

from django.urls import path

from exchange.writing.views import files, leaving, opening, pressing, preview

app_name = "writing"
urlpatterns = [
    path("account/", leaving.account, name="account"),
    path("logout/", leaving.leave, name="leave"),
    path("login/", leaving.account, name="come"),
    path("open/brief/<int:pk>/", opening.brief, name="open-brief"),
    path("open/newsletter/<int:pk>/", opening.newsletter, name="open-newsletter"),
    path("open/page/<slug:name>/<slug:language>/", opening.house, name="open-page"),
    path("files/<slug:folder>/<str:name>", files.file, name="file"),
]
# The editor's button and its preview are answered here too.
pressing.answer()
preview.answer()
