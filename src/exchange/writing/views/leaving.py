"""What the editor's own ways to an account and out of it lead to: ours.
Reached through urls.py."""

from django.shortcuts import redirect


def account(request):
    return redirect("members:me")


def leave(request):
    """Signing out is asked for on a page of its own, as everywhere."""
    return redirect("account_logout")
