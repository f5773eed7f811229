"""Other people's material that lies beside the checkout on some machines: read from there, never copied in here."""

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]


def shared(*parts: str) -> Path:
    """The path below the shared inputs; skips the test where they are not."""
    folder = Path(os.environ.get("REJOINDER_SHARED", _ROOT.parent / "shared")) / "inputs"
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} is not on this machine; our own fixtures cover the same ground")
    return path
