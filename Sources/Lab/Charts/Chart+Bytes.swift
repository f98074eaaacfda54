import GANEngine

/// A chart as the store keeps it: varint number of points, then for each the varint number of steps since the one
/// before, and six f32, little-endian. Then the milestones, which charts stored before there were any lack: varint number,
/// varint number of metrics that each has, and for each the varint number of steps since the one before, its metrics as
/// f32 in the order of their ids, five f64 (means, variances, covariance of the fakes), the varint number of modes and a
/// byte for each, 1 if it is covered.
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
        writer.write(varint: UInt64(milestones.count))
        writer.write(varint: UInt64(MetricKind.allCases.count))
        step = 0
        for milestone in milestones {
            writer.write(varint: UInt64(milestone.step - step))
            writer.write(milestone)
            step = milestone.step
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
                guard let next = try reader.step(after: step) else { return nil }
                step = next
                var point = ChartPoint(step: step, discriminatorLoss: 0, generatorLoss: 0)
                for value in Self.values { point[keyPath: value] = try reader.float() }
                record(point)
            }
            guard reader.remaining > 0 else { return }
            let count = try reader.count(eachAtLeast: 1 + 5 * MemoryLayout<Double>.size)
            // Not bounded by what follows: without milestones nothing does.
            let metrics = try reader.varint()
            step = 0
            for _ in 0..<count {
                guard let next = try reader.step(after: step), Milestones.contains(next) else { return nil }
                step = next
                record(milestone: try reader.milestone(at: step, metrics: metrics))
            }
        } catch {
            return nil
        }
    }
}

extension ByteWriter {
    fileprivate mutating func write(_ milestone: Measurement) {
        for kind in MetricKind.allCases { write(milestone.values[kind]) }
        let moments = milestone.moments
        for value in [
            moments.meanX, moments.meanY, moments.varianceX, moments.varianceY, moments.covariance,
        ] {
            write(value.bitPattern)
        }
        let modes = milestone.isCovered ?? []
        write(varint: UInt64(modes.count))
        write(modes.map { $0 ? 1 : 0 })
    }
}

extension ByteReader {
    fileprivate mutating func step(after step: Int) throws(Malformed) -> Int? {
        guard let steps = Int(exactly: try varint()), Bounds.counter.contains(steps),
            Bounds.counter.contains(step + steps)
        else { return nil }
        return step + steps
    }

    fileprivate mutating func float() throws(Malformed) -> Float {
        Float(bitPattern: try fixed(UInt32.self))
    }

    private mutating func double() throws(Malformed) -> Double {
        Double(bitPattern: try fixed(UInt64.self))
    }

    /// Metrics that this version does not know are skipped; those it knows and were not written stay unknown.
    fileprivate mutating func milestone(at step: Int, metrics: UInt64) throws(Malformed) -> Measurement {
        var values = MetricValues()
        for id in 0..<metrics {
            let value = try float()
            if let kind = UInt16(exactly: id).flatMap(MetricKind.init) { values[kind] = value }
        }
        let moments = Moments(
            meanX: try double(), meanY: try double(), varianceX: try double(), varianceY: try double(),
            covariance: try double())
        let modes = try bytes(try count()).map { $0 == 1 }
        return Measurement(
            step: step, values: values, moments: moments, isCovered: modes.isEmpty ? nil : modes)
    }
}
