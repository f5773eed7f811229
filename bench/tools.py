"""What the benchmark brings along: programs and packages fetched once, without root, into a folder that git ignores."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
TOOLS = HERE / ".tools"
DEBIAN = TOOLS / "debian"
DATA = TOOLS / "data" / str(os.getpid())  # on the disk of the checkout: in memory, where /tmp may lie, fsync is free


class Absent(Exception):
    """Something cannot be had here, or a server does not have it. The message is the reason, for the report."""


def wrk() -> tuple[str, dict[str, str]]:
    """The load generator: its path, and the environment it runs in. Raises Absent."""
    return _program("wrk", "usr/bin/wrk", "wrk", "libluajit-5.1-2")


def nginx() -> tuple[str, dict[str, str]]:
    """Raises Absent."""
    return _program("nginx", "usr/sbin/nginx", "nginx", "libpcre2-8-0")


def virtual_environment(name: str, *requirements: str) -> Path:
    """The folder of programs of a virtual environment of its own with these packages. Raises Absent."""
    folder = TOOLS / name
    stamp = folder / ".installed"
    if not stamp.exists() or stamp.read_text() != "\n".join(requirements):
        _quietly(sys.executable, "-m", "venv", "--clear", str(folder))
        _quietly(str(folder / "bin/python"), "-m", "pip", "--quiet", "install", *requirements)
        stamp.write_text("\n".join(requirements))
    return folder / "bin"


def node_modules(name: str, *packages: str) -> Path:
    """The folder of a project with these packages from npm. Raises Absent."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        raise Absent("it runs on Node.js, which is not here")
    folder = TOOLS / name
    stamp = folder / ".installed"
    if not stamp.exists() or stamp.read_text() != "\n".join(packages):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}')
        _quietly("npm", "install", "--no-audit", "--no-fund", *packages, cwd=folder)
        stamp.write_text("\n".join(packages))
    return folder


def _program(name: str, place: str, *packages: str) -> tuple[str, dict[str, str]]:
    environment = dict(os.environ)
    on_path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")
    if on_path:
        return on_path, environment
    found = DEBIAN / place
    if not found.exists():
        downloads = TOOLS / "packages"
        downloads.mkdir(parents=True, exist_ok=True)
        _quietly("apt-get", "download", *packages, cwd=downloads)
        for package in downloads.glob("*.deb"):
            _quietly("dpkg-deb", "-x", str(package), str(DEBIAN))
    libraries = ":".join(str(each) for each in DEBIAN.glob("usr/lib/*-linux-gnu"))
    return str(found), environment | {"LD_LIBRARY_PATH": libraries}


def _quietly(*command: str, cwd: Path | None = None) -> None:
    try:
        subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, timeout=600)
    except FileNotFoundError as problem:
        raise Absent(f"{command[0]} is not here") from problem
    except subprocess.CalledProcessError as problem:
        last = (problem.stderr or problem.stdout).strip().splitlines()[-1:]
        raise Absent(f"{' '.join(command[:4])}: {' '.join(last)}") from problem
