import GANEngine

/// What both ends of a link of version 2 know. Frozen: a change here breaks every link shared since.
extension LinkTable {
    static let version2 = LinkTable(
        version: 2, recipes: .second,
        defaults: LinkTable1.defaults.merging(LinkTable2.defaults) { $1 },
        words: ["data", "picture"] + LinkTable1.words)
}

private enum LinkTable2 {
    /// The defaults that are not those of version 1.
    static let defaults: [String: Value] = [
        "coordinates": .text("picture"),
        "generator.optimizer.learningRate": .number(0.003),
        "generator.optimizer.beta2": .number(0.9),
        "generator.optimizer.schedule": .text("cosine"),
        "generator.optimizer.period": .number(15_000),
        "generator.optimizer.factor": .number(0.05),
        "generator.average": .number(0.998),
        "discriminator.optimizer.learningRate": .number(0.003),
        "discriminator.optimizer.beta2": .number(0.9),
        "discriminator.optimizer.schedule": .text("cosine"),
        "discriminator.optimizer.period": .number(15_000),
        "discriminator.optimizer.factor": .number(0.05),
        "penalty.r1": .number(0.2),
    ]
}
