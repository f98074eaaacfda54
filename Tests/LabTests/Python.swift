import Foundation
import Testing

/// Runs Python, as an independent reader of what the lab writes. Scripts use NumPy and Pillow at most.
enum Python {
    /// The project's own environment (`make tools`), or whatever Python is on the path.
    private static let interpreter: String = {
        // Not through any call that follows symbolic links: behind them is a Python without the packages.
        let own = URL(filePath: #filePath).deletingLastPathComponent().path + "/../../.venv/bin/python"
        return ProcessInfo.processInfo.environment["GANLAB_PYTHON"]
            ?? (FileManager.default.isExecutableFile(atPath: own) ? own : "python3")
    }()

    /// What the script prints, without the line break at the end; fails the test if it raises.
    static func run(_ script: String, _ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [interpreter, "-c", script] + arguments
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        let complaint = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(complaint)")
        return text.trimmingCharacters(in: .newlines)
    }
}

extension TemporaryFolder {
    /// Writes a file into the folder; returns its path.
    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        try Data(Array(bytes)).write(to: URL(filePath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }
}
