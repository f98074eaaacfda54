import GANEngine

/// A chart as the store keeps it: varint number of points, then for each the varint number of steps since the one
/// before, and six f32, little-endian.
extension Chart {
    private static var values: [WritableKeyPath<ChartPoint, Float>] {
        [
            \.discriminatorLoss, \.generatorLoss, \.kullbackLeibler, \.jensenShannon, \.slicedWasserstein,
            \.modes,
        ]
    }

    package var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(varint: UInt64(points.count))
        var step = 0
        for point in points {
            writer.write(varint: UInt64(point.step - step))
            for value in Self.values { writer.write(point[keyPath: value]) }
            step = point.step
        }
        return writer.bytes
    }

    /// Nil for anything but what ``bytes`` wrote.
    package init?(bytes: [UInt8]) {
        self.init()
        var reader = ByteReader(bytes)
        do {
            var step = 0
            for _ in 0..<(try reader.count(eachAtLeast: 1 + 4 * Self.values.count)) {
                guard let steps = Int(exactly: try reader.varint()), Bounds.counter.contains(steps),
                    Bounds.counter.contains(step + steps)
                else { return nil }
                step += steps
                var point = ChartPoint(step: step, discriminatorLoss: 0, generatorLoss: 0)
                for value in Self.values {
                    point[keyPath: value] = Float(bitPattern: try reader.fixed(UInt32.self))
                }
                record(point)
            }
        } catch {
            return nil
        }
    }
}
