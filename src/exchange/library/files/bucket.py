"""S3-compatible storage for the bytes of the library, such as MinIO, Garage or a cloud's own.
Called by store.py alone, where settings name such a place."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qsl, urlsplit

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError
from django.conf import settings

PIECE = 1 << 16
_MISSING = {"404", "NoSuchKey", "NotFound"}
# One thread: a small server has two cores, and files are at most some fifty megabytes.
_CALM = TransferConfig(use_threads=False)


class Bucket:
    """s3://bucket/folder?endpoint=https://storage.example&region=eu-central-1"""

    def __init__(self, client: Any, bucket: str, folder: str) -> None:
        self._client = client
        self._bucket = bucket
        self._folder = f"{folder}/" if folder else ""

    @classmethod
    def at(cls, address: str, key: str, secret: str) -> Bucket:
        parts = urlsplit(address)
        asked = dict(parse_qsl(parts.query))
        client = boto3.client(
            "s3",
            endpoint_url=asked.get("endpoint") or None,
            region_name=asked.get("region") or "us-east-1",
            # Without keys of ours boto3 looks where the machine itself keeps some.
            aws_access_key_id=key or None,
            aws_secret_access_key=secret or None,
            config=Config(
                connect_timeout=10,
                read_timeout=60,
                retries={"max_attempts": 3, "mode": "standard"},
                # Many servers that speak S3 do not know the newer sums of Amazon's.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": "path" if asked.get("endpoint") else "auto"},
            ),
        )
        return cls(client, parts.netloc, parts.path.strip("/"))

    def put(self, key: str, source: Path) -> None:
        """Storage of this sort shows an object when it is whole, and not before."""
        self._client.upload_file(str(source), self._bucket, self._folder + key, Config=_CALM)

    @contextlib.contextmanager
    def opened(self, key: str) -> Iterator[IO[bytes]]:
        with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
            with _named(key):
                self._client.download_fileobj(self._bucket, self._folder + key, file, Config=_CALM)
            file.seek(0)
            yield file

    def pieces(self, key: str, start: int, stop: int) -> Iterator[bytes]:
        if stop <= start:
            return iter(())
        with _named(key):
            answer = self._client.get_object(
                Bucket=self._bucket, Key=self._folder + key, Range=f"bytes={start}-{stop - 1}"
            )
        return _pieces(answer["Body"])

    def size(self, key: str) -> int:
        with _named(key):
            answer = self._client.head_object(Bucket=self._bucket, Key=self._folder + key)
        return int(answer["ContentLength"])

    def remove(self, key: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=self._folder + key)

    def keys(self, sort: str, before: float) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=f"{self._folder}{sort}/"):
            for one in page.get("Contents", ()):
                if one["LastModified"].timestamp() < before:
                    yield one["Key"].removeprefix(self._folder)


def _pieces(body: Any) -> Iterator[bytes]:
    with contextlib.closing(body):
        yield from body.iter_chunks(PIECE)


@contextlib.contextmanager
def _named(key: str) -> Iterator[None]:
    """What the storage says of a thing that is not there, in Python's own words."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in _MISSING:
            raise FileNotFoundError(key) from error
        raise
