"""Becomes `tesseract` with little of everything: a picture on standard input, words on standard output.
Run in the sandbox by recognising of this matter alone; imports nothing of ours."""

import os
import resource
import sys

CPU_SECONDS = 90
ADDRESS_SPACE = 1_500_000_000


def main() -> int:
    """Arguments: where tesseract is, and the language. What is set here holds for it as well."""
    program, language = sys.argv[1], sys.argv[2]
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    os.nice(10)
    words = [program, "stdin", "stdout", "-l", language, "--psm", "3"]
    os.execve(program, words, {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"})  # noqa: S606


if __name__ == "__main__":
    sys.exit(main())
