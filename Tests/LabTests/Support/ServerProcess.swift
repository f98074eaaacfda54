import Foundation

/// `ganlab serve` as people run it: a process that can be killed.
final class ServerProcess {
    private let process = Process()
    let port: UInt16

    init(arguments: [String]) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "ganlab")
        process.arguments = ["serve", "--port", "0"] + arguments
        process.standardOutput = output
        try process.run()
        var line = ""
        while !line.hasSuffix("\n") {
            guard let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty else {
                throw PageClient.Failure(description: "the server ended with “\(line)”")
            }
            line += String(decoding: byte, as: UTF8.self)
        }
        guard
            let port = line.split(separator: ":").last.flatMap({
                UInt16($0.trimmingCharacters(in: .newlines))
            })
        else { throw PageClient.Failure(description: "no address in “\(line)”") }
        self.port = port
    }

    deinit {
        if process.isRunning { kill() }
    }

    /// Ends it as a power cut does, without a word.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
