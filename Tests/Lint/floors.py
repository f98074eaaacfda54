"""Refuses cycles between the folders of a target: what stands in one folder may use what stands in another, but not both ways,
not even through a third.

Which folder uses which is read from the names of types: a folder uses another if it mentions a type that the other alone
declares, outside of comments and texts. The folder is the first below `Sources/TARGET`; files in the target's own folder
see everything. Targets need no such check among themselves: the compiler allows no cycle there.

Run from the repository's root; names the cycles, and the types that close them.
"""

import pathlib
import re
import sys
from collections import defaultdict

SOURCES = pathlib.Path("Sources")

NOT_CODE = re.compile(r'"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|/\*[\s\S]*?\*/|//[^\n]*')
#: A declaration at the beginning of a line: types inside of others are used through those.
DECLARATION = re.compile(
    r"^(?:@\w+(?:\([^)]*\))? )*(?:(?:public|package|internal|private|fileprivate|final|indirect) )*"
    r"(?:struct|class|enum|protocol|actor|typealias) ([A-Z]\w*)",
    re.MULTILINE,
)
TYPE_NAME = re.compile(r"\b[A-Z]\w*")


def code_of_folders(target: pathlib.Path) -> dict[str, list[str]]:
    """The text of each file of each folder, without comments and texts."""
    folders = defaultdict(list)
    for path in sorted(target.rglob("*.swift")):
        folder, *below = path.relative_to(target).parts
        if below:
            folders[folder].append(NOT_CODE.sub('""', path.read_text()))
    return folders


def uses(folders: dict[str, list[str]]) -> dict[str, dict[str, set[str]]]:
    """For each folder, the folders that it uses, and the types of theirs that it mentions."""
    homes = defaultdict(set)
    for folder, files in folders.items():
        for code in files:
            for name in DECLARATION.findall(code):
                homes[name].add(folder)
    used = {folder: defaultdict(set) for folder in folders}
    for folder, files in folders.items():
        for name in set(TYPE_NAME.findall(" ".join(files))):
            if len(homes[name]) == 1 and folder not in homes[name]:
                used[folder][min(homes[name])].add(name)
    return used


def cycles(used: dict[str, dict[str, set[str]]]) -> list[set[str]]:
    """The groups of folders each of which reaches every other of its group."""
    reached = {folder: reach(folder, used) for folder in used}
    groups = {
        frozenset(other for other in reached[folder] if folder in reached[other])
        for folder in used
        if folder in reached[folder]
    }
    return sorted(map(set, groups), key=min)


def reach(start: str, used: dict[str, dict[str, set[str]]]) -> set[str]:
    """The folders that `start` uses, directly or through others; itself only if it is in a cycle."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = used[waiting.pop()].keys() - found
        found |= new
        waiting += new
    return found


def explanation(group: set[str], used: dict[str, dict[str, set[str]]]) -> list[str]:
    """The uses within a group, those of the fewest types first: what closes the cycle is mostly one of these."""
    within = [(folder, other, sorted(used[folder][other])) for folder in group for other in used[folder].keys() & group]
    within.sort(key=lambda use: (len(use[2]), use))
    return ["  a cycle of " + ", ".join(sorted(group)) + ":"] + [
        f"    {folder} uses {other}: {', '.join(types)}" for folder, other, types in within
    ]


def faults(target: pathlib.Path) -> list[str]:
    used = uses(code_of_folders(target))
    return [line for group in cycles(used) for line in [f"{target}:", *explanation(group, used)]]


def main() -> bool:
    targets = sorted(path for path in SOURCES.iterdir() if path.is_dir())
    found = [line for target in targets for line in faults(target)]
    print("\n".join(found) or "floors: no cycle of folders")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
