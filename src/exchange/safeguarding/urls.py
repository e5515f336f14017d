"""Addresses of safeguarding: reporting for everybody, cases and what stands under the desk.
Included by project.urls."""

from django.urls import path

from exchange.safeguarding.views import cases, reporting, standing

app_name = "safeguarding"

_desk = "desk/concerns/"

urlpatterns = [
    path("report/", reporting.report, name="report-general"),
    path("report/received/", reporting.received, name="received"),
    path("report/<slug:about>/<int:pk>/", reporting.report, name="report"),
    path("desk/safeguarding/", standing.standing, name="standing"),
    path("desk/safeguarding/policy/", standing.policy, name="policy-review"),
    path("desk/safeguarding/helpline/", standing.helpline, name="helpline-check"),
    path(_desk, cases.cases, name="cases"),
    path(f"{_desk}<int:pk>/", cases.case, name="case"),
    path(f"{_desk}<int:pk>/words/", cases.words, name="case-words"),
    path(f"{_desk}<int:pk>/pictures/<slug:key>/", cases.picture, name="case-picture"),
    path(f"{_desk}<int:pk>/entries/", cases.entry, name="case-entry"),
    path(f"{_desk}<int:pk>/messages/", cases.message, name="case-message"),
    path(f"{_desk}<int:pk>/decision/", cases.decision, name="case-decision"),
    path(f"{_desk}<int:pk>/handover/", cases.handover, name="case-handover"),
    path(f"{_desk}<int:pk>/recusal/", cases.recusal, name="case-recusal"),
    path(f"{_desk}<int:pk>/closure/", cases.closure, name="case-closure"),
]
