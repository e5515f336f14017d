"""The addresses of the members room. django-allauth finds its own pages by the names it knows;
there are no pages for passwords, because nobody has one. Included at the root by the project."""

from django.urls import URLPattern, URLResolver, include, path

from exchange.members.views import directory, door, mine, own, security

_own: list[URLPattern] = [
    path("sign-in/anew/", door.anew, name="anew"),
    path("sign-in/agreement/", own.agreement, name="agreement"),
    path("welcome/", own.welcome, name="welcome"),
    path("people/", directory.people, name="people"),
    path("me/", own.me, name="me"),
    path("me/profile/", own.profile, name="profile"),
    path("me/data-saver/", own.data_saver, name="data-saver"),
    path("me/mail-again/", own.mail_again, name="mail-again"),
    path("me/discretion/", own.discretion, name="discretion"),
    path("me/data/", mine.data, name="data"),
    path("me/data/page/", mine.data_page, name="data-page"),
    path("me/data/file/", mine.data_file, name="data-file"),
    path("me/leaving/", mine.leave, name="leave"),
    path("me/leaving/hosting/", mine.stop_hosting, name="stop-hosting"),
    path("me/leaving/done/", mine.goodbye, name="goodbye"),
    path("me/security/why/", own.second_factor, name="second-factor"),
    path("first-host/<str:token>/", own.become_first_host, name="first-host"),
]

_door: list[URLPattern] = [
    path("join/", door.join, name="account_signup"),
    path("sign-in/", door.sign_in, name="account_login"),
    path("sign-in/", door.sign_in, name="account_request_login_code"),
    path("sign-in/code/", door.enter_code, name="account_confirm_login_code"),
    path("sign-in/closed/", door.inactive, name="account_inactive"),
    path("sign-in/second-step/", security.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", security.passkey_sign_in, name="mfa_login_webauthn"),
    path("sign-out/", door.sign_out, name="account_logout"),
]

_security: list[URLPattern] = [
    path("", security.overview, name="mfa_index"),
    path("again/", security.show_again, name="mfa_reauthenticate"),
    path("again/passkey/", security.show_passkey_again, name="mfa_reauthenticate_webauthn"),
    path("again/any/", security.again, name="account_reauthenticate"),
    path("app/", security.set_up_app, name="mfa_activate_totp"),
    path("app/remove/", security.remove_app, name="mfa_deactivate_totp"),
    path("passkeys/", security.passkeys, name="mfa_list_webauthn"),
    path("passkeys/add/", security.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", security.rename_passkey, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", security.remove_passkey, name="mfa_remove_webauthn"),
    path("recovery-codes/", security.recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", security.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/file/", security.recovery_codes_file, name="mfa_download_recovery_codes"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((_own, "members"))),
    *_door,
    path("me/security/", include(_security)),
    path("me/email/", security.change_address, name="account_email"),
    path("me/email/code/", security.confirm_address, name="account_email_verification_sent"),
]
