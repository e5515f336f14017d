"""`python -m exchange.mail.door`: takes mail until it is told to stop.
Started by `./exchange run`, or by whoever looks after the machine."""

import asyncio
import logging
import os
import sys

from exchange.mail.door.listening import stand
from exchange.mail.door.setting import Unreadable, read


def main() -> int:
    """Open the door the environment asks for; --quiet: say only what is wrong."""
    level = logging.WARNING if "--quiet" in sys.argv[1:] else logging.INFO
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # The library's own log holds addresses; ours does not.
    logging.getLogger("mail.log").disabled = True
    try:
        setting = read(os.environ)
    except Unreadable as trouble:
        logging.getLogger("exchange.mail.door").error(str(trouble))
        return 1
    if setting.kind == "off":
        return 0
    os.umask(0o077)  # what comes in are people's words
    asyncio.run(stand(setting))
    return 0


if __name__ == "__main__":
    sys.exit(main())
