"""nginx serving the very bytes of a page as a file: the limit. One worker, sendfile, no log, kept connections."""

import gzip
from pathlib import Path

from bench.servers.common import Running, free_port, start
from bench.tools import nginx
from bench.wire import request

NAME = "nginx, same bytes"
_ITS_OWN = ("content-length", "content-type", "content-encoding", "date", "server", "connection", "etag", "vary")
_CONFIGURATION = """
daemon off;
worker_processes 1;
error_log {folder}/error.log;
pid {folder}/pid;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    default_type "text/html; charset=utf-8";
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/pages;
        gzip_static on;
        gzip_vary on;
        {headers}
    }}
}}
"""


def serving(folder: Path, pages: dict[str, tuple[dict[str, str], bytes]]) -> Running:
    """Nginx with these pages, each of a name with the headers and the gzip bytes of the page it copies."""
    program, environment = nginx()
    port = free_port()
    (folder / "pages").mkdir(exist_ok=True)
    said: dict[str, str] = {}
    for name, (headers, packed) in pages.items():
        (folder / "pages" / name).write_bytes(gzip.decompress(packed))
        (folder / "pages" / f"{name}.gz").write_bytes(packed)
        said = {key: value for key, value in headers.items() if key not in _ITS_OWN}
    lines = "\n        ".join(f"add_header {name} '{_quoted(value)}';" for name, value in said.items())
    (folder / "nginx.conf").write_text(_CONFIGURATION.format(folder=folder, port=port, headers=lines))
    command = [program, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    return start(command, port=port, folder=folder, environment=environment, first="/")


def page(name: str, *, packed: bool = True) -> bytes:
    return request("GET", f"/{name}", headers={"Accept-Encoding": "gzip"} if packed else {})


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
