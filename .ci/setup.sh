# shellcheck shell=bash
# Shared by run.sh and test.sh: installs missing packages, configures and builds. Sourced by bash.
# Says what takes long in one line on stderr, which on a terminal is rewritten as it goes on; the rest goes to
# build/setup.log. Nothing goes to stdout.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/release
log=$root/build/setup.log

packages=(
    g++ cmake ninja-build pkg-config
    qt6-base-dev qt6-svg-dev qt6-image-formats-plugins qt6-wayland
    libjpeg62-turbo-dev libpng-dev libtiff-dev liblcms2-dev zlib1g-dev libdeflate-dev
    libeigen3-dev libtbb-dev nlohmann-json3-dev libhdf5-dev
)

say() {
    printf '%s\n' "$*" >&2
}

# What goes on, in a line that the next one takes the place of; not where stderr is no terminal.
progress() {
    if [ -t 2 ]; then printf '\r\033[K%s' "$*" >&2; fi
}

end_progress() {
    if [ -t 2 ]; then printf '\r\033[K' >&2; fi
}

fail() {
    end_progress
    tail -n 30 "$log" >&2
    say "$1 failed; all it said is in $log"
    exit 1
}

missing_packages() {
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null)
    for package in "${packages[@]}"; do
        grep -qx "installed $package" <<<"$installed" || printf '%s\n' "$package"
    done
}

# apt's status lines ("pmstatus:PACKAGE:PERCENT:...", "dlstatus:...") as progress, everything into the log.
follow_apt() {
    local line
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$log"
        [[ $line =~ ^(pm|dl)status:[^:]*:([0-9]+) ]] && progress "Packages: ${BASH_REMATCH[2]} %"
    done
    return 0
}

install_packages() {
    local missing as_root=()
    command -v dpkg-query >/dev/null || return 0 # not Debian: CMake will say what it does not find
    mapfile -t missing < <(missing_packages)
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "These packages are missing, and only root or sudo can install them: ${missing[*]}"
            exit 1
        fi
        as_root=(sudo)
        sudo -v || exit 1 # asks for the password here, where it can be seen
    fi
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y)
    local install=("${apt[@]}" install --no-install-recommends -o APT::Status-Fd=1 "${missing[@]}")
    say "Installing ${missing[*]} ..."
    local -
    set -o pipefail
    # A fresh machine has no package lists, an old one may have outdated lists.
    if ! "${install[@]}" 2>&1 </dev/null | follow_apt; then
        { "${apt[@]}" update && "${install[@]}"; } 2>&1 </dev/null | follow_apt || fail "Installing"
    fi
    end_progress
}

# A folder that was moved or copied holds the paths of where it was.
configure() {
    if [ -f "$build/CMakeCache.txt" ] &&
        ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
        rm -rf "$build"
    fi
    if [ ! -f "$build/build.ninja" ]; then
        say "Configuring ..."
        cmake -S "$root" --preset release \
            -DRESNET_WARNINGS_AS_ERRORS="${RESNET_WARNINGS_AS_ERRORS:-OFF}" >>"$log" 2>&1 </dev/null || fail "Configuring"
    fi
}

# Says something only once ninja has something to do.
build_targets() {
    local line said=
    NINJA_STATUS='[%f/%t] ' ninja -C "$build" "$@" 2>&1 </dev/null | while IFS= read -r line; do
        printf '%s\n' "$line" >>"$log"
        [[ $line =~ ^\[([1-9][0-9]*)/([0-9]+)\] ]] || continue
        if [ -z "$said" ]; then
            said=yes
            say "Building (several minutes the first time) ..."
        fi
        progress "Building: ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]}"
    done
    [ "${PIPESTATUS[0]}" -eq 0 ] || fail "Building"
    end_progress
}

set_up() {
    mkdir -p "$root/build"
    exec 9>"$root/build/setup.lock"
    flock 9 # two at once would build in each other's way
    : >"$log"
    install_packages
    configure
    build_targets "$@"
    exec 9>&-
}
