import GANEngine

/// Points that somebody brought, as CSV, TSV or JSON, to be imitated by the generator.
package enum PointsFile {
    /// Bytes of the largest file that is read.
    package static let maximumBytes = 8 << 20

    /// A target of these points, mapped into the view, with what maps them back.
    package static func target(_ bytes: [UInt8]) throws(ImportError) -> Target {
        let (points, transform) = Transform.normalizing(try points(bytes))
        return .points(points, transform: transform)
    }

    /// The points as they stand in the file: JSON if it begins like JSON, else a table. A file with too many is read no
    /// further than to the first that is too much.
    package static func points(_ bytes: [UInt8]) throws(ImportError) -> [(x: Double, y: Double)] {
        guard bytes.count <= maximumBytes else { throw .tooLarge(bytes: bytes.count, limit: maximumBytes) }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notText }
        let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(byteOrderMark.count) : bytes[...]
        let first = text.first { !PointsTable.isSpace($0) && !PointsTable.isNewline($0) }
        let isJSON = first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
        let points = isJSON ? try json(Array(text)) : try PointsTable(text).points()
        guard !points.isEmpty else { throw .noPoints }
        return points
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Coordinates beyond this would be lost in the engine's 32 bits.
    static let largest = 1e30

    /// `[[x, y], …]`, `[{"x": x, "y": y}, …]` or either as the "points" of an object.
    private static func json(_ bytes: [UInt8]) throws(ImportError) -> [(x: Double, y: Double)] {
        do {
            let list = try JSON.decode(PointList.self, from: bytes)
            if let index = list.points.firstIndex(where: { max(abs($0.x), abs($0.y)) > largest }) {
                throw ImportError.notJSON(place: "point \(index) is too far out")
            }
            return list.points.map { ($0.x, $0.y) }
        } catch let error as ImportError {
            throw error
        } catch let error as DecodingError {
            throw .notJSON(place: error.place)
        } catch let excess as JSONLimits.Excess {
            throw .excessive(excess)
        } catch {
            throw .notJSON(place: "it cannot be read")
        }
    }
}

private struct PointList: Decodable {
    var points: [JSONPoint] = []

    private enum Key: CodingKey { case points }

    init(from decoder: any Decoder) throws {
        var list =
            if let object = try? decoder.container(keyedBy: Key.self) {
                try object.nestedUnkeyedContainer(forKey: .points)
            } else {
                try decoder.unkeyedContainer()
            }
        while !list.isAtEnd {
            guard points.count < Bounds.points.upperBound else { throw ImportError.tooManyPoints }
            points.append(try list.decode(JSONPoint.self))
        }
    }
}

private struct JSONPoint: Decodable {
    let x: Double
    let y: Double

    private enum Key: CodingKey { case x, y }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Key.self) {
            x = try container.decode(Double.self, forKey: .x)
            y = try container.decode(Double.self, forKey: .y)
        } else {
            var list = try decoder.unkeyedContainer()
            x = try list.decode(Double.self)
            y = try list.decode(Double.self)
        }
    }
}
