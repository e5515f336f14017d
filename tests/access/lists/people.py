"""Who may open which address: accounts, messages, organisations, what one hears.
Read by tests/access/test_matrix.py."""

LISTS = {
    "only by post": """
        members:anew
        members:data-saver
        members:mail-again
        members:discretion
        members:stop-hosting
        alerts:act
        alerts:change
        alerts:device
        alerts:number
        alerts:number-code nothing
        corresponding:take-back message
        corresponding:act correspondence
    """,
    "everybody is led elsewhere": """
        members:agreement
        account_confirm_login_code
        mfa_authenticate
        mfa_login_webauthn
    """,
    "who signed in": """
        members:welcome
        members:me
        members:profile
        members:data
        mfa_index
        mfa_list_webauthn
        account_email
        alerts:mail
        alerts:wishes
        alerts:sent
        alerts:follow-help
        alerts:follow nothing
        alerts:digest
        alerts:channels
        organisations:mine
        organisations:new
        organisations:claim organisation
        corresponding:messages
        corresponding:choices
    """,
    "everybody": """
        members:people
        members:goodbye
        alerts:stop stop of the group
        alerts:stop stop of talk inside
        organisations:organisations
        organisations:similar
        organisations:organisation organisation
        corresponding:stop stop of messages
    """,
    "own, with a second factor shown where there is one": """
        members:data-page
        members:data-file
        members:leave
        mfa_add_webauthn
        mfa_generate_recovery_codes
    """,
    "why a second factor, where there is none": """
        members:second-factor
    """,
    "nobody, or only what is not there": """
        members:first-host nothing
        alerts:stop nothing
        alerts:number-stop nothing
        corresponding:stop nothing
    """,
    "who has not signed in": """
        account_signup
        account_login
        account_request_login_code
    """,
    "says that an account is closed": """
        account_inactive
    """,
    "who may sign out": """
        account_logout
    """,
    "shows a second factor, where there is one": """
        mfa_reauthenticate
    """,
    "shows a passkey, where there is one": """
        mfa_reauthenticate_webauthn
        account_reauthenticate
    """,
    "own, where there is no second factor yet": """
        mfa_activate_totp
    """,
    "who looks after the group": """
        mfa_deactivate_totp
    """,
    "own second factors": """
        mfa_edit_webauthn nothing
        mfa_remove_webauthn nothing
    """,
    "nobody now, and visitors may sign in": """
        mfa_view_recovery_codes
        mfa_download_recovery_codes
        alerts:why nothing
        alerts:digest-kept nothing
        corresponding:new
    """,
    "who signed in is led elsewhere": """
        account_email_verification_sent
    """,
    "a link that is good no more": """
        alerts:unstop nothing
    """,
    "author and hosts": """
        organisations:organisation proposed organisation
    """,
    "who signed in, by post": """
        organisations:work-there organisation
        organisations:work-there proposed organisation
        organisations:speak-no-more organisation
        organisations:speak-no-more proposed organisation
    """,
    "author and hosts, visitors may sign in": """
        organisations:claim proposed organisation
    """,
    "hosts, visitors may sign in": """
        organisations:change organisation
        organisations:change proposed organisation
    """,
    "author alone": """
        corresponding:one correspondence
    """,
}
