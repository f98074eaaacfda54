import Foundation

/// JSON as the lab writes and reads it: keys in order, so that equal values are equal texts.
enum JSON {
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try encode(value), as: UTF8.self)
    }

    static func decode<Decoded: Decodable>(_ type: Decoded.Type, from text: String) throws -> Decoded {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    static func decode<Decoded: Decodable>(_ type: Decoded.Type, from bytes: [UInt8]) throws -> Decoded {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
