import Glibc

/// How much is done with the experiment of an input. What takes long is left to few inputs, so that many are tried.
enum Depth: Int, Comparable {
    /// What every page does: watch, play, explain a step.
    case brief
    /// Everything that is not measured or drawn: one input in 8.
    case full
    /// Metrics, pictures and films, too: one input in 64.
    case thorough

    /// Follows from the input, but in such a way that no mutation aims at it. FUZZ_DEPTH, a number from 0 to 2, is used
    /// instead if it is set, so that an input that failed can be made smaller.
    init(of input: [UInt8]) {
        if let wanted = getenv("FUZZ_DEPTH").flatMap({ Int(String(cString: $0)) }).flatMap(Depth.init) {
            self = wanted
        } else {
            let lot = CRC32.of(input)
            self = lot.isMultiple(of: 64) ? .thorough : lot.isMultiple(of: 8) ? .full : .brief
        }
    }

    static func < (one: Depth, other: Depth) -> Bool { one.rawValue < other.rawValue }
}
