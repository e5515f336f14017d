"""`python -m exchange.project.live`: the live process, without Django.
Started by `./exchange run`, or by whoever looks after the machine."""

import sys

from exchange.webinars.wire.running import main

if __name__ == "__main__":
    sys.exit(main())
