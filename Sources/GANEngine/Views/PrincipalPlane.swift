/// The plane through the middle of some vectors that shows most of their variance (principal component analysis).
package struct PrincipalPlane {
    /// The vectors in the plane, their mean at the origin.
    package let points: [Point]
    /// The share of the variance that the plane shows.
    package let explained: Float

    /// Enough for a picture: what has not settled by then has two nearly equal axes, and either will do.
    private static let iterations = 16
    /// Vectors that the axes are found from; all are shown.
    private static let mostSamples = 128

    /// The plane of these vectors, of any width.
    package init(_ vectors: Batch) {
        let rows = PrincipalPlane.centred(vectors)
        let every = (rows.count + Self.mostSamples - 1) / Self.mostSamples
        let samples = stride(from: 0, to: rows.count, by: max(1, every)).map { rows[$0] }
        let total = rows.reduce(0) { $0 + dot($1, $1) }
        var first = PrincipalPlane.start(vectors.features, turn: 1)
        var second = PrincipalPlane.start(vectors.features, turn: 2)
        // Orthogonal iteration: v ← Xᵀ X v, kept of length 1 and at right angles.
        for _ in 0..<Self.iterations {
            first = unit(multiply(samples, first))
            second = multiply(samples, second)
            let overlap = dot(first, second)
            for index in second.indices { second[index] -= overlap * first[index] }
            second = unit(second)
        }
        points = rows.map { Point(dot($0, first), dot($0, second)) }
        let shown = points.reduce(0) { $0 + $1.x * $1.x + $1.y * $1.y }
        explained = total > 0 ? min(1, shown / total) : 1
    }

    private static func centred(_ vectors: Batch) -> [[Float]] {
        let columns = (0..<vectors.features).map(vectors.column)
        let means = columns.map { $0.reduce(0, +) / Float(max(1, vectors.count)) }
        return (0..<vectors.count).map { row in columns.indices.map { columns[$0][row] - means[$0] } }
    }

    /// Some direction that no layer is likely to be blind to; always the same, so that the picture is.
    private static func start(_ count: Int, turn: Int) -> [Float] {
        unit((0..<count).map { Float(($0 * 7 * turn + 3 * turn) % 11) - 5 + 0.5 / Float($0 + turn) })
    }
}

/// Xᵀ X v, for the rows of X.
private func multiply(_ rows: [[Float]], _ vector: [Float]) -> [Float] {
    var product = [Float](repeating: 0, count: vector.count)
    for row in rows {
        let weight = dot(row, vector)
        for index in product.indices { product[index] += weight * row[index] }
    }
    return product
}

private func dot(_ a: [Float], _ b: [Float]) -> Float {
    var sum: Float = 0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
}

private func unit(_ vector: [Float]) -> [Float] {
    let length = dot(vector, vector).squareRoot()
    return length > 0 ? vector.map { $0 / length } : vector
}
