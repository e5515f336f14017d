"""A little library on this machine that answers by OAI-PMH, well or badly.
Called by the tests of harvests."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = Callable[[dict[str, str], Any], Any]


@contextmanager
def library(answer: Answer) -> Iterator[str]:
    """A server whose `answer` gets the arguments and the handler: words for a plain answer, or
    (code, headers, words); None when it has answered itself."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given = {
                name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()
            }
            said = answer(given, self)
            if said is None:
                return
            code, headers, words = said if isinstance(said, tuple) else (200, {}, said)
            body = words if isinstance(words, bytes) else words.encode()
            self.send_response(code)
            for name, value in {"Content-Type": "text/xml", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/oai"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def oai(inside: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        "<responseDate>2026-11-20T10:00:00Z</responseDate><request>x</request>"
        f"{inside}</OAI-PMH>"
    )


IDENTIFY = oai(
    "<Identify><repositoryName>Little Library</repositoryName><baseURL>x</baseURL>"
    "<protocolVersion>2.0</protocolVersion><adminEmail>a@b.org</adminEmail>"
    "<earliestDatestamp>2001-01-01</earliestDatestamp><deletedRecord>persistent</deletedRecord>"
    "<granularity>YYYY-MM-DD</granularity></Identify>"
)
FORMATS = oai(
    "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix></metadataFormat>"
    "<metadataFormat><metadataPrefix>mods</metadataPrefix></metadataFormat></ListMetadataFormats>"
)
DESCRIBED = (
    "<dc:title>Record {n}</dc:title><dc:creator>Wessells, Mike</dc:creator>"
    "<dc:creator>Save the Children</dc:creator><dc:date>2019-05</dc:date>"
    "<dc:date>2020-01-01T10:00:00Z</dc:date><dc:language>eng</dc:language>"
    "<dc:type>Report</dc:type><dc:subject>Kenya</dc:subject>"
    "<dc:subject>Community ownership and leadership</dc:subject>"
    "<dc:identifier>https://little.example.org/{n}</dc:identifier>"
    "<dc:identifier>https://doi.org/10.1000/little.{n}</dc:identifier>"
    "<dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights>"
)


def item(n: int, described: str = DESCRIBED, *, deleted: bool = False) -> str:
    header = f"<identifier>oai:little:{n}</identifier><datestamp>2026-01-01</datestamp>"
    if deleted:
        return f'<record><header status="deleted">{header}</header></record>'
    return (
        f"<record><header>{header}</header><metadata>"
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{described.format(n=n)}</oai_dc:dc></metadata></record>"
    )


def listed(*items: str, token: str | None = None, size: str = "") -> str:
    said = f' completeListSize="{size}"' if size else ""
    end = "" if token is None else f"<resumptionToken{said}>{token}</resumptionToken>"
    return oai(f"<ListRecords>{''.join(items)}{end}</ListRecords>")


def usual(records: Answer) -> Answer:
    """A library that introduces itself as it should, and answers for its records by `records`."""

    def answer(given: dict[str, str], handler: Any) -> Any:
        if given["verb"] == "Identify":
            return IDENTIFY
        return FORMATS if given["verb"] == "ListMetadataFormats" else records(given, handler)

    return answer
