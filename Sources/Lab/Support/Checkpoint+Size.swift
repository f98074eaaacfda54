import GANEngine

extension Checkpoint {
    /// Memory that it takes, all but a few bytes.
    var byteCount: Int {
        let players = [state.generator, state.discriminator]
        let numbers = players.reduce(state.average.count) {
            $0 + $1.weights.count + $1.mean.count + $1.square.count
        }
        return numbers * MemoryLayout<Float>.size
    }
}
