// What libFuzzer calls, millions of times, with whatever reaches code that was not reached before. FUZZ_TARGET says
// which reader is fed. A broken promise ends the process, and libFuzzer keeps the input that did it.

import Glibc

/// Reads one input; run.sh compiles this into one module with the codecs.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // The first byte says where to cut, the rest is what a stranger sends.
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let cut = input.first else { return 0 }
    let bytes = Array(input.dropFirst())
    switch String(cString: getenv("FUZZ_TARGET")) {
    case "requests": fuzzRequests(bytes, pieces(of: bytes, cut))
    case "frames": fuzzFrames(bytes, pieces(of: bytes, cut), compressed: false)
    case "compressed": fuzzFrames(bytes, pieces(of: bytes, cut), compressed: true)
    default: fatalError("FUZZ_TARGET is requests, frames or compressed")
    }
    return 0
}

/// Pieces of 1 to 32 bytes, of a length that changes as the input says.
private func pieces(of bytes: [UInt8], _ cut: UInt8) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    var size = Int(cut & 31) + 1
    while !rest.isEmpty {
        pieces.append(rest.prefix(size))
        rest = rest.dropFirst(size)
        size = (size + Int(cut >> 5)) % 32 + 1
    }
    return pieces
}

/// A request means the same however it is cut up, and what is accepted is framed in one way only. Of several things that are
/// wrong with one, it may be refused for either: a part that has come is looked at before the rest.
private func fuzzRequests(_ bytes: [UInt8], _ pieces: [ArraySlice<UInt8>]) {
    let whole = parse([bytes[...]])
    var cut = parse(pieces)
    if cut.refusal != nil, whole.refusal != nil { cut.refusal = whole.refusal }
    precondition(cut == whole, "cut up, it means something else")
    for request in whole.requests {
        let names = request.headers.map { $0.prefix { $0 != ":" }.lowercased() }
        precondition(
            names.filter { $0 == "content-length" || $0 == "transfer-encoding" }.count <= 1, "framed twice")
        precondition(names.filter { $0 == "host" }.count <= 1, "two hosts")
        precondition(
            !request.headers.joined().utf8.contains { $0 == 0 || $0 == 10 || $0 == 13 }, "a forged field")
    }
}

/// Frames mean the same however they are cut up, and no message is larger than the limit, compressed or not.
private func fuzzFrames(_ bytes: [UInt8], _ pieces: [ArraySlice<UInt8>], compressed: Bool) {
    let limit = 5000
    func inflater() -> Inflater? { compressed ? Inflater(windowBits: 15, keepsContext: true) : nil }
    let whole = decode([bytes[...]], limit: limit, inflater: inflater())
    let cut = decode(pieces, limit: limit, inflater: inflater())
    precondition(cut.events == whole.events, "cut up, it means something else")
    // A broken stream may hit the limit first when it comes at once, and be found broken first when it drips.
    precondition(compressed || cut.failure == whole.failure, "cut up, it fails otherwise")
    for case .message(let message) in whole.events {
        switch message {
        case .text(let text): precondition(text.utf8.count <= limit, "too large a message")
        case .binary(let bytes): precondition(bytes.count <= limit, "too large a message")
        }
    }
}
