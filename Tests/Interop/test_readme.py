"""What the README shows compiles as it stands."""

import re
import subprocess

from conftest import ROOT


def test_the_server_in_ten_lines_compiles(server, tmp_path):
    """The server's fixture is not used, but means that the library is built."""
    example = re.search(r"```swift\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL).group(1)
    assert len([line for line in example.splitlines() if line and not line.startswith("import")]) <= 10
    (tmp_path / "main.swift").write_text(example)
    build = ROOT / ".build/release"
    done = subprocess.run(
        ["swiftc", "-typecheck", "-swift-version", "6", "-I", build / "Modules", "-I", ROOT / "Sources/COpenSSL",
         "-I", ROOT / "Sources/CZlib", "-Xcc", f"-fmodule-map-file={build}/CSockets.build/module.modulemap",
         tmp_path / "main.swift"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr, done.stderr
