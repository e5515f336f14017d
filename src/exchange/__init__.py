"""The Community Child Protection Exchange: its rooms, floor by floor (see docs/HOUSE.md).
Import rooms downwards only; `python -m exchange` is the management command line."""
