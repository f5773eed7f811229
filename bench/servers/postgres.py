"""A PostgreSQL server of the benchmark's own, on a socket in its own folder, with its usual care for the disk."""

import os
import shutil
import subprocess
from pathlib import Path

from bench.servers.common import new_folder
from bench.tools import Absent


class Postgres:
    """Started for one stage, thrown away after it."""

    def __init__(self) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
        on_path = shutil.which("initdb")
        if not found and not on_path:
            raise Absent("PostgreSQL is not here (Debian: apt install postgresql)")
        self._programs = found[-1].parent if found else Path(str(on_path)).parent

    def start(self) -> str:
        """The URL of an empty database."""
        folder = new_folder("postgresql")
        self._owner: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root; its own user does it
            shutil.chown(folder, "postgres")
            self._owner = ["runuser", "-u", "postgres", "--"]
        self._data = folder / "data"
        options = f"-k {folder} -c listen_addresses='' -c max_connections=200"
        self._run("initdb", "-D", self._data, "-A", "trust", "-U", "rejoinder", "-E", "UTF8", cwd=folder)
        self._run("pg_ctl", "-D", self._data, "-o", options, "-l", folder / "log", "-w", "start", cwd=folder)
        self._run("createdb", "-h", folder, "-U", "rejoinder", "bench", cwd=folder)
        return f"postgresql://rejoinder@/bench?host={folder}"

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "stop", cwd=self._data.parent)

    def _run(self, program: str, *arguments: object, cwd: Path) -> None:
        command = [*self._owner, str(self._programs / program), *map(str, arguments)]
        try:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=cwd)
        except subprocess.CalledProcessError as problem:
            raise Absent(f"{program}: {problem.stderr.strip()[-200:]}") from problem
