#!/bin/sh
# Bit for bit the same from a debug build and a release build: both write down the same steps, and the files are compared.
# Instruction sets are compared by DeterminismTests. Usage: run.sh DEBUG_GANLAB RELEASE_GANLAB
set -eu
debug=$1 release=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

compare() {
    "$debug" trace "$@" --steps 3 --output "$folder/debug.json"
    "$release" trace "$@" --steps 3 --output "$folder/release.json"
    cmp "$folder/debug.json" "$folder/release.json"
    echo "the same bits: $*"
}

for preset in ganlab-ring ganlab-gaussians healthy hopping gradient-kept dirac; do compare --preset $preset; done
# Between them every activation, penalty, optimizer and remedy.
for recipe in "$(dirname "$0")"/*.json; do compare "$recipe"; done
