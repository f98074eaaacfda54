// What libFuzzer calls with what somebody might send to the lab or might have left in its store. FUZZ_TARGET says what the
// bytes stand for. A broken promise ends the process, and libFuzzer keeps the input that did it.

import Glibc

/// What the bytes of an input stand for.
enum LabTarget: String {
    /// A recipe as JSON.
    case recipes
    /// What a link contains, or a link's text.
    case links
    /// Commands of a page, one a line.
    case commands
    /// A checkpoint of the engine's own format, in the store of a session.
    case checkpoints
    /// A checkpoint as a safetensors file.
    case safetensors
    /// Points as a table or as JSON.
    case points
    /// Everything that the store keeps of a session and of a saved experiment, one column a line.
    case records
    /// Random choices from which a valid recipe, or nearly, and commands are made.
    case experiments
}

/// Takes one input. The Makefile compiles this into one module with the lab.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let target = LabTarget(rawValue: getenv("FUZZ_TARGET").map { String(cString: $0) } ?? "") else {
        fatalError("FUZZ_TARGET is not one of the lab's targets")
    }
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    let before = clock()
    let lab = FuzzedLab(depth: Depth(of: input))
    switch target {
    case .recipes: lab.take(recipe: input)
    case .links: lab.take(link: input)
    case .commands: lab.take(commands: input)
    case .checkpoints: lab.take(checkpoint: input)
    case .safetensors: lab.take(safetensors: input)
    case .points: lab.take(points: input)
    case .records: lab.take(record: input)
    case .experiments: lab.take(choices: input)
    }
    lab.finish()
    // Processor time, so that a busy machine is no finding. Two seconds here are about half a second without sanitizers.
    let seconds = Double(clock() - before) / 1e6
    expect(seconds < 2, "this took \(seconds) s")
    return 0
}
