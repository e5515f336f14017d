"""The servers our mail goes out and comes in by: do they answer, and under TLS?
Used by `mail.doctor.examining`."""

from __future__ import annotations

import smtplib
import socket
import ssl
from urllib.parse import urlsplit

from exchange.mail.doctor.finding import Finding, unasked, well, wrong
from exchange.mail.door.setting import place
from exchange.mail.smtp import Server

PATIENCE = 8.0


def outgoing(url: str, *, name: str, is_production: bool) -> Finding:
    """The server in EXCHANGE_SMTP: reachable, with TLS and a good certificate."""
    if not url:
        if is_production:
            return wrong("TLS", "EXCHANGE_SMTP is not set: no mail goes out.")
        return unasked("TLS", "EXCHANGE_SMTP is not set: mails are files in the outbox.")
    if urlsplit(url).scheme not in ("smtp", "smtps") or not urlsplit(url).hostname:
        return wrong("TLS", "EXCHANGE_SMTP is to be smtp://user:password@host:587 or smtps://…")
    server = Server.from_url(url)
    where = f"{server.host}, port {server.port}"
    try:
        return _asked(server, where, name)
    except ssl.SSLCertVerificationError as problem:
        return wrong("TLS", f"The certificate of {where} is not good: {problem.verify_message}.")
    except ConnectionRefusedError:
        return wrong("TLS", f"Nobody listens at {where}: no mail goes out.")
    except (OSError, smtplib.SMTPException) as problem:
        return unasked("TLS", f"{where} could not be asked ({type(problem).__name__}).")


def _asked(server: Server, where: str, name: str) -> Finding:
    context = ssl.create_default_context()
    if server.tls_at_once:
        with smtplib.SMTP_SSL(server.host, server.port, name, timeout=PATIENCE, context=context):
            return well("TLS", f"{where} speaks TLS with a good certificate.")
    with smtplib.SMTP(server.host, server.port, name, timeout=PATIENCE) as talk:
        talk.ehlo()
        if talk.has_extn("starttls") and not server.is_this_machine:
            talk.starttls(context=context)
            return well("TLS", f"{where} speaks TLS with a good certificate.")
    if server.is_this_machine:
        return well("TLS", f"The mail server of this machine answers ({where}); it needs no TLS.")
    return wrong("TLS", f"{where} offers no TLS: mail and passwords would travel in the clear.")


def door(address: str, *, is_production: bool) -> Finding:
    """Whether our own door stands open."""
    kind, host, port = place(address)
    if kind == "off":
        return well("Door", "The door is off (EXCHANGE_MAIL_DOOR): mail comes in another way.")
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only compared
    if _greets(host, port):
        return well("Door", f"The door stands open at {kind}://{host}:{port}.")
    said = f"Nobody opens at {kind}://{host}:{port}; `./exchange run` opens the door."
    return wrong("Door", said) if is_production else unasked("Door", said)


def street(hosts: list[str]) -> Finding:
    """Whether the machine others bring our mail to answers on port 25."""
    if not hosts:
        return unasked("Port 25", "Nobody is named to bring our mail to.")
    for host in hosts:
        if _greets(host, 25):
            return well("Port 25", f"{host} takes mail on port 25.")
    return unasked(
        "Port 25",
        f"From here nobody answers on port 25 of {', '.join(hosts)}. Many networks close that port; "
        "try from another one: nc HOST 25.",
    )


def _greets(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), PATIENCE) as wire:
            return wire.recv(3) == b"220"
    except OSError:
        return False
