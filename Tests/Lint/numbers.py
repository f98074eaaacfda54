"""Refuses what a number or a text from outside could end the process with, and says where it stands:

- a conversion of a floating-point number to an integer that traps (`Int(x)`; use `Int(clamping: x)`), found by the
  compiler, which knows the types;
- a JSON decoder anywhere but behind the limits of Sources/Lab/Support/JSON.swift.

Run from the repository's root after a release build.
"""
import pathlib
import re
import subprocess
import sys

MODULES = ["GANEngine", "Lab"]
BUILD = pathlib.Path(".build/release")
MODULE_MAPS = [
    BUILD / "CKernels.build/module.modulemap", BUILD / "CSockets.build/module.modulemap",
    *sorted(pathlib.Path("Sources").glob("*/module.modulemap")),
    ".build/checkouts/GRDB.swift/Sources/GRDBSQLite/module.modulemap",
]
HERE = pathlib.Path(__file__).parent
DECODER = re.compile(r"\b(JSONDecoder|JSONSerialization)\b")
DECODERS_HOME = pathlib.Path("Sources/Lab/Support/JSON.swift")


def conversions(module, sources):
    """Places `file:line:column` of conversions that trap."""
    maps = [argument for path in MODULE_MAPS for argument in ("-Xcc", f"-fmodule-map-file={path}")]
    # A package's modules see each other's package declarations by the name that the build gave them: the folder's.
    command = [
        "swiftc", "-typecheck", "-swift-version", "6", "-package-name", pathlib.Path.cwd().name.lower(),
        "-module-name", module, "-I", BUILD / "Modules", *maps, HERE / "TrappingConversions.swift", *sources,
    ]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{module} does not compile for Tests/Lint/numbers.py; build it first.\n{run.stderr[-4000:]}")
    found = re.findall(r"^(\S+?:\d+:\d+): warning: 'init\(_:\)' is deprecated: it may trap", run.stderr, re.M)
    return sorted(set(found))


def decoders(sources):
    for path in sources:
        if path == DECODERS_HOME:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if DECODER.search(line):
                yield f"{path}:{number}"


def main():
    faults = []
    for module in MODULES:
        places = conversions(module, sorted(pathlib.Path("Sources", module).rglob("*.swift")))
        faults += [f"{place}: traps on NaN and on what does not fit; use init(clamping:)" for place in places]
    faults += [f"{place}: decodes JSON without limits; use JSON.decode"
               for place in decoders(sorted(pathlib.Path("Sources").rglob("*.swift")))]
    print("\n".join(faults) or "numbers: every conversion to an integer is safe, every decoder behind its limits")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
