import GANEngine

/// A target distribution in a link of version 1.
///
///     u8 0  named: text
///        1  mixture: varint count, then six f32 each: mean, variances of x and y, covariance, weight
///        2  drawing: varint count, then strokes: f32 width, path
///        3  points: f32 scale, f32 offset x, f32 offset y, path
///        4  points: f64 scale of x, f64 scale of y, f64 offset x, f64 offset y, path; where 3 does not say it
///
/// For a path see ``LinkPath``.
enum LinkTarget {
    static func write(_ target: Target, to writer: inout ByteWriter) {
        switch target {
        case .named(let name):
            writer.write(UInt8(0))
            writer.write(text: name.rawValue)
        case .mixture(let components):
            writer.write(UInt8(1))
            writer.write(varint: UInt64(components.count))
            for component in components { writer.write(component) }
        case .drawing(let strokes):
            writer.write(UInt8(2))
            writer.write(varint: UInt64(strokes.count))
            for stroke in strokes { write(stroke, to: &writer) }
        case .points(let points, let transform):
            if let (scale, offset) = transform.uniform {
                writer.write(UInt8(3))
                writer.write(scale)
                writer.write(offset)
            } else {
                writer.write(UInt8(4))
                for number in [transform.scaleX, transform.scaleY, transform.offsetX, transform.offsetY] {
                    writer.write(number.bitPattern)
                }
            }
            LinkPath.write(points, as: .scatter, to: &writer)
        }
    }

    static func read(from reader: inout ByteReader) throws -> Target {
        switch try reader.byte() {
        case 0:
            guard let name = NamedTarget(rawValue: try reader.text()) else { throw LinkError.malformed }
            return .named(name)
        case 1:
            return .mixture(try list(from: &reader, eachAtLeast: 24) { reader in try reader.component() })
        case 2:
            return .drawing(try list(from: &reader, eachAtLeast: 6) { reader in try stroke(from: &reader) })
        case 3:
            let transform = Transform(scale: try reader.float(), offset: try reader.point())
            return .points(try LinkPath.read(from: &reader), transform: transform)
        case 4:
            let scale = (x: try reader.double(), y: try reader.double())
            let transform = Transform(scale: scale, offset: (try reader.double(), try reader.double()))
            return .points(try LinkPath.read(from: &reader), transform: transform)
        default:
            throw LinkError.malformed
        }
    }

    static func write(_ stroke: Stroke, to writer: inout ByteWriter) {
        writer.write(stroke.width)
        LinkPath.write(stroke.points, as: .line, to: &writer)
    }

    static func stroke(from reader: inout ByteReader) throws -> Stroke {
        let width = try reader.float()
        return Stroke(points: try LinkPath.read(from: &reader), width: width)
    }

    private static func list<Element>(
        from reader: inout ByteReader, eachAtLeast size: Int, _ element: (inout ByteReader) throws -> Element
    ) throws -> [Element] {
        var list: [Element] = []
        for _ in 0..<(try reader.count(eachAtLeast: size)) { list.append(try element(&reader)) }
        return list
    }
}

extension ByteWriter {
    mutating func write(_ point: Point) {
        write(point.x)
        write(point.y)
    }

    fileprivate mutating func write(_ component: MixtureComponent) {
        write(component.mean)
        write(component.varianceX)
        write(component.varianceY)
        write(component.covariance)
        write(component.weight)
    }
}

extension ByteReader {
    mutating func point() throws(Malformed) -> Point {
        Point(try float(), try float())
    }

    fileprivate mutating func float() throws(Malformed) -> Float {
        Float(bitPattern: try fixed(UInt32.self))
    }

    fileprivate mutating func double() throws(Malformed) -> Double {
        Double(bitPattern: try fixed(UInt64.self))
    }

    fileprivate mutating func component() throws(Malformed) -> MixtureComponent {
        MixtureComponent(
            mean: try point(), varianceX: try float(), varianceY: try float(), covariance: try float(),
            weight: try float())
    }
}
