/// JSON as data files have it (RFC 8259): the order of an object's keys is kept, as it is the order of the columns; NaN
/// and Infinity are read, since Python writes them; several values may follow each other, as in JSON lines.
indirect enum OrderedJSON {
    case null
    case bool
    case number(Double)
    /// UTF-8.
    case string(ArraySlice<UInt8>)
    case list([Item])
    case object([(key: String, value: Item)])

    /// A value, and the line in which it begins, from 1.
    struct Item {
        let line: Int
        let value: OrderedJSON
    }

    /// All values of a text.
    /// - Parameter text: UTF-8.
    static func values(in text: ArraySlice<UInt8>) throws(ImportError) -> [Item] {
        var parser = OrderedJSONParser(text)
        return try parser.all()
    }
}

/// Reads from the first byte to the last, and stops at what is wrong or too much.
private struct OrderedJSONParser {
    /// Lists and objects within each other.
    private static let depth = 64
    /// Values of all lists and objects together.
    private static let maximumValues = 1_000_000

    private let text: ArraySlice<UInt8>
    private var position: Int
    private var line = 1
    private var count = 0

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        position = text.startIndex
    }

    mutating func all() throws(ImportError) -> [OrderedJSON.Item] {
        var items: [OrderedJSON.Item] = []
        skipSpace()
        while position < text.endIndex {
            items.append(try item(depth: 0))
            skipSpace()
        }
        return items
    }

    private mutating func item(depth: Int) throws(ImportError) -> OrderedJSON.Item {
        skipSpace()
        count += 1
        guard count <= Self.maximumValues else { throw .excessive(.values(limit: Self.maximumValues)) }
        guard depth <= Self.depth else { throw .excessive(.depth(limit: Self.depth)) }
        let line = line
        switch peek {
        case UInt8(ascii: "["): return .init(line: line, value: .list(try list(depth)))
        case UInt8(ascii: "{"): return .init(line: line, value: .object(try object(depth)))
        case UInt8(ascii: "\""): return .init(line: line, value: .string(try string()))
        default: return .init(line: line, value: try word())
        }
    }

    private mutating func list(_ depth: Int) throws(ImportError) -> [OrderedJSON.Item] {
        var items: [OrderedJSON.Item] = []
        position += 1
        if pass("]") { return items }
        repeat { items.append(try item(depth: depth + 1)) } while pass(",")
        guard pass("]") else { throw expected("“,” or “]”") }
        return items
    }

    private mutating func object(_ depth: Int) throws(ImportError) -> [(key: String, value: OrderedJSON.Item)]
    {
        var members: [(key: String, value: OrderedJSON.Item)] = []
        position += 1
        if pass("}") { return members }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw expected("a key in quotation marks") }
            let key = String(decoding: try string(), as: UTF8.self)
            guard pass(":") else { throw expected("“:”") }
            members.append((key, try item(depth: depth + 1)))
        } while pass(",")
        guard pass("}") else { throw expected("“,” or “}”") }
        return members
    }

    private mutating func string() throws(ImportError) -> ArraySlice<UInt8> {
        position += 1
        let start = position
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { step(over: byte) }
        if peek == UInt8(ascii: "\"") {
            defer { position += 1 }
            return text[start..<position]
        }
        var unescaped = Array(text[start..<position])
        while let byte = peek {
            if byte == UInt8(ascii: "\"") {
                position += 1
                return unescaped[...]
            }
            if byte == UInt8(ascii: "\\") {
                unescaped += try escape()
            } else {
                unescaped.append(byte)
                step(over: byte)
            }
        }
        throw expected("a closing quotation mark")
    }

    private mutating func escape() throws(ImportError) -> [UInt8] {
        position += 1
        guard let kind = peek else { throw expected("a closing quotation mark") }
        position += 1
        switch kind {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "u"):
            var units = [try codeUnit()]
            if UTF16.isLeadSurrogate(units[0]), text[position...].starts(with: Array("\\u".utf8)) {
                position += 2
                units.append(try codeUnit())
            }
            return Array(String(decoding: units, as: UTF16.self).utf8)
        default: return [kind]
        }
    }

    private mutating func codeUnit() throws(ImportError) -> UInt16 {
        let digits = text[position...].prefix(4)
        guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw expected("four hexadecimal digits")
        }
        position += 4
        return unit
    }

    private mutating func word() throws(ImportError) -> OrderedJSON {
        let start = position
        while let byte = peek, Self.isWordCharacter(byte) { position += 1 }
        let word = text[start..<position]
        let string = word.count <= 1_100 ? String(decoding: word, as: UTF8.self) : ""
        switch string {
        case "null": return .null
        case "true", "false": return .bool
        case "NaN": return .number(.nan)
        case "Infinity": return .number(.infinity)
        case "-Infinity": return .number(-.infinity)
        default:
            // Swift reads hexadecimal numbers too.
            guard !string.isEmpty, !string.contains("x"), let number = Double(string) else {
                position = start
                throw expected("a value")
            }
            return .number(number)
        }
    }

    private static func isWordCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
        default: false
        }
    }

    private var peek: UInt8? { position < text.endIndex ? text[position] : nil }

    private mutating func step(over byte: UInt8) {
        if byte == 0x0A { line += 1 }
        position += 1
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) { step(over: byte) }
    }

    private mutating func pass(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private func expected(_ what: String) -> ImportError {
        position < text.endIndex
            ? .notJSON(place: "\(what) was expected in line \(line)") : .notJSON(place: "it ends too early")
    }
}
