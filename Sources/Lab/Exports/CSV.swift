import GANEngine

/// Tables as comma-separated values (RFC 4180), numbers with as many digits as give back the same bits.
package enum CSV {
    /// One sample a line, in the coordinates in which the data came.
    package static func samples(_ points: [Point], of target: Target) -> String {
        let original =
            if case .points(_, let transform) = target { points.map { transform($0) } } else { points }
        return table(["x", "y"], original.map { [text($0.x), text($0.y)] })
    }

    /// One point of the charts a line; a metric that was not measured is an empty cell.
    package static func metrics(_ points: some Sequence<ChartPoint>) -> String {
        let header = [
            "step", "discriminatorLoss", "generatorLoss", "kullbackLeibler", "jensenShannon",
            "slicedWasserstein",
            "modes",
        ]
        let rows = points.map { point in
            ["\(point.step)"]
                + [
                    point.discriminatorLoss, point.generatorLoss, point.kullbackLeibler, point.jensenShannon,
                    point.slicedWasserstein, point.modes,
                ].map(text)
        }
        return table(header, rows)
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        ([header] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    private static func text(_ value: Float) -> String {
        value.isNaN ? "" : "\(value)"
    }
}
