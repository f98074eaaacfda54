import GANEngine

/// A setting's value in a link of version 1.
///
///     u8 0  decimal number: signed digits, signed exponent     u8 4  text
///        1  other number: f64, little-endian                      5  integers: varint count, signed each
///        2  false                                                 6  target, see ``LinkTarget``
///        3  true
enum LinkValue {
    static func write(_ value: Value, to writer: inout ByteWriter) {
        switch value {
        case .number(let number):
            write(number, to: &writer)
        case .flag(let flag):
            writer.write(UInt8(flag ? 3 : 2))
        case .text(let text):
            writer.write(UInt8(4))
            writer.write(text: text)
        case .integers(let integers):
            writer.write(UInt8(5))
            writer.write(varint: UInt64(integers.count))
            for integer in integers { writer.write(signed: Int64(integer)) }
        case .target(let target):
            writer.write(UInt8(6))
            LinkTarget.write(target, to: &writer)
        }
    }

    static func read(from reader: inout ByteReader) throws -> Value {
        switch try reader.byte() {
        case 0:
            let decimal = Decimal(digits: try reader.signed(), exponent: try reader.signed())
            guard let number = decimal.number else { throw LinkError.malformed }
            return .number(number)
        case 1: return .number(Double(bitPattern: try reader.fixed(UInt64.self)))
        case 2: return .flag(false)
        case 3: return .flag(true)
        case 4: return .text(try reader.text())
        case 5:
            var integers: [Int] = []
            for _ in 0..<(try reader.count()) { integers.append(Int(try reader.signed())) }
            return .integers(integers)
        case 6: return .target(try LinkTarget.read(from: &reader))
        default: throw LinkError.malformed
        }
    }

    private static func write(_ number: Double, to writer: inout ByteWriter) {
        if let decimal = Decimal(number) {
            writer.write(UInt8(0))
            writer.write(signed: decimal.digits)
            writer.write(signed: decimal.exponent)
        } else {
            writer.write(UInt8(1))
            writer.write(number.bitPattern)
        }
    }
}
