import GANEngine
import Glibc

// Half of the inputs that are texts are changed word by word instead of byte by byte: a number becomes an awkward one, a name
// becomes another setting's, an element is left out, repeated or wrapped.

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ maximum: Int) -> Int

/// libFuzzer has each new input made by this.
@_cdecl("LLVMFuzzerCustomMutator")
public func fuzzMutate(
    _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ maximum: Int, _ seed: CUnsignedInt
) -> Int {
    let target = LabTarget(rawValue: getenv("FUZZ_TARGET").map { String(cString: $0) } ?? "")
    guard target?.isText == true, seed.isMultiple(of: 2), size > 0 else {
        return mutateBytes(data, size, maximum)
    }
    var mutator = TextMutator(Array(UnsafeBufferPointer(start: data, count: size)), seed: seed / 2)
    let changed = mutator.mutated()
    guard changed.count <= maximum else { return mutateBytes(data, size, maximum) }
    UnsafeMutableBufferPointer(start: data, count: maximum).update(fromContentsOf: changed)
    return changed.count
}

extension LabTarget {
    fileprivate var isText: Bool {
        switch self {
        case .recipes, .commands, .safetensors, .points, .records: true
        case .links, .checkpoints, .experiments: false
        }
    }
}

private struct TextMutator {
    private let text: [UInt8]
    private let words: [Range<Int>]
    private var seed: UInt64

    init(_ text: [UInt8], seed: CUnsignedInt) {
        self.text = text
        self.seed = UInt64(seed)
        words = Self.words(in: text)
    }

    mutating func mutated() -> [UInt8] {
        guard let word = words.isEmpty ? nil : words[below(words.count)] else { return text }
        switch text[word.lowerBound] {
        case UInt8(ascii: "["), UInt8(ascii: "{"): return changed(element: word)
        case UInt8(ascii: "\""): return replacing(word, by: "\"\(name())\"")
        default: return replacing(word, by: Generator.extremes[below(Generator.extremes.count)])
        }
    }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    private mutating func below(_ count: Int) -> Int {
        seed &+= 0x9e37_79b9_7f4a_7c15
        var bits = (seed ^ seed >> 30) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
        return Int((bits ^ bits >> 31) % UInt64(count))
    }

    private mutating func name() -> String {
        let field = Schema.fields[below(Schema.fields.count)]
        if case .choice(let choices) = field.kind, below(2) == 0 {
            return choices[below(choices.count)].value
        }
        return field.path
    }

    private mutating func changed(element: Range<Int>) -> [UInt8] {
        let whole = element.lowerBound..<end(of: element.lowerBound)
        switch below(4) {
        case 0: return replacing(whole, by: "")
        case 1: return replacing(whole.upperBound..<whole.upperBound, by: "," + string(whole))
        case 2: return replacing(whole, by: "[" + string(whole) + "]")
        default:
            let other = words[below(words.count)]
            return replacing(
                whole, by: string(other.lowerBound..<max(other.upperBound, end(of: other.lowerBound))))
        }
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

    private func replacing(_ range: Range<Int>, by other: String) -> [UInt8] {
        Array(text[..<range.lowerBound]) + Array(other.utf8) + Array(text[range.upperBound...])
    }

    /// Behind the bracket that closes what is opened at `start`, or the end of the text.
    private func end(of start: Int) -> Int {
        var depth = 0
        for index in text.indices[start...] {
            if Self.opening.contains(text[index]) { depth += 1 }
            if Self.closing.contains(text[index]) { depth -= 1 }
            if depth <= 0 { return index + 1 }
        }
        return text.count
    }

    private static let opening = Array("[{".utf8)
    private static let closing = Array("]}".utf8)

    /// Numbers, quoted words, and where something is opened.
    private static func words(in text: [UInt8]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var index = 0
        while index < text.count {
            let start = index
            index += 1
            if opening.contains(text[start]) {
                words.append(start..<index)
            } else if text[start] == UInt8(ascii: "\"") {
                while index < text.count, text[index] != text[start] { index += 1 }
                index = min(index + 1, text.count)
                words.append(start..<index)
            } else if isPartOfNumber(text[start]) {
                while index < text.count, isPartOfNumber(text[index]) { index += 1 }
                words.append(start..<index)
            }
        }
        return words
    }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    }
}
