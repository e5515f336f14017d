"""Signatures by RFC 9421: the example of the standard, who is let in by them, and what is forged.
Run by pytest alone."""

from datetime import timedelta

import pytest

from exchange.announcing.fediverse import newer, signing
from exchange.announcing.fediverse.signing import NotSigned
from exchange.announcing.models import Follower
from exchange.core.time import now
from tests.announcing.conftest import OURS, follow
from tests.announcing.instance import signed_newer

INBOX = f"{OURS}inbox/"
# RFC 9421: the key of B.1.1, the request and the signature of section 4.3.
PUBLIC = """-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
-----END RSA PUBLIC KEY-----
"""
REQUEST = {
    "content-digest": "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNN"
    "yealdVLvRwEmTHWXvJwew==:",
    "content-type": "application/json",
    "content-length": "18",
    "forwarded": "for=192.0.2.123;host=example.com;proto=https",
    "signature-input": 'proxy_sig=("@method" "@authority" "@path" "content-digest" "content-type" '
    '"content-length" "forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";'
    "expires=1618884540",
    "signature": "proxy_sig=:S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+"
    "CM5g92iHgxtRPz+MjniOaYmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcas"
    "qOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3L"
    "H2TwevU+/PBPv0B6NMNk93wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==:",
}


def test_the_example_of_the_standard_is_read_and_right():
    signature, parameters = newer.read(REQUEST)
    target = newer.Target("POST", "https://origin.host.internal.example/foo?param=Value&Pet=dog")
    words = newer.words(signature, parameters, target=target, headers=REQUEST)

    assert (signature.key_id, signature.expires) == ("test-key-rsa", 1618884540)
    assert signing.is_right(signature, words, PUBLIC)
    assert not signing.is_right(signature, words.replace(b"/foo", b"/bar"), PUBLIC)
    assert newer.is_enough(signature.headers)
    assert newer.is_digest_of(REQUEST["content-digest"], b'{"hello": "world"}')
    assert not newer.is_digest_of(REQUEST["content-digest"], b"{}")
    assert not newer.is_digest_of("", b"")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("signature-input", 'a=("@method");created=1;keyid="k"'),
        ("signature-input", REQUEST["signature-input"] + ', b=("date");created=1;keyid="k"'),
        ("signature-input", 'proxy_sig=("@query-param";name="a");created=1;keyid="k"'),
        ("signature-input", 'proxy_sig=("@method");keyid="k"'),
        ("signature-input", 'proxy_sig=("@method");created=1;created=2;keyid="k"'),
        ("signature-input", 'proxy_sig=("@method");created=1;keyid="k";alg="hmac-sha256"'),
        ("signature-input", 'proxy_sig=("@method"  "@path");created=1;keyid="k"'),
        ("signature", "proxy_sig=abc"),
        ("signature", ""),
    ],
)
def test_what_is_not_of_that_shape_is_none(name, value):
    with pytest.raises(NotSigned):
        newer.read({**REQUEST, name: value})


def wish(who, **given):
    return signed_newer(follow(who), to=INBOX, key_id=f"{who}#main-key", **given)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "names", ["@method @target-uri content-digest", "@method @authority @path content-digest"]
)
def test_who_signs_in_the_newer_way_may_follow(knock, other, names):
    assert knock(wish(other.person("kofi"), names=names)) == 202
    assert Follower.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given",
    [
        {"number": 1},
        {"at": now() - timedelta(minutes=61)},
        {"more": ";expires=1"},
        {"names": "@method @target-uri"},
        {"names": "@method @path content-digest"},
        {"names": "@target-uri content-digest"},
    ],
)
def test_forged_old_and_too_little_is_refused(knock, other, given):
    assert knock(wish(other.person("kofi"), **given)) == 401
    assert not Follower.objects.exists()


@pytest.mark.django_db
def test_a_changed_body_or_another_place_is_refused(knock, other):
    kofi = other.person("kofi")
    changed, elsewhere = wish(kofi), wish(kofi)
    changed.body += b" "
    elsewhere.headers["Host"] = "elsewhere.example"

    assert (knock(changed), knock(elsewhere)) == (401, 401)
