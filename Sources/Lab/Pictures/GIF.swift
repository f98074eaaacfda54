/// Writes an endless animation in the format GIF89a (CompuServe, 1990).
///
/// Each frame holds only the rectangle that changed, and is transparent where nothing did.
package struct GIF {
    private let width: Int
    private let height: Int
    private var file: [UInt8]
    private var shown: Bitmap?

    /// - Precondition: sides are in 1…65,535.
    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
        file = Array("GIF89a".utf8)
        append(UInt16(width))
        append(UInt16(height))
        file += [0x70, 0, 0]  // 8 bits a channel, no global colour table; no background; square pixels
        // The Netscape 2.0 application extension: repeat for ever.
        file += [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
    }

    /// Bytes so far.
    package var count: Int { file.count }

    /// The animation; it can be extended afterwards.
    package var bytes: [UInt8] { file + [0x3B] }

    /// Adds a picture of the animation's size, shown for so many hundredths of a second.
    package mutating func add(_ picture: Bitmap, centiseconds: UInt16) {
        precondition(picture.width == width && picture.height == height)
        let area = changedArea(picture)
        let pixels = area.rows.flatMap { y in
            area.columns.map { x -> Colour? in
                let colour = picture[x, y]
                return shown.map { $0[x, y] == colour } == true ? nil : colour
            }
        }
        let table = ColourTable(for: pixels.lazy.compactMap { $0 })
        appendControl(centiseconds)
        appendDescriptor(area, table)
        appendData(pixels.lazy.map { $0.map(table.index) ?? Self.transparent })
        shown = picture
    }

    /// The index that shows what was there before.
    private static let transparent: UInt8 = 255

    private typealias Area = (columns: Range<Int>, rows: Range<Int>)

    /// The smallest rectangle that holds every change; one pixel if there is none.
    private func changedArea(_ picture: Bitmap) -> Area {
        guard let shown else { return (0..<width, 0..<height) }
        let hasChanged = { (x: Int, y: Int) in shown[x, y] != picture[x, y] }
        let rows = (0..<height).filter { y in (0..<width).contains { hasChanged($0, y) } }
        guard let top = rows.first, let bottom = rows.last else { return (0..<1, 0..<1) }
        let columns = (0..<width).filter { x in rows.contains { hasChanged(x, $0) } }
        return (columns.first!..<columns.last! + 1, top..<bottom + 1)
    }

    /// Graphic control extension: leave the picture in place, one index transparent.
    private mutating func appendControl(_ centiseconds: UInt16) {
        file += [0x21, 0xF9, 4, 0b0000_0101]
        append(centiseconds)
        file += [Self.transparent, 0]
    }

    /// Image descriptor, then a local table of 256 colours.
    private mutating func appendDescriptor(_ area: Area, _ table: ColourTable) {
        file.append(0x2C)
        append(UInt16(area.columns.lowerBound))
        append(UInt16(area.rows.lowerBound))
        append(UInt16(area.columns.count))
        append(UInt16(area.rows.count))
        file.append(0b1000_0111)
        for colour in table.colours { file += [colour.red, colour.green, colour.blue] }
        file += Array(repeating: 0, count: (256 - table.colours.count) * 3)
    }

    private mutating func appendData(_ indices: some Sequence<UInt8>) {
        file.append(8)
        let data = LZW.encode(indices, bits: 8)
        for start in stride(from: 0, to: data.count, by: 255) {
            let block = data[start..<min(start + 255, data.count)]
            file.append(UInt8(block.count))
            file += block
        }
        file.append(0)
    }

    private mutating func append(_ value: UInt16) {
        file += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
}
