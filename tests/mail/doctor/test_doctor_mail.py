"""`doctor_mail`: what it prints, for people and for programs, and how it ends. Run by pytest."""

import io
import json
import stat

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core.management import CommandError, call_command

from exchange.mail.trust import asking
from tests.mail.doctor.test_names_of_mail import HERE, well_kept
from tests.mail.trust.signing import Zone


@pytest.fixture(autouse=True)
def of_a_community(settings):
    settings.MAIL_FROM = "The Exchange <exchange@exchange.example>"
    settings.MAIL_DOMAIN = "exchange.example"
    settings.BASE_URL = "https://exchange.example"
    settings.SMTP_URL = ""
    settings.MAIL_DOOR = "off"
    settings.DKIM_SELECTORS = ["s1"]
    settings.MAIL_SENDS_FROM = [HERE]


def said(names: Zone, *words: str) -> tuple[str, int]:
    out, code = io.StringIO(), 0
    with asking.use(names):
        try:
            call_command("doctor_mail", *words, stdout=out)
        except SystemExit as end:
            code = end.code
    return out.getvalue(), code


def test_when_nothing_is_wrong_it_ends_well():
    words, code = said(well_kept())

    assert code == 0
    assert "Nothing is wrong. 1 could not be asked." in words
    assert "WRONG" not in words


def test_what_is_wrong_comes_with_its_line_and_an_exit_code():
    words, code = said(well_kept().put("_dmarc.exchange.example", "TXT"))

    assert code == 1
    assert "WRONG  DMARC" in words
    assert 'publish: _dmarc.exchange.example. IN TXT "v=DMARC1; p=none; rua=mailto:' in words


def test_offline_is_no_fault():
    words, code = said(Zone())

    assert (code, "offline" in words) == (0, True)


def test_programs_get_one_object():
    words, code = said(well_kept().put("exchange.example", "MX"), "--json")
    told = json.loads(words)

    assert (code, told["domain"], told["wrong"]) == (1, "exchange.example", 1)
    assert set(told["findings"][0]) == {"matter", "state", "words", "publish"}


def test_a_pair_of_keys_is_made_once_and_is_the_one_to_publish(tmp_path):
    words, code = said(Zone(), "--write-dkim", str(tmp_path / "keys"))
    path = tmp_path / "keys" / "s1.private"

    assert code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_pem_private_key(path.read_bytes(), None).key_size == 2048
    line = (tmp_path / "keys" / "s1.txt").read_text().strip()
    assert f"publish: {line}" in words

    record = "".join(line.split(" IN TXT ")[1].replace('" "', "").strip('"'))
    published = well_kept().put("s1._domainkey.exchange.example", "TXT", record)
    assert "WRONG" not in said(published)[0]

    with pytest.raises(CommandError, match="I leave it"):
        said(Zone(), "--write-dkim", str(tmp_path / "keys"))
