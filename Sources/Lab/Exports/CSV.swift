import GANEngine

/// Tables as comma-separated values (RFC 4180), numbers with as many digits as give back the same bits.
package enum CSV {
    /// For whom a table is written.
    package enum Dialect: String {
        /// RFC 4180, decimal points.
        case standard
        /// Semicolons, decimal commas and a byte order mark: what Excel opens by double click where a comma is the
        /// decimal sign.
        case excel
    }

    /// One sample a line, in the coordinates in which the data came.
    package static func samples(
        _ points: [Point], of target: Target, as dialect: Dialect = .standard
    ) -> String {
        let rows =
            if case .points(_, let transform) = target {
                points.map { point in
                    let original = transform(point)
                    return [
                        text(original.x, scale: transform.scaleX), text(original.y, scale: transform.scaleY),
                    ]
                }
            } else {
                points.map { [text($0.x), text($0.y)] }
            }
        return table(["x", "y"], rows, as: dialect)
    }

    /// One point of the charts a line; a metric that was not measured is an empty cell.
    package static func metrics(
        _ points: some Sequence<ChartPoint>, as dialect: Dialect = .standard
    ) -> String {
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
        return table(header, rows, as: dialect)
    }

    private static func table(_ header: [String], _ rows: [[String]], as dialect: Dialect) -> String {
        let lines = [header] + rows
        switch dialect {
        case .standard:
            return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
        case .excel:
            let text = lines.map { $0.joined(separator: ";") + "\r\n" }.joined()
            return "\u{FEFF}" + String(text.map { $0 == "." ? "," : $0 })
        }
    }

    private static func text(_ value: Float) -> String {
        value.isNaN ? "" : "\(value)"
    }

    /// With 32 bits where they say where a sample lies within the data, whose size is about `scale`; far from the origin
    /// they do not.
    private static func text(_ value: Double, scale: Double) -> String {
        let short = Float(value)
        return Double(short.ulp) <= scale / Double(1 << 22) ? text(short) : "\(value)"
    }
}
