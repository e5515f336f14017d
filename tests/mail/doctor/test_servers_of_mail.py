"""What the doctor says about the servers mail goes out and comes in by.
Real servers on loopback, with TLS and without."""

import socket
import ssl
import threading
from contextlib import contextmanager

import pytest

from exchange.mail.doctor import servers
from tests.mail.certificates import make_certificate
from tests.mail.door.standing import door
from tests.mail.sink import open_sink


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> str:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def far_away(monkeypatch):
    """As if the servers of these tests were not on this machine."""
    monkeypatch.setattr("exchange.mail.smtp.Server.is_this_machine", False)


@pytest.fixture
def trusted(monkeypatch, certificate):
    """As if somebody everybody trusts had signed the certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", certificate)


def asked(url: str) -> servers.Finding:
    return servers.outgoing(url, name="exchange.example", is_production=True)


def test_a_server_with_tls_and_a_good_certificate_is_well(tmp_path, certificate, far_away, trusted):
    with door(tmp_path, cert=certificate) as ours:
        finding = asked(f"smtp://localhost:{ours.port}")

    assert (finding.state, "good certificate" in finding.words) == ("well", True)


def test_a_certificate_nobody_signed_is_wrong(tmp_path, certificate, far_away):
    with door(tmp_path, cert=certificate) as ours:
        finding = asked(f"smtp://localhost:{ours.port}")

    assert finding.state == "wrong"
    assert "self-signed certificate" in finding.words


def test_a_certificate_for_another_name_is_wrong(tmp_path, certificate, far_away, trusted):
    with door(tmp_path, cert=certificate) as ours:
        finding = asked(f"smtp://127.0.0.1:{ours.port}")

    assert finding.state == "wrong"
    assert "IP address mismatch" in finding.words


def test_a_server_without_tls_is_wrong_unless_it_is_this_machines_own(monkeypatch):
    with open_sink() as sink:
        assert asked(sink.url).state == "well"
        monkeypatch.setattr("exchange.mail.smtp.Server.is_this_machine", False)
        finding = asked(sink.url)

    assert finding.state == "wrong"
    assert "in the clear" in finding.words


def test_tls_from_the_first_byte(certificate, far_away, trusted):
    with _smtps(certificate) as port:
        assert asked(f"smtps://localhost:{port}").state == "well"


def test_nobody_there_is_wrong_and_a_silent_one_could_not_be_asked(monkeypatch):
    monkeypatch.setattr(servers, "PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert asked(f"smtp://127.0.0.1:{port}").state == "unasked"

    assert asked(f"smtp://127.0.0.1:{port}").state == "wrong"


@pytest.mark.parametrize("url", ["", "http://x", "smtp://"])
def test_production_without_a_usable_server_is_wrong(url):
    assert asked(url).state == "wrong"


def test_a_new_machine_without_a_server_is_just_told():
    finding = servers.outgoing("", name="x", is_production=False)

    assert finding.state == "unasked"


def test_the_door_stands_open_or_not(tmp_path):
    with door(tmp_path) as ours:
        address = f"smtp://127.0.0.1:{ours.port}"
        assert servers.door(address, is_production=True).state == "well"

    assert servers.door(address, is_production=True).state == "wrong"
    assert servers.door(address, is_production=False).state == "unasked"
    assert servers.door("off", is_production=True).state == "well"


@contextmanager
def _smtps(certificate: str):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def talk() -> None:
        wire, _ = listener.accept()
        with context.wrap_socket(wire, server_side=True) as secret:
            secret.sendall(b"220 ready\r\n")
            secret.recv(100)
            secret.sendall(b"221 bye\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(5)
