"""Another server of the fediverse for tests: real HTTP on loopback, people with keys of their own,
strict about our signatures as Mastodon is in its secure mode. It can be told to misbehave.
Run by pytest alone."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from exchange.core.time import now

TYPE = "application/activity+json"


@lru_cache(maxsize=4)
def key(number: int = 0) -> rsa.RSAPrivateKey:
    """Made once for all tests."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(private: rsa.RSAPrivateKey) -> str:
    return (
        private.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


@dataclass
class Post:
    """One request as it is made, so that a test can spoil any part of it."""

    url: str
    body: bytes
    headers: dict[str, str]


@dataclass
class Instance:
    """What it keeps, and how it behaves. `ours` finds the key of whoever writes to it."""

    base: str = ""
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refused: int = 0
    status: int = 202
    gone: set[str] = field(default_factory=set)
    # Called instead of an answer to a question.
    trouble: Callable[[BaseHTTPRequestHandler], None] | None = None
    find_key: Callable[[str], str] = lambda _key_id: ""

    def person(self, name: str, *, number: int = 0, **other: Any) -> str:
        """Somebody here; the address of who they are."""
        address = f"{self.base}/users/{name}"
        self.people[name] = {
            "@context": ["https://www.w3.org/ns/activitystreams"],
            "id": address,
            "type": "Person",
            "preferredUsername": name,
            "inbox": f"{address}/inbox",
            "endpoints": {"sharedInbox": f"{self.base}/inbox"},
            "publicKey": {
                "id": f"{address}#main-key",
                "owner": address,
                "publicKeyPem": pem(key(number)),
            },
            **other,
        }
        return address

    def kinds(self) -> list[str]:
        return [one["type"] for one in self.taken]


def signed(
    activity: dict[str, Any] | bytes,
    *,
    to: str,
    key_id: str,
    number: int = 0,
    at: datetime | None = None,
    names: str = "(request-target) host date digest content-type",
    algorithm: str = "rsa-sha256",
) -> Post:
    """As Mastodon signs (SignatureParser and Request of its source)."""
    body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
    host, _slash, path = to.partition("://")[2].partition("/")
    headers = {
        "Host": host,
        "Date": format_datetime(at or now(), usegmt=True),
        "Digest": "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode(),
        "Content-Type": TYPE,
    }
    lower = {name.lower(): value for name, value in headers.items()}
    lower["(request-target)"] = f"post /{path}"
    words = "\n".join(f"{name}: {lower[name]}" for name in names.split())
    mark = base64.b64encode(key(number).sign(words.encode(), padding.PKCS1v15(), hashes.SHA256()))
    headers["Signature"] = (
        f'keyId="{key_id}",algorithm="{algorithm}",headers="{names}",signature="{mark.decode()}"'
    )
    return Post(to, body, headers)


def signed_newer(
    activity: dict[str, Any],
    *,
    to: str,
    key_id: str,
    number: int = 0,
    at: datetime | None = None,
    names: str = "@method @target-uri content-digest",
    more: str = "",
) -> Post:
    """By RFC 9421, as Mastodon does from 4.5 on."""
    body = json.dumps(activity).encode()
    mark = base64.b64encode(hashlib.sha256(body).digest()).decode()
    known = {
        "@method": "POST",
        "@target-uri": to,
        "@authority": to.split("/")[2],
        "@path": "/" + to.split("/", 3)[3],
        "content-digest": f"sha-256=:{mark}:",
    }
    listed = " ".join(f'"{name}"' for name in names.split())
    stamp = int((at or now()).timestamp())
    parameters = f'({listed});created={stamp};keyid="{key_id}"{more}'
    lines = [f'"{name}": {known[name]}' for name in names.split()]
    words = "\n".join([*lines, f'"@signature-params": {parameters}'])
    value = base64.b64encode(key(number).sign(words.encode(), padding.PKCS1v15(), hashes.SHA256()))
    headers = {
        "Host": to.split("/")[2],
        "Content-Type": TYPE,
        "Content-Digest": known["content-digest"],
        "Signature-Input": f"sig1={parameters}",
        "Signature": f"sig1=:{value.decode()}:",
    }
    return Post(to, body, headers)


def send(post: Post) -> int:
    """Over the wire."""
    asked = urllib.request.Request(post.url, post.body, post.headers, method="POST")
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


class _Handler(BaseHTTPRequestHandler):
    server: Any

    def do_GET(self) -> None:
        here: Instance = self.server.instance
        here.asked.append(self.path)
        if here.trouble is not None:
            here.trouble(self)
            return
        name = self.path.removeprefix("/users/")
        if name in here.gone:
            self._answer(410, {})
        elif not self._is_signed("get", b""):
            self._answer(401, {})
        elif name in here.people:
            self._answer(200, here.people[name])
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        here: Instance = self.server.instance
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._is_signed("post", body):
            here.refused += 1
            self._answer(401, {})
            return
        if here.status < 300:
            here.taken.append({**json.loads(body), "inbox": self.path})
        self._answer(here.status, {})

    def _is_signed(self, method: str, body: bytes) -> bool:
        """Read by itself, not with our own code."""
        given = dict(
            part.split("=", 1) for part in self.headers.get("Signature", "").split(",") if part
        )
        if not given:
            return False
        names = given["headers"].strip('"').split()
        if body:
            mark = base64.b64encode(hashlib.sha256(body).digest()).decode()
            if self.headers["Digest"] != f"SHA-256={mark}" or "digest" not in names:
                return False
        lines = [
            f"{name}: {method} {self.path}"
            if name == "(request-target)"
            else f"{name}: {self.headers[name]}"
            for name in names
        ]
        public = serialization.load_pem_public_key(
            self.server.instance.find_key(given["keyId"].strip('"')).encode()
        )
        assert isinstance(public, rsa.RSAPublicKey)
        value = base64.b64decode(given["signature"].strip('"'))
        try:
            public.verify(value, "\n".join(lines).encode(), padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return {"(request-target)", "host", "date"} <= set(names)

    def _answer(self, status: int, told: dict[str, Any]) -> None:
        words = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", TYPE)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *_words: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_words: Any) -> None:
        """Whoever asked has hung up, as they should on one that misbehaves."""


@contextmanager
def running() -> Iterator[Instance]:
    with _Server(("127.0.0.1", 0), _Handler) as server:
        instance = Instance(base=f"http://127.0.0.1:{server.server_port}")
        server.instance = instance  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield instance
        server.shutdown()
