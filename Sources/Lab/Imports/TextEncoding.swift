import Foundation

/// How the characters of a text file are written as bytes.
package enum TextEncoding: String, CaseIterable, Codable, Hashable, Sendable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case gb18030
    case windows1252 = "windows-1252"

    /// The encoding that a file's first bytes or its characters suggest.
    ///
    /// What is neither UTF-8 nor UTF-16 is GB 18030 if its bytes beyond ASCII form pairs and most of those are common
    /// Chinese characters, else Windows-1252.
    init(of bytes: [UInt8]) {
        if let marked = Self.allCases.first(where: { !$0.mark.isEmpty && bytes.starts(with: $0.mark) }) {
            self = marked
        } else if let wide = Self.unmarkedUTF16(bytes) {
            self = wide
        } else if String(validating: bytes, as: UTF8.self) != nil {
            self = .utf8
        } else {
            self = Self.isLikelyChinese(bytes) ? .gb18030 : .windows1252
        }
    }

    /// The text in UTF-8, without a byte order mark; nil if the bytes are not text in this encoding.
    func utf8(_ bytes: [UInt8]) -> [UInt8]? {
        let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
        switch self {
        case .utf8: return String(validating: text, as: UTF8.self) == nil ? nil : Array(text)
        case .utf16LittleEndian: return Self.utf16(text) { UInt16($1) << 8 | UInt16($0) }
        case .utf16BigEndian: return Self.utf16(text) { UInt16($0) << 8 | UInt16($1) }
        case .gb18030:
            return String(data: Data(text), encoding: Self.foundationGB18030).map { Array($0.utf8) }
        case .windows1252: return Self.windows1252(text)
        }
    }

    private var mark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .gb18030, .windows1252: []
        }
    }

    /// kCFStringEncodingGB_18030_2000 as Foundation numbers it.
    private static let foundationGB18030 = String.Encoding(rawValue: 0x8000_0632)

    /// UTF-16 without a mark: tables are mostly ASCII, so every other byte is 0.
    private static func unmarkedUTF16(_ bytes: [UInt8]) -> TextEncoding? {
        let start = bytes.prefix(2_048)
        guard bytes.count.isMultiple(of: 2), start.count >= 4 else { return nil }
        var zeros = (even: 0, odd: 0)
        for (index, byte) in start.enumerated() where byte == 0 {
            if index.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let many = start.count / 4
        if zeros.odd > many, zeros.even == 0 { return .utf16LittleEndian }
        return zeros.even > many && zeros.odd == 0 ? .utf16BigEndian : nil
    }

    private static func isLikelyChinese(_ bytes: [UInt8]) -> Bool {
        var (pairs, common) = (0, 0)
        var index = 0
        while index < bytes.count {
            guard bytes[index] >= 0x80 else {
                index += 1
                continue
            }
            guard index + 1 < bytes.count else { return false }
            // Punctuation and the characters of everyday use have these first bytes (GB 2312, rows 1 to 55); the accented
            // letters of Windows-1252 lie above, apart from a few capitals.
            if (0xA1...0xD7).contains(bytes[index]), bytes[index + 1] >= 0xA1 { common += 1 }
            pairs += 1
            index += 2
        }
        return 2 * common > pairs
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, _ unit: (UInt8, UInt8) -> UInt16) -> [UInt8]? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map {
            unit(bytes[$0], bytes[$0 + 1])
        }
        return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
    }

    private static func windows1252(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        for byte in bytes {
            switch byte {
            case 0x80...0x9F:
                guard let scalar = windows1252Controls[Int(byte) - 0x80] else { return nil }
                text += Array(UTF8.encode(scalar).map(Array.init) ?? [])
            case 0xA0...: text += [0xC0 | byte >> 6, 0x80 | byte & 0x3F]
            default: text.append(byte)
            }
        }
        return text
    }

    /// Bytes 80 to 9F, where Windows-1252 differs from Unicode; five of them mean nothing.
    private static let windows1252Controls: [Unicode.Scalar?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
        nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]
}
