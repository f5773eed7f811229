# Sourced by ./run and ./test: makes .venv and installs one locked list into it, only when something changed.
# Usage: environment LIST   where LIST is requirements/LIST.txt

say() { printf '%s\n' "$*" >&2; }

find_python() {
  for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$candidate"; return 0
    fi
  done
  say "Rejoinder needs Python 3.11 or newer, and none was found."
  say "  Debian, Ubuntu: apt install python3 python3-venv     Fedora: dnf install python3"
  say "  macOS: brew install python                           or name one: PYTHON=/path/to/python $0"
  return 1
}

digest() { cat pyproject.toml requirements/run.txt "requirements/$1.txt" | cksum | tr ' ' '-'; }

environment() {
  list=$1
  stamp=".venv/.installed-$list"
  wanted="$(digest "$list") $(pwd)"
  if [ -x .venv/bin/rejoinder ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return 0; fi
  python=$(find_python) || return 1
  say "Setting up .venv (this happens once, and again when the locked list changes)…"
  if command -v uv >/dev/null 2>&1; then
    [ -x .venv/bin/python ] || uv venv --quiet --python "$python" .venv || return 1
    uv pip install --quiet --python .venv/bin/python --require-hashes -r "requirements/$list.txt" || return 1
    uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e . || return 1
  else
    if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
      "$python" -m venv --clear .venv || {
        say "Python's venv module is missing. Debian, Ubuntu: apt install python3-venv"; return 1; }
    fi
    pip=".venv/bin/python -m pip --disable-pip-version-check --quiet --no-input"
    $pip install --require-hashes -r "requirements/$list.txt" || return 1
    $pip install --no-deps --no-build-isolation -e . || return 1
  fi
  if [ "$list" = test ]; then printf '%s' "$(digest run) $(pwd)" > .venv/.installed-run; fi
  printf '%s' "$wanted" > "$stamp"
}
