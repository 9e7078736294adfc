#!/bin/bash
# Builds the Debian package, holds it against the validators that are installed, installs it into a fresh root, runs the
# program there, and removes it: tests/packaging/run.sh [--root debootstrap|unpacked] [BUILD]
#   debootstrap  a fresh Debian, in which apt installs the package with what it depends on; needs root and a mirror
#   unpacked     an empty root into which dpkg unpacks the package; the libraries are this machine's
# Without --root a fresh Debian where debootstrap can make one, else an unpacked one. BUILD is build/release by default.
set -eu -o pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
kind=
[ "${1:-}" != --root ] || { kind=$2; shift 2; }
build=$(cd "${1:-$repository/build/release}" && pwd)
[ -n "$kind" ] || if [ "$(id -u)" -eq 0 ] && command -v debootstrap >/dev/null; then kind=debootstrap; else kind=unpacked; fi

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
root=$work/root

say() { printf '%s\n' "$*"; }
fail() { printf 'packaging: %s\n' "$*" >&2; exit 1; }

# A command that has to succeed and say nothing; left out where its program is not installed.
silent() {
    local said
    command -v "$1" >/dev/null || { say "left out, not installed: $1"; return; }
    said=$("$@" 2>&1) || fail "$1 failed: $said"
    [ -z "$said" ] || fail "$1 said: $said"
    say "silent: $1"
}

man_page() {
    if command -v man >/dev/null; then LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l -Tutf8 -Z "$1" >/dev/null; fi
}

make_package() {
    ninja -C "$build" resnet-explorer resnet-explorer-hdf5 pages >"$work/log" 2>&1 || fail "$(tail -n 20 "$work/log")"
    (cd "$build" && cpack -G DEB -B "$work/package") >"$work/log" 2>&1 || fail "$(tail -n 20 "$work/log")"
    package=$(echo "$work"/package/*.deb)
    say "made: $(basename "$package"), $(($(stat -c %s "$package") / 1000000)) MB"
}

validate() {
    local content=$work/content root_is=()
    dpkg-deb -x "$package" "$content"
    silent desktop-file-validate "$content"/usr/share/applications/*.desktop
    # appstreamcli says one line even if it has nothing to say, but for --pedantic it ends with 0 all the same.
    if command -v appstreamcli >/dev/null; then
        local said
        said=$(appstreamcli validate --pedantic --no-net --no-color "$content"/usr/share/metainfo/*.xml) || fail "$said"
        [ "$(grep -c . <<<"$said")" -eq 1 ] || fail "appstreamcli said: $said"
        say "silent: appstreamcli"
    else
        say "left out, not installed: appstreamcli"
    fi
    [ "$(id -u)" -ne 0 ] || root_is=(--allow-root)
    silent lintian "${root_is[@]}" --pedantic "$package"
    silent bash -n "$content/usr/share/bash-completion/completions/resnet-explorer"
    silent man_page "$content/usr/share/man/man1/resnet-explorer.1.gz"
    if command -v update-mime-database >/dev/null; then check_types "$content/usr/share"; fi
}

# Both kinds of file are known by name and by content, and nothing else has changed.
check_types() {
    local samples=$work/types
    mkdir -p "$samples"
    update-mime-database "$1/mime" >/dev/null 2>&1
    cp "$1"/resnet-explorer/models/resnet34-imagenette.safetensors "$samples/by-content"
    cp "$repository/tests/data/weights/weights.pth" "$samples/zip-by-content"
    cp "$repository/tests/data/weights/weights-legacy.pth" "$samples/older-by-content"
    printf '\1\2\3' | tee "$samples/a.pth" >"$samples/a.safetensors"
    command -v gio >/dev/null || { say "left out, not installed: gio"; return; }
    local found
    found=$(cd "$samples" && XDG_DATA_DIRS=$1:/usr/local/share:/usr/share gio info -a standard::content-type ./* |
        sed -n 's/.*standard::content-type: //p' | xargs)
    [ "$found" = "application/x-pytorch application/x-safetensors application/x-safetensors application/x-pytorch application/x-pytorch" ] ||
        fail "the types of files are: $found"
    say "known: the types of files"
}

# A program of the package, with the folder /tmp of the root as its home.
in_root() {
    if [ "$kind" = debootstrap ]; then
        # A program finds its own folder by /proc; the mount goes with the command.
        unshare --mount sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" env -i "$@"' "$root" \
            PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp "$@"
    else
        env -u DISPLAY -u WAYLAND_DISPLAY PATH="$root/usr/bin:$PATH" HOME="$root/tmp" "$@"
    fi
}

files_of_root() {
    (cd "$root" && find . -path ./proc -prune -o -path ./var/cache -prune -o -path ./var/lib -prune -o \
        -path ./var/log -prune -o -path ./tmp -prune -o -print | sort)
}

make_root() {
    if [ "$kind" = debootstrap ]; then
        say "making a fresh Debian ..."
        debootstrap --variant=minbase bookworm "$root" >"$work/log" 2>&1 || fail "$(tail -n 20 "$work/log")"
        # What the package depends on comes first, so that its own files can be told from theirs.
        cp "$package" "$root/tmp/"
        local depends
        mapfile -t depends < <(dpkg-deb -f "$package" Depends | tr ',' '\n' | sed 's/(.*//; s/ //g')
        in_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
            -o Dpkg::Options::=--force-unsafe-io "${depends[@]}" \
            >"$work/log" 2>&1 || fail "$(tail -n 20 "$work/log")"
    else
        mkdir -p "$root/tmp" "$root/var/lib/dpkg/"{info,updates}
        : >"$root/var/lib/dpkg/status"
        : >"$root/var/lib/dpkg/available"
    fi
}

install_package() {
    if [ "$kind" = debootstrap ]; then
        in_root dpkg -i "/tmp/$(basename "$package")"
    else
        dpkg --root="$root" --log=/dev/null --force-depends --force-not-root -i "$package"
    fi >"$work/log" 2>&1 || fail "$(tail -n 20 "$work/log")"
}

remove_package() {
    if [ "$kind" = debootstrap ]; then
        in_root dpkg -P resnet-explorer
    else
        dpkg --root="$root" --log=/dev/null --force-depends --force-not-root -P resnet-explorer
    fi >"$work/log" 2>&1 || fail "$(tail -n 20 "$work/log")"
}

# Its own version, network, samples and helper process. The source tree is not looked at by an installed program.
run_program() {
    local inside='' version said
    [ "$kind" = debootstrap ] || inside=$root
    local share=$inside/usr/share/resnet-explorer
    version=$(dpkg-deb -f "$package" Version)
    said=$(in_root resnet-explorer --version)
    [ "$said" = "ResNet Explorer ${version%-*}" ] || fail "--version said: $said"
    said=$(in_root resnet-explorer summary)
    grep -qF layer4.2.add <<<"$said" || fail "summary said: $said"
    said=$(in_root resnet-explorer predict "$share/samples/china.jpg")
    grep -q church <<<"$said" || fail "predict said: $said"
    in_root resnet-explorer explain "$share/samples/china.jpg" --output "$inside/tmp/why.png" || fail "explain cannot paint"
    cp "$repository/tests/data/weights/keras/model.h5" "$root/tmp/"
    said=$(in_root resnet-explorer summary --weights "$inside/tmp/model.h5" 2>&1) || fail "of a Keras file it said: $said"
    run_window "$share/models/twins/residual-e20.safetensors"
    mv "$root/usr/share/resnet-explorer" "$work/away"
    if said=$(in_root resnet-explorer summary 2>&1); then fail "a program without its files has found others"; fi
    grep -q "bundled network is missing" <<<"$said" || fail "without its files it said: $said"
    mv "$work/away" "$root/usr/share/resnet-explorer"
    say "runs: version, summary, predict, explain, a Keras file, the window"
}

# With a file of weights, as a desktop opens it. It stays open, and says nothing.
run_window() {
    local status=0
    mkdir -m 700 "$root/tmp/session"
    in_root env QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR="$inside/tmp/session" timeout 3 resnet-explorer "$1" >"$work/window" 2>&1 || status=$?
    [ "$status" -eq 124 ] || fail "the window ended with $status: $(cat "$work/window")"
    # Of Qt's offscreen platform, which has no window manager to tell the least size to.
    sed -i '/This plugin does not support propagateSizeHints/d' "$work/window"
    [ ! -s "$work/window" ] || fail "the window said: $(cat "$work/window")"
}

make_package
validate
make_root
files_of_root >"$work/before"
install_package
run_program
remove_package
files_of_root >"$work/after"
diff "$work/before" "$work/after" || fail "these files are left behind, or gone"
say "removed: nothing is left"
