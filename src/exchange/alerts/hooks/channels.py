"""Who carries messages that are no mail, and the last look before one goes.
Loaded by hooks/__init__.py."""

from exchange.alerts.channels import actions, gateways, push
from exchange.core import slots
from exchange.mail.channels import carries
from exchange.mail.looking import before_sending

carries(push.CHANNEL)(push.carry)
for name in gateways.every():
    carries(name)(gateways.carry)
before_sending(actions.PURPOSE)(actions.why_not)
slots.register("me-account", "alerts/_channels_way.html", order=30)
