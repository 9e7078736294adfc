#!/bin/sh
# Fuzzes our own readers with libFuzzer under ASan and UBSan.
#   tests/fuzz/run.sh [SECONDS [TARGET...]]     60 seconds of every target
# Needs clang, its sanitizer libraries and python3. What it finds is left in build/fuzz as crash-*, and belongs into a test.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- $(cd tests/fuzz && ls ./*Fuzz.cpp | sed 's|./\(.*\)\.cpp|\1|')

build=build/fuzz
mkdir -p $build
flags="-std=c++20 -O1 -g -I. -isystem /usr/include/eigen3 -fno-omit-frame-pointer
       -fsanitize=address,undefined -fno-sanitize-recover=undefined"
[ -z "$(find core -name '*.h' -newer $build/.built 2>/dev/null)" ] || rm -f $build/*.o
touch $build/.built
objects=
for source in core/weights/*.cpp core/tensor/*.cpp core/model/ClassNames.cpp core/files/*.cpp; do
    object=$build/$(echo "$source" | tr / _).o
    [ "$object" -nt "$source" ] || clang++ $flags -fsanitize=fuzzer-no-link -c "$source" -o "$object"
    objects="$objects $object"
done
python3 tests/fuzz/make_seeds.py $build/seeds
for target; do
    clang++ $flags -fsanitize=fuzzer tests/fuzz/"$target".cpp $objects -ltbb -o $build/"$target"
    mkdir -p $build/corpus/"$target"
    echo "== $target: $seconds seconds"
    $build/"$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 \
        -artifact_prefix=$build/"$target"- $build/corpus/"$target" $build/seeds/"$target" 2>$build/"$target".log || {
        tail -40 $build/"$target".log
        exit 1
    }
    grep -E 'stat::(number_of_executed_units|peak_rss_mb)' $build/"$target".log
done
