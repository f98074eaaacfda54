import GANEngine

/// A colour with opacity, sRGB, 8 bits a channel.
package struct Colour: Hashable, Sendable {
    package var red: UInt8
    package var green: UInt8
    package var blue: UInt8
    package var alpha: UInt8

    package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, alpha: UInt8 = 255) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }

    /// 0xRRGGBB.
    package init(_ hex: UInt32, alpha: UInt8 = 255) {
        self.init(
            UInt8(truncatingIfNeeded: hex >> 16), UInt8(truncatingIfNeeded: hex >> 8),
            UInt8(truncatingIfNeeded: hex),
            alpha: alpha)
    }

    package func with(alpha: Double) -> Colour {
        Colour(red, green, blue, alpha: UInt8(clamping: (alpha * 255).rounded()))
    }

    /// From this colour (0) to another (1), channel by channel.
    package func mixed(with other: Colour, _ share: Double) -> Colour {
        let mix = { (a: UInt8, b: UInt8) in
            UInt8(clamping: (Double(a) + (Double(b) - Double(a)) * share).rounded())
        }
        return Colour(
            mix(red, other.red), mix(green, other.green), mix(blue, other.blue),
            alpha: mix(alpha, other.alpha))
    }

    /// As CSS and SVG write it, without the opacity.
    package var hex: String {
        "#" + [red, green, blue].map { String(UInt16($0) | 0x100, radix: 16).suffix(2) }.joined()
    }
}

/// A picture in memory: RGBA, rows from the top, opaque.
package struct Bitmap: Hashable, Sendable {
    package let width: Int
    package let height: Int
    /// width × height × 4 bytes.
    package private(set) var bytes: [UInt8]

    /// - Precondition: width and height are positive.
    package init(width: Int, height: Int, background: Colour) {
        precondition(width > 0 && height > 0)
        self.width = width
        self.height = height
        bytes = []
        bytes.reserveCapacity(width * height * 4)
        for _ in 0..<width * height { bytes += [background.red, background.green, background.blue, 255] }
    }

    /// The colour of a pixel inside the picture.
    package subscript(x: Int, y: Int) -> Colour {
        let index = (y * width + x) * 4
        return Colour(bytes[index], bytes[index + 1], bytes[index + 2], alpha: bytes[index + 3])
    }

    /// Lays a colour over a pixel; outside the picture nothing happens. `coverage` is the share of the pixel covered.
    package mutating func blend(_ colour: Colour, x: Int, y: Int, coverage: Float = 1) {
        guard x >= 0, x < width, y >= 0, y < height, coverage > 0 else { return }
        let index = (y * width + x) * 4
        let opacity = Float(colour.alpha) / 255 * min(coverage, 1)
        let mix = { (below: UInt8, above: UInt8) in
            UInt8(clamping: (Float(below) + (Float(above) - Float(below)) * opacity).rounded())
        }
        bytes[index] = mix(bytes[index], colour.red)
        bytes[index + 1] = mix(bytes[index + 1], colour.green)
        bytes[index + 2] = mix(bytes[index + 2], colour.blue)
    }
}
