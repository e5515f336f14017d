"""Reaching an address that somebody gave us: names are checked, slow ones ended, TLS as well.
Run by pytest alone."""

import datetime
import ipaddress
import socket
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from exchange.core import reaching


@pytest.fixture
def silent():
    """Takes a line, says one byte at a time, and never comes to an end."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:

        def drip():
            line, _address = door.accept()
            with line:
                while not over.wait(0.05):
                    try:
                        line.sendall(b"\x16")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield door.getsockname()[1]
        over.set()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_who_drips_is_ended_by_one_limit_for_all_of_it(silent, scheme):
    begun = time.monotonic()
    with pytest.raises(reaching.NotReached) as trouble:
        reaching.ask(
            f"{scheme}://127.0.0.1:{silent}/", headers={}, seconds=0.5, may_be_this_machine=True
        )

    assert trouble.value.code in ("too-slow", "no-answer")
    assert time.monotonic() - begun < 5


@pytest.fixture
def secure(tmp_path):
    """A server with a certificate nobody vouches for, unless its file is given; and that file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "here")])
    moment = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(moment - datetime.timedelta(days=1))
        .not_valid_after(moment + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "here.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer():
            line, _address = door.accept()
            try:
                with context.wrap_socket(line, server_side=True) as quiet:
                    quiet.recv(4096)
                    quiet.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
            except OSError:
                pass

        threading.Thread(target=answer, daemon=True).start()
        yield door.getsockname()[1], file


@pytest.mark.parametrize("vouched", [True, False])
def test_a_certificate_is_looked_at(secure, monkeypatch, vouched):
    port, file = secure
    if vouched:
        real = ssl.create_default_context
        monkeypatch.setattr(ssl, "create_default_context", lambda: real(cafile=str(file)))

    def ask():
        return reaching.ask(
            f"https://127.0.0.1:{port}/", headers={}, most=10, may_be_this_machine=True
        )

    if vouched:
        assert ask() == reaching.Answer(200, b"hello")
    else:
        with pytest.raises(reaching.NotReached, match="no-answer"):
            ask()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.org/", "address-not-https"),
        ("https://127.0.0.1/", "address-not-public"),
        ("https://[::1]/", "address-not-public"),
        ("https://[::ffff:10.0.0.1]/", "address-not-public"),
        ("https://169.254.169.254/latest/", "address-not-public"),
        ("https://127.0.0.1:notaport/", "not-reached"),
        ("https://name.invalid/", "not-reached"),
    ],
)
def test_what_is_no_public_address_is_not_asked(url, code):
    with pytest.raises(reaching.NotReached, match=code):
        reaching.ask(url, headers={})
