"""Which encoding is chosen, and that it gives the same bytes back."""

import gzip

import brotli  # type: ignore[import-untyped] # it has no stubs
import pytest
import zstandard

from rejoinder.front.encodings import chosen, encoded


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        (b"", b"identity"),
        (b"gzip", b"gzip"),
        (b"gzip, deflate, br, zstd", b"zstd"),
        (b"gzip, deflate, br", b"br"),
        (b"GZIP", b"gzip"),
        (b"br;q=0.5, gzip;q=0.9", b"gzip"),
        (b"br;q=0, gzip;q=0, zstd;q=0", b"identity"),
        (b"*", b"zstd"),
        (b"*;q=0.1, gzip", b"gzip"),
        (b"zstd;q=0, *;q=0.5", b"br"),
        (b"identity", b"identity"),
        (b"deflate", b"identity"),
        (b"gzip;q=much", b"identity"),
        (b"gzip;level=9", b"gzip"),
        (b";;;,,,q=1", b"identity"),
        (b"gzip, " * 1000, b"gzip"),
    ],
)
def test_the_encoding_that_a_client_likes_best(header: bytes, encoding: bytes) -> None:
    assert chosen(header) == encoding


def test_every_encoding_gives_the_same_bytes_back() -> None:
    body = b"The ferry sails at six. " * 500

    assert zstandard.ZstdDecompressor().decompress(encoded(body, b"zstd")) == body
    assert brotli.decompress(encoded(body, b"br")) == body
    assert gzip.decompress(encoded(body, b"gzip")) == body
    assert encoded(body, b"identity") is body
    assert max(len(encoded(body, name)) for name in (b"zstd", b"br", b"gzip")) < len(body) / 10
