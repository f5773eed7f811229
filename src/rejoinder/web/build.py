"""What this release draws with: a digest of its templates and static files, so that entity tags change with them."""

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable

from rejoinder import __version__


def _digest() -> str:
    digest = hashlib.blake2b(__version__.encode(), digest_size=8)
    for folder in ("templates", "static"):
        _take_in(files("rejoinder.web").joinpath(folder), digest)
    return digest.hexdigest()


def _take_in(folder: Traversable, digest: "hashlib.blake2b") -> None:
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if each.is_dir():
            _take_in(each, digest)
        else:
            digest.update(each.name.encode() + each.read_bytes())


BUILD = _digest()
