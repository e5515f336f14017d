"""Signatures of requests: the examples of the draft, what is refused, and our own read by ours.
Run by pytest alone."""

import base64

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from exchange.announcing.fediverse import signing
from exchange.announcing.fediverse.signing import NotSigned
from exchange.core.time import now
from tests.announcing import instance

# draft-cavage-http-signatures-12, appendix C: the key, the request, the three signatures.
PUBLIC = b"""-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----
"""
REQUEST = {
    "host": "example.com",
    "date": "Sun, 05 Jan 2014 21:31:40 GMT",
    "content-type": "application/json",
    "digest": "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
    "content-length": "18",
}
DEFAULT = (
    'keyId="Test",algorithm="rsa-sha256",signature="SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtif'
    "LN7Sazz6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLEEaDV5lp7q25WqS+lavg7T8hc0GppauB6hbgEKTwblDHYGEtbGmtdHgV"
    'Ck9SuS13F0hZ8FD0k/5OxEPXe5WozsbM="'
)
BASIC = (
    'keyId="Test",algorithm="rsa-sha256",headers="(request-target) host date",signature="qdx+H7PHH'
    "DZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqz"
    'ic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0="'
)
ALL = (
    'keyId="Test",algorithm="rsa-sha256",headers="(request-target) host date content-type digest '
    'content-length",signature="vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MF'
    "HB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4"
    'zKH7s1dE="'
)


@pytest.mark.parametrize("header", [DEFAULT, BASIC, ALL])
def test_the_examples_of_the_draft_are_read_and_right(header):
    signature = signing.read(header)
    words = signing.words(
        signature, method="POST", target="/foo?param=value&pet=dog", headers=REQUEST
    )

    # A key of 1024 bits, which we would not take: it is asked past our own door.
    known = serialization.load_pem_public_key(PUBLIC)
    known.verify(signature.value, words, padding.PKCS1v15(), hashes.SHA256())
    assert signing.public_key(PUBLIC.decode()) is None


def test_the_digest_of_the_draft_is_that_of_its_body():
    body = b'{"hello": "world"}'

    assert signing.digest(body) == REQUEST["digest"]
    assert signing.is_digest_of(REQUEST["digest"], body)
    assert signing.is_digest_of("sha-512=AA==,sha-256=" + REQUEST["digest"][8:], body)
    assert not signing.is_digest_of("", body)
    assert not signing.is_digest_of(REQUEST["digest"], body + b" ")
    assert not signing.is_digest_of("SHA-256=é", body)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "keyId",
        'keyId="a"',
        'keyId="a",signature="***"',
        'keyId="a",keyId="b",signature="AA=="',
        'keyId="a" signature="AA=="',
        'keyId="a",signature="AA==",x',
        'keyId="a\\"b",signature="AA=="',
        'keyId="a",signature="' + "A" * 5000 + '"',
    ],
)
def test_what_is_no_signature_is_none(header):
    with pytest.raises(NotSigned):
        signing.read(header)


def test_created_and_expires_stand_only_where_no_algorithm_is_named():
    text = 'keyId="a",headers="(created)",created=1402170695,signature="AA=="'
    words = signing.words(signing.read(text), method="get", target="/", headers={})

    assert words == b"(created): 1402170695"
    named = signing.read(f'algorithm="rsa-sha256",{text}')
    with pytest.raises(NotSigned):
        signing.words(named, method="get", target="/", headers={})
    with pytest.raises(NotSigned, match="missing"):
        signing.words(signing.read(BASIC), method="get", target="/", headers={})


def test_our_own_are_right_for_our_key_alone():
    private, public = signing.fresh_keys()
    url = "https://example.social/inbox?x=1"
    made = signing.signed(
        method="POST", url=url, key_id="k", private_pem=private, moment=now(), body=b"{}"
    )
    signature = signing.read(made["Signature"])
    lower = {name.lower(): value for name, value in made.items()}
    words = signing.words(signature, method="POST", target="/inbox?x=1", headers=lower)

    assert signature.headers == ("(request-target)", "host", "date", "digest", "content-type")
    assert signing.is_right(signature, words, public)
    assert not signing.is_right(signature, words + b" ", public)
    assert not signing.is_right(signature, words, instance.pem(instance.key(1)))
    assert not signing.is_right(signature, words, "no key")
    assert len(base64.b64encode(signature.value)) == 344
