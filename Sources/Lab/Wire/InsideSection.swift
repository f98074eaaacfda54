import GANEngine

/// The parts of a frame that show the networks from within; see ``FrameSection``, which they extend.
///
/// An amount is one i8 of a scale that is given beside it: round(127 · amount / scale).
package enum InsideSection: Sendable {
    /// 16, what the generator's units answer over the grid of noise, and 17, the discriminator's over the view:
    /// u16 columns, u16 rows, u16 layers, u16 0; for each layer, hidden and output: u16 width, u16 maps; for each
    /// map: f32 scale, columns · rows amounts, lowest row first. Wide layers have maps of their first units only.
    case units(Player, ActivationMaps)
    /// 18, weights, the generator's and then the discriminator's: u16 layers, u16 0; for each layer: u16 outputs,
    /// u16 inputs, f32 scale, outputs · inputs amounts. Only between units that have maps.
    case connections(generator: Connections, discriminator: Connections)
    /// 19, the grid of noise on its way through the generator: u16 columns, u16 rows, u16 stages, u16 0; for each:
    /// u16 width, u16 0, f32 share of the variance shown, f32 centre x, f32 centre y, f32 half, columns · rows
    /// positions, row by row, as (x − centre x) · 32767 / half.
    case stages(GeneratorStages)

    /// The weights of a network between its first units.
    package struct Connections: Sendable {
        let network: Network
        /// Units of a layer that take part.
        let limit: Int

        package init(of network: Network, limit: Int) {
            self.network = network
            self.limit = limit
        }
    }

    var kind: UInt16 {
        switch self {
        case .units(.generator, _): 16
        case .units(.discriminator, _): 17
        case .connections: 18
        case .stages: 19
        }
    }

    func write(to writer: inout ByteWriter) {
        switch self {
        case .units(_, let maps): writer.write(maps)
        case .connections(let generator, let discriminator):
            writer.write(generator)
            writer.write(discriminator)
        case .stages(let stages): writer.write(stages)
        }
    }
}

extension ByteWriter {
    fileprivate mutating func write(_ maps: ActivationMaps) {
        write(UInt16(maps.columns))
        write(UInt16(maps.rows))
        write(UInt16(maps.layers.count))
        write(UInt16(0))
        for layer in maps.layers {
            write(UInt16(layer.width))
            write(UInt16(layer.units.count))
            for map in layer.units { write(amounts: map) }
        }
    }

    fileprivate mutating func write(_ connections: InsideSection.Connections) {
        let (network, limit) = (connections.network, connections.limit)
        write(UInt16(network.shape.layers.count))
        write(UInt16(0))
        for layer in network.shape.layers {
            let (outputs, inputs) = (min(limit, layer.outputs), min(limit, layer.inputs))
            write(UInt16(outputs))
            write(UInt16(inputs))
            write(
                amounts: (0..<outputs).flatMap { output in
                    network.parameters[layer.weights + output * layer.inputs..<(layer.biases)].prefix(inputs)
                })
        }
    }

    fileprivate mutating func write(_ stages: GeneratorStages) {
        write(UInt16(stages.columns))
        write(UInt16(stages.rows))
        write(UInt16(stages.stages.count))
        write(UInt16(0))
        for stage in stages.stages {
            let view = View(around: stage.points)
            write(UInt16(stage.width))
            write(UInt16(0))
            write(stage.explained)
            write(view.centre.x)
            write(view.centre.y)
            write(view.halfExtent)
            for point in stage.points {
                let factor = Quantise.positionLimit / view.halfExtent
                write(Quantise.signed((point.x - view.centre.x) * factor))
                write(Quantise.signed((point.y - view.centre.y) * factor))
            }
        }
    }

    /// f32 scale, then each value as a fraction of it. What is not finite becomes 0.
    private mutating func write(amounts values: [Float]) {
        let scale = values.reduce(Float(0)) { $1.isFinite ? max($0, abs($1)) : $0 }
        write(scale)
        for value in values { write(value.isFinite ? Quantise.amount(value, of: scale) : 0) }
    }
}

extension View {
    /// The smallest square around the points, or one around nothing.
    fileprivate init(around points: [Point]) {
        let finite = points.filter { $0.x.isFinite && $0.y.isFinite }
        let xs = finite.map(\.x)
        let ys = finite.map(\.y)
        guard let left = xs.min(), let right = xs.max(), let bottom = ys.min(), let top = ys.max() else {
            self.init(centre: Point(0, 0), halfExtent: 1)
            return
        }
        // Halved first: the sum or the difference of two large numbers may be none.
        let half = max(right / 2 - left / 2, top / 2 - bottom / 2)
        self.init(
            centre: Point(left / 2 + right / 2, bottom / 2 + top / 2), halfExtent: half > 0 ? half : 1)
    }
}
