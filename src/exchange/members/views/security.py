"""Passkeys, the authenticator app, recovery codes and the change of address, as django-allauth
does them, in the manner of the house. Called by `urls.py`."""

from functools import wraps

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from exchange.members.doors import member_required
from exchange.members.rules import has_second_factor
from exchange.members.views.paths import next_page, with_next


def _kindly(view):
    """A form that is shown again because something is missing answers 422, not 200."""

    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    return never_cache(page)


def _own(view):
    return member_required(_kindly(view))


def _sets_up(view):
    """Who has just set up a second factor has shown it: they need not show it again at once."""

    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        done = request.method == "POST" and response.status_code == 302
        if done and has_second_factor(request.user):
            record_authentication(request, request.user, "mfa", reauthenticated=True)
        return response

    return _own(page)


def _coming_back(view):
    """A passkey that was not accepted leads back to the door, which still knows where to go on."""

    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.headers.get("Location") == reverse("account_login"):
            return redirect(with_next("account_login", next_page(request)))
        return response

    return never_cache(page)


authenticate = _kindly(mfa.authenticate)
passkey_sign_in = _coming_back(webauthn.login_webauthn)

overview = _own(mfa.index)
show_again = _own(mfa.reauthenticate)
show_passkey_again = _own(webauthn.reauthenticate_webauthn)
again = _own(account.reauthenticate)

set_up_app = _sets_up(totp.activate_totp)
remove_app = _own(totp.deactivate_totp)
add_passkey = _sets_up(webauthn.add_webauthn)
passkeys = _own(webauthn.list_webauthn)
rename_passkey = _own(webauthn.edit_webauthn)
remove_passkey = _own(webauthn.remove_webauthn)
recovery_codes = _own(recovery.view_recovery_codes)
new_recovery_codes = _own(recovery.generate_recovery_codes)
recovery_codes_file = _own(recovery.download_recovery_codes)

change_address = _own(account.email)
confirm_address = _own(account.email_verification_sent)
