"""What measures the live process: very many readers, and somebody who tells at the pace of an hour.
Called by `live.bench` alone, each in a program of its own."""
