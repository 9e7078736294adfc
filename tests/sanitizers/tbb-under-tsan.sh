#!/bin/bash
# Builds oneTBB from Debian's source package under ThreadSanitizer and installs it into a folder: tbb-under-tsan.sh FOLDER
# Needs a deb-src line for apt (it adds one of its own, for this call only) and the packages dpkg-dev and cmake.
set -eu
folder=$(mkdir -p "$1" && cd "$1" && pwd)
[ -e "$folder/lib/libtbb.so" ] && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
. /etc/os-release
mkdir -p lists/partial
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(apt-get indextargets --format '$(SITE)' | head -1) $VERSION_CODENAME main" >sources.list
apt=(-o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$work/lists")
apt-get "${apt[@]}" update >/dev/null
apt-get "${apt[@]}" source --download-only onetbb >/dev/null
dpkg-source --no-check -x onetbb_*.dsc source >/dev/null
cmake -S source -B build -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_FLAGS="-fsanitize=thread" \
    -DTBB_TEST=OFF -DTBB_STRICT=OFF -DTBBMALLOC_BUILD=OFF -DCMAKE_INSTALL_PREFIX="$folder" -DCMAKE_INSTALL_LIBDIR=lib >/dev/null
ninja -C build install >/dev/null
