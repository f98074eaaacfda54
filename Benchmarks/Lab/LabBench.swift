import Foundation
import GANEngine
import Glibc
import Lab

/// `lab-bench`: what it costs to keep, share and open experiments. Measures; never passes or fails.
@main
struct LabBench {
    static func main() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-bench-\(getpid())")
            .path(percentEncoded: false)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try StoreBench.run(in: folder)
        try LinkBench.run()
        PictureBench.run()
    }
}

/// One line of the report.
func report(_ what: String, _ figure: String) {
    print(what.padding(toLength: 62, withPad: " ", startingAt: 0) + figure)
}

/// Seconds that a body takes, the median of some runs.
func seconds(runs: Int = 5, _ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let times = try (0..<runs).map { _ in try clock.measure(body) / .seconds(1) }
    return times.sorted()[runs / 2]
}

/// Two significant digits and a unit.
func short(_ seconds: Double) -> String {
    switch seconds {
    case 1...: String(format: "%.2f s", seconds)
    case 1e-3...: String(format: "%.2f ms", seconds * 1e3)
    default: String(format: "%.1f µs", seconds * 1e6)
    }
}
