# shellcheck shell=bash
# Sourced by serve, test and bench: one way to the Python environment in .venv.
# Needs: set -euo pipefail, and the working directory at the top of the project.

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$@"
    exit 1
}

# The first Python of 3.11 or later.
find_python() {
    local candidate
    for candidate in python3.11 python3 python3.12 python3.13 python3.14; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    die '需要 Python 3.11 或更高版本，但未找到。Debian：apt-get install python3 python3-venv' \
        $'\nPython 3.11 or later is needed and was not found.'
}

# Runs a command as root: directly, or through sudo where that asks for no password.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

# Debian leaves ensurepip out of python3: then pip comes from the system, from virtualenv, or
# from the package that Debian moved it to.
create_environment() {
    local python=$1
    "$python" -m venv --clear .venv >/dev/null 2>&1 && return
    if "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m venv --clear --without-pip .venv &&
            "$python" -m pip --python .venv/bin/python install --quiet pip && return
    fi
    "$python" -m virtualenv --clear --quiet .venv 2>/dev/null && return
    if command -v apt-get >/dev/null 2>&1; then
        say '缺少 python3-venv，正在安装…… / python3-venv is missing, installing it …'
        as_root apt-get update -qq >&2 &&
            as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends python3-venv >&2 &&
            "$python" -m venv --clear .venv && return
    fi
    die '无法创建 Python 环境：请先安装 python3-venv（apt-get install python3-venv）。' \
        $'\nThe Python environment cannot be created: install python3-venv first.'
}

install_requirements() {
    local attempt
    for attempt in 1 2 3; do
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --use-pep517 \
            -r "$1" >&2 && return
        say "安装未成功（第 ${attempt} 次）/ installing failed (attempt ${attempt})"
        sleep $((attempt * 3))
    done
    die '依赖安装失败，请检查网络。 / The dependencies could not be installed; check the network.'
}

# prepare_environment FILE: .venv exists, works, and holds what FILE asks for. Two scripts that
# start at once wait for each other.
prepare_environment() {
    local requirements=$1 lock python wanted stamp
    exec {lock}>.venv.lock
    if command -v flock >/dev/null 2>&1; then flock "$lock"; fi
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        say '正在创建 Python 环境…… / Creating the Python environment …'
        python=$(find_python)
        create_environment "$python"
    fi
    stamp=.venv/installed-$requirements.sha256
    wanted=$(cat requirements.txt "$requirements" | sha256sum)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        say '正在安装依赖，首次约需一两分钟…… / Installing dependencies, a minute or two at first …'
        install_requirements "$requirements"
        printf '%s\n' "$wanted" >"$stamp"
    fi
    exec {lock}>&-
}

# Lighthouse, from npm, beside the Python environment; fails where there is no npm.
readonly LIGHTHOUSE_VERSION=12.8.2 LIGHTHOUSE=.venv/lighthouse/node_modules/.bin/lighthouse

prepare_lighthouse() {
    local attempt stamp=.venv/lighthouse/installed
    if [ -x "$LIGHTHOUSE" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$LIGHTHOUSE_VERSION" ]; then return; fi
    command -v npm >/dev/null 2>&1 || return
    for attempt in 1 2 3; do
        npm install --silent --no-audit --no-fund --prefix .venv/lighthouse \
            "lighthouse@$LIGHTHOUSE_VERSION" >&2 && break
        sleep $((attempt * 3))
    done
    [ -x "$LIGHTHOUSE" ] && printf '%s\n' "$LIGHTHOUSE_VERSION" >"$stamp"
}
