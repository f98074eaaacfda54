import Foundation

/// JSON as the lab writes and reads it: keys in order, so that equal values are equal texts.
///
/// Whatever is read passes ``JSONLimits`` first. No other file uses a decoder, and `make lint` keeps it so.
package enum JSON {
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try encode(value), as: UTF8.self)
    }

    package static func decode<Decoded: Decodable>(
        _ type: Decoded.Type, from text: String, limits: JSONLimits = JSONLimits()
    ) throws -> Decoded {
        try decode(type, from: Array(text.utf8), limits: limits)
    }

    /// - Throws: ``JSONLimits/Excess`` for what is too large to be tried, a `DecodingError` for what is not JSON or has
    ///   another form, and whatever the type's own decoding throws.
    package static func decode<Decoded: Decodable>(
        _ type: Decoded.Type, from bytes: [UInt8], limits: JSONLimits = JSONLimits()
    ) throws -> Decoded {
        try limits.check(bytes)
        return try JSONDecoder().decode(type, from: Data(bytes))
    }
}
