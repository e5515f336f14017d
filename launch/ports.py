"""Ports to listen on: whether one is free, and why not, in words.
Called by launch.running, launch.mailing and launch.doctor."""

import errno
import socket

from launch.voice import Trouble

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - only compared


def free_port(host: str, port: int) -> int:
    """Prove that we can listen there, before anything slow begins; 0 finds a free port."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except socket.gaierror as problem:
        raise Trouble(f"I do not know the address {host}. Try --host 127.0.0.1.") from problem
    except OSError as problem:
        raise Trouble(_why_no_port(problem, host, port)) from problem


def _why_no_port(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} is already in use. Stop what uses it, or choose another with --port."
    if problem.errno == errno.EACCES:
        return f"Port {port} is kept for root on this machine. Choose one above 1023 with --port."
    if problem.errno == errno.EADDRNOTAVAIL:
        return f"This machine does not have the address {host}. Try --host 127.0.0.1."
    return f"I cannot listen on {host}, port {port}: {problem.strerror}."
