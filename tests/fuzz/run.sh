#!/bin/bash
# Fuzzes our own readers with libFuzzer under ASan and UBSan.
#   tests/fuzz/run.sh [SECONDS [TARGET...]]     60 seconds of every target; JOBS=4 runs so many at a time
# Needs clang, its sanitizer libraries and python3. Libraries of others are not looked into. What it finds is left in
# build/fuzz as TARGET-crash-*, and belongs into a test.
set -eu
cd "$(dirname "$0")/../.."
export seconds=${1:-60} build=build/fuzz
jobs=${JOBS:-2}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- $(cd tests/fuzz && ls ./*Fuzz.cpp | sed 's|./\(.*\)\.cpp|\1|')

mkdir -p $build
export flags="-std=c++20 -O1 -g -I. -isystem /usr/include/eigen3 -fno-omit-frame-pointer
              -fsanitize=address,undefined -fno-sanitize-recover=undefined"
export libraries="-ltbb -ljpeg -lpng -ltiff -llcms2 -lz -ldeflate"
[ -z "$(find core ui/images -name '*.h' -newer $build/.built 2>/dev/null)" ] || rm -f $build/*.o
touch $build/.built
compile() {
    object=$build/$(echo "$1" | tr / _).o
    [ "$object" -nt "$1" ] || clang++ $flags -fsanitize=fuzzer-no-link -c "$1" -o "$object"
}
run_target() {
    local folder=$build/$1 log=$build/$1.log
    clang++ $flags -fsanitize=fuzzer tests/fuzz/"$1".cpp $build/libcore.a $libraries -o "$folder"
    mkdir -p $build/corpus/"$1"
    TIMEFORMAT='%U %S'
    local used
    if ! used=$({ time "$folder" -max_total_time="$seconds" -timeout=300 -rss_limit_mb=1024 -max_len=65536 \
        -print_final_stats=1 -artifact_prefix="$folder"- $build/corpus/"$1" $build/seeds/"$1" 2>"$log"; } 2>&1); then
        tail -40 "$log"
        echo "== $1: found something"
        return 255 # ends xargs
    fi
    echo "== $1: $seconds seconds, of the processor (user system): $used;" \
        "runs $(sed -n 's/stat::number_of_executed_units: *//p' "$log");" \
        "$(grep -o 'cov: [0-9]* ft: [0-9]*' "$log" | tail -1)"
}
export -f compile run_target
shopt -s extglob
# Of the pictures, what does without Qt.
sources=(core/{weights,tensor,files,image,network,model}/*.cpp core/ops/Activation.cpp ui/images/!(PictureReader|Qt*|Xmp).cpp)
printf '%s\0' "${sources[@]}" | xargs -0 -n 1 -P "$jobs" bash -ec 'compile "$0"'
rm -f $build/libcore.a
ar rcs $build/libcore.a $build/*.o
python3 tests/fuzz/make_seeds.py $build/seeds
printf '%s\0' "$@" | xargs -0 -n 1 -P "$jobs" bash -ec 'run_target "$0"'
