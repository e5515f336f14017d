"""A step of signing in: what is not agreed to yet (a new version of the code of conduct, or
everything, for a host who was invited) is asked before anybody comes in. Called by allauth."""

from allauth.account.stages import LoginStage
from allauth.core.internal.httpkit import headed_redirect_response

from exchange.members.queries import not_yet_agreed


class AgreementStage(LoginStage):  # type: ignore[misc]
    """Stands after the second factor."""

    key = "agreement"
    urlname = "members:agreement"

    def handle(self):  # type: ignore[no-untyped-def]
        if self.login.user is None or not not_yet_agreed(self.login.user):
            return None, True
        return headed_redirect_response(self.urlname), True
