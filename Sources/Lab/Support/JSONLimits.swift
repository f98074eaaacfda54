/// How large a JSON text may be to be handed to a decoder.
///
/// A decoder recurses and allocates as its input says: Foundation's traps on 513 brackets, and eight megabytes of commas
/// become gigabytes. One pass over the bytes tells before that. The bounds here are far above what any recipe needs.
package struct JSONLimits: Sendable {
    /// Lists and objects within each other.
    package var depth = 64
    /// Bytes of the whole text.
    package var bytes = 8 << 20
    /// Elements of all lists and objects together.
    package var values = 300_000

    package init() {}

    /// Why a text is not even tried. `description` is one line for a person.
    package enum Excess: Error, Hashable, Sendable, CustomStringConvertible {
        case bytes(Int, limit: Int)
        case depth(limit: Int)
        case values(limit: Int)
        /// A closing bracket that nothing opened, or a zero byte, as in UTF-16, which decoders take for JSON too.
        case notJSON

        package var description: String {
            switch self {
            case .bytes(let count, let limit):
                "This JSON text has \(count) bytes; at most \(limit) are taken."
            case .depth(let limit):
                "This JSON text is nested too deeply; lists and objects may lie \(limit) deep in each other."
            case .values(let limit): "This JSON text holds too many values; at most \(limit) are taken."
            case .notJSON: "This is not valid JSON."
            }
        }
    }

    /// Throws what is too large. A text that passes may still not be JSON.
    package func check(_ text: [UInt8]) throws(Excess) {
        guard text.count <= bytes else { throw .bytes(text.count, limit: bytes) }
        var open = 0
        var separators = 0
        var isInString = false
        var isEscaped = false
        for byte in text {
            if byte == 0 { throw .notJSON }
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                open += 1
                separators += 1
                if open > depth { throw .depth(limit: depth) }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                open -= 1
                if open < 0 { throw .notJSON }
            case UInt8(ascii: ","):
                separators += 1
            default:
                continue
            }
            if separators > values { throw .values(limit: values) }
        }
    }
}
