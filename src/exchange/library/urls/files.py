"""Addresses of the files of a record.
Joined in urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.library.views import file_bytes, files, kept_files

urlpatterns: list[URLPattern] = [
    path("<int:pk>/files/", files.files, name="files"),
    path("<int:pk>/files/<int:number>/replace/", files.replace, name="file-replace"),
    path("<int:pk>/files/<int:number>/away/", files.take_away, name="file-away"),
]
unprefixed: list[URLPattern] = [
    path("library/files/<str:key>/<str:name>", file_bytes.file_bytes, name="library-file"),
]
# Pages for hosts, under /desk/library/.
for_hosts: list[URLPattern] = [
    path("files/", kept_files.kept_files, name="files"),
    path("files/<int:number>/out/", kept_files.let_out, name="file-out"),
    path("files/<int:number>/again/", kept_files.look_again, name="file-again"),
]
