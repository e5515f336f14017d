"""Makes a pair of keys for DKIM: the private one for the mail server, the public one to publish.
Used by the command `doctor_mail`."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from exchange.mail.doctor.finding import txt

BITS = 2048


def write_pair(folder: Path, *, domain: str, selector: str) -> tuple[Path, str]:
    """The file of the private key, readable by its owner alone, and the line to publish. Raises
    FileExistsError rather than write over a key that is in use."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    line = txt(
        f"{selector}._domainkey.{domain}",
        f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}",
    )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{selector}.private"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(
            key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        )
    (folder / f"{selector}.txt").write_text(line + "\n")
    return path, line
