import GANEngine

/// Writes one binary frame: what a person sees at one step, quantised as far as the eye cannot tell.
///
/// Little-endian throughout. This comment, ``FrameSection`` and the golden frames in `Tests/Golden` are the
/// format's definition; the page's decoder is tested against the same golden frames.
///
///     header (36 bytes)
///       0  u32  magic "GNL1" (bytes 47 4E 4C 31)
///       4  u16  version, 1
///       6  u16  number of sections
///       8  u64  step
///      16  u32  revision of the session's state that this frame shows
///      20  f32  steps per second, measured
///      24  f32  view centre x
///      28  f32  view centre y
///      32  f32  view half extent
///     then each section
///       0  u16  kind
///       2  u16  encoding
///       4  u32  length of the payload in bytes, padding not counted
///       8       payload, padded with zeros to a multiple of 4 bytes
///
/// A reader skips kinds that it does not know. A position is two i16, q: (x − centre x) · 32767 / (4 · half),
/// rounded; beyond ±4 half extents it is clamped. A probability is one u8: round(255 · p).
package struct FrameWriter {
    /// What every frame starts with.
    package struct Header: Sendable {
        package var step: UInt64
        package var revision: UInt32
        package var stepsPerSecond: Float
        package var view: View

        package init(step: UInt64, revision: UInt32, stepsPerSecond: Float, view: View) {
            self.step = step
            self.revision = revision
            self.stepsPerSecond = stepsPerSecond
            self.view = view
        }
    }

    private static let magic: UInt32 = 0x314C_4E47
    private static let version: UInt16 = 1
    private static let sectionCountOffset = 6

    private var writer = ByteWriter()
    private var sectionCount: UInt16 = 0
    private let view: View

    /// A frame with a header and no sections.
    package init(_ header: Header) {
        view = header.view
        writer.write(Self.magic)
        writer.write(Self.version)
        writer.write(sectionCount)
        writer.write(header.step)
        writer.write(header.revision)
        writer.write(header.stepsPerSecond)
        writer.write(view.centre.x)
        writer.write(view.centre.y)
        writer.write(view.halfExtent)
    }

    /// Adds a section.
    package mutating func append(_ section: FrameSection) {
        writer.write(section.kind)
        writer.write(section.encoding)
        let lengthOffset = writer.bytes.count
        writer.write(UInt32(0))
        section.write(to: &writer, view: view)
        writer.patch(UInt32(writer.bytes.count - lengthOffset - 4), at: lengthOffset)
        writer.pad(toMultipleOf: 4)
        sectionCount += 1
        writer.patch(sectionCount, at: Self.sectionCountOffset)
    }

    /// The frame so far.
    package var bytes: [UInt8] { writer.bytes }
}

extension View {
    /// A point as frames carry it.
    func quantise(_ point: Point) -> (x: Int16, y: Int16) {
        let scale = Quantise.positionLimit / (4 * halfExtent)
        return (Quantise.signed((point.x - centre.x) * scale), Quantise.signed((point.y - centre.y) * scale))
    }
}

/// Rounding of what frames carry. Not a number becomes 0: a frame must never fail.
enum Quantise {
    static let positionLimit: Float = 32767

    static func signed(_ value: Float) -> Int16 {
        Int16(clamping: max(value.rounded(), -positionLimit))
    }

    static func probability(_ value: Float) -> UInt8 {
        UInt8(clamping: (value * 255).rounded())
    }

    /// An amount in 127ths of a scale that is no smaller; computed so that no weight is too large for it.
    static func amount(_ value: Float, of scale: Float) -> Int8 {
        Int8(clamping: (127 * Double(value) / Double(scale)).rounded())
    }

    /// A map of probabilities as bytes around one half, as fine as how far the map goes from there allows: where the game
    /// is balanced that is a hundredth or two, which whole bytes between 0 and 1 would show as steps.
    struct Leaning {
        /// Twice the greatest distance from one half, in parts of 65,535, rounded up.
        let code: UInt16

        init(of probabilities: [Float]) {
            let furthest = probabilities.reduce(0) { max($0, abs(Self.bounded($1) - 0.5)) }
            code = UInt16(clamping: (furthest * 2 * 65_535).rounded(.up))
        }

        func quantise(_ probability: Float) -> UInt8 {
            guard code > 0 else { return 128 }
            let part = (Self.bounded(probability) - 0.5) * 2 * 65_535 / Float(code)
            return UInt8(clamping: (127.5 + 127.5 * part).rounded())
        }

        private static func bounded(_ probability: Float) -> Float {
            probability.isNaN ? 0 : min(max(probability, 0), 1)
        }
    }
}
