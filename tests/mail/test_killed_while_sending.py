"""The proof at named points: workers kill themselves wherever a mail can be on its way, a real mail
server counts what it accepted. Run by pytest alone."""

import signal
from pathlib import Path

import pytest

from tests.ledger.apart import House, house_apart, kill_at_random
from tests.mail.proof.counting import Counting, open_counting

# Nothing can have gone out, or it is written down that it went.
SAFE = (
    "before-mail",
    "after-mail",
    "after-rcpt",
    "before-data",
    "after-data",
    "half-text",
    "whole-text",
    "before-noted",
    "after-sent",
)
# Between the note and the answer's being written down: nobody can know.
IN_DOUBT = ("after-noted", "before-dot", "after-dot", "after-answer", "before-sent")
# Of these the server has the mail; after the dot alone it may have it.
GONE = ("after-answer", "before-sent")
TURNS = (1, 3)


def die_at(house: House, point: str, turn: int) -> None:
    """One worker that ends at this point, the so-manieth time it passes it."""
    house.env["PROOF_DIE"] = f"{point}:{turn}"
    worker = house.worker("--burst")
    try:
        assert worker.wait(timeout=60) == -signal.SIGKILL, point
    finally:
        house.env["PROOF_DIE"] = "nowhere:0"


def prove(house: House, counting: Counting, mails: int) -> dict[str, str]:
    """None twice, none missing but those that are listed. Returns the states by Message-ID."""
    states = dict(house.rows("select message_id, state from mail_outgoingmail"))
    sent = {key for key, state in states.items() if state == "sent"}
    unsure = {key for key, state in states.items() if state == "unsure"}
    assert len(sent) + len(unsure) == len(states) == mails
    assert max(counting.copies.values()) == 1, "no mail arrived twice"
    assert sent <= set(counting.copies), "what is called sent has arrived"
    assert set(counting.copies) <= sent | unsure, "what arrived is sent or listed"
    dead = house.number("select count(*) from ledger_delivery where state = 'dead'")
    assert dead == len(unsure), "each doubt waits for a host"
    assert house.owed() == 0
    return states


@pytest.mark.parametrize("kind", ["mails", "batches"])
def test_dying_at_every_point_of_sending_doubles_and_loses_nothing(
    tmp_path: Path, kind: str
) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.mail.proof.settings"}
    with open_counting() as counting, house_apart(tmp_path, **settings) as house:
        house.env["EXCHANGE_SMTP"] = counting.url
        house.seed(kind, 160)

        for point in SAFE:
            for turn in TURNS:
                die_at(house, point, turn)
        house.run("-m", "exchange", "work", "--lease=1", "--burst")
        states = prove(house, counting, 160)
        assert set(states.values()) == {"sent"}, "before the note and after it nothing is in doubt"

        house.seed(f"more-{kind}", 60)
        for point in IN_DOUBT:
            die_at(house, point, 2)
        house.run("-m", "exchange", "work", "--lease=1", "--burst")
        states = prove(house, counting, 220)
        unsure = {key for key, state in states.items() if state == "unsure"}
        assert len(unsure) == len(IN_DOUBT), "one doubt for each death there"
        gone = len(unsure & set(counting.copies))
        assert gone in (len(GONE), len(GONE) + 1)


def test_batches_killed_at_random_double_and_lose_nothing(tmp_path: Path) -> None:
    with open_counting() as counting, house_apart(tmp_path, EXCHANGE_SMTP=counting.url) as house:
        counting.pause = 0.004
        house.seed("batches", 1500)

        in_the_middle = kill_at_random(house, kills=12, workers=2)

        assert in_the_middle >= 6
        states = prove(house, counting, 1500)
        unsure = [key for key, state in states.items() if state == "unsure"]
        assert len(unsure) <= 12, "one kill leaves one doubt at most"
        assert len(counting.senders) == len(counting.copies), (
            "each mail comes back to an address of its own"
        )
