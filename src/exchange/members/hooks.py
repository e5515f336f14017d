"""What the members room offers to others when the program starts.
Loaded by `apps.py`."""

from importlib import import_module

from exchange.mail import inbound
from exchange.mail.tokens import What
from exchange.members.bymail import joining, people, profile

# Registers how a person's account is exported and erased.
import_module("exchange.members.dossier")
import_module("exchange.members.bymail.dossier")

inbound.finds_people(people.sender_at)
inbound.on_command("join")(joining.begin)
inbound.on_token(What.JOIN)(joining.accept)
inbound.on_command("name", changes=True)(profile.name)
inbound.on_command("country", changes=True)(profile.country)
inbound.on_command("language", changes=True)(profile.language)
inbound.on_command("helps", changes=True)(profile.helps)
inbound.on_command("seeks", changes=True)(profile.seeks)
