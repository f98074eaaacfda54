import GANEngine

/// A published table of modes and high-quality samples, and our nearest recipes for its rows.
struct Study {
    /// One method of the table.
    struct Row {
        let method: String
        /// Modes captured and percentage of high-quality samples, as printed in the paper.
        let published: String
        let settings: Settings
    }

    /// As on the command line.
    let name: String
    let source: String
    /// How ours differs from the paper's protocol.
    let differences: String
    /// Steps of the paper.
    let steps: Int
    let rows: [Row]

    static let all = [
        pacGAN(
            "pacgan-ring", .ring8,
            ["6.3 ± .5 / 98.2", "7.9 ± .1 / 95.6", "7.8 ± .1 / 97.7", "7.8 ± .1 / 95.9"]),
        pacGAN(
            "pacgan-grid", .grid25,
            ["17.3 ± .8 / 94.8", "23.8 ± .7 / 91.3", "24.6 ± .4 / 94.2", "24.8 ± .2 / 93.6"]),
        veegan("veegan-ring", .ring8, gan: "1 / 99.3"),
        veegan("veegan-grid", .grid25, gan: "3.3 / 0.5"),
        gdpp("gdpp-ring", .ring8, unrolled: "7.6 / 35.6", wassersteinGP: "6.8 / 59.6"),
        gdpp("gdpp-grid", .grid25, unrolled: "23.6 / 16", wassersteinGP: "24.2 / 28.7"),
    ]

    /// The study that goes by a name.
    static func named(_ name: String) -> Study? { all.first { $0.name == name } }

    /// All of them, one a line, as a person picks them.
    static var list: String {
        all.map { study in
            let methods = study.rows.map(\.method).joined(separator: ", ")
            return "  \(study.name.padded(to: 12)) \(study.source): \(methods)"
        }.joined(separator: "\n")
    }

    /// PacGAN, Lin et al. 2018, table 1, 10 trials.
    private static func pacGAN(_ name: String, _ target: NamedTarget, _ published: [String]) -> Study {
        Study(
            name: name, source: "PacGAN (Lin et al. 2018), table 1",
            differences: """
                G is 4 × 256 leaky ReLU without batch normalisation (paper: 4 × 400 ReLU with it), D is 3 × 200 leaky \
                ReLU (paper: 3 maxout layers, 200 × 5). With packing m, 100 packs a minibatch. Same noise, optimizer \
                and score.
                """,
            steps: 400_000,
            rows: published.enumerated().map { index, text in
                Row(
                    method: index == 0 ? "GAN" : "PacGAN\(index + 1)", published: text,
                    settings: settings(target) {
                        $0.generator.hidden = [256, 256, 256, 256]
                        $0.discriminator.hidden = [200, 200, 200]
                        $0.discriminator.packing = index + 1
                        $0.batch = 100 * (index + 1)
                        $0.adam(1e-4, 1e-4, beta1: 0.8)
                    })
            })
    }

    /// VEEGAN, Srivastava et al. 2017, table 1, 5 runs.
    private static func veegan(_ name: String, _ target: NamedTarget, gan: String) -> Study {
        Study(
            name: name, source: "VEEGAN (Srivastava et al. 2017), table 1",
            differences:
                "Latent noise has 64 dimensions (paper: 254). 2 × 128 ReLU, batch 500, as in a port of its code.",
            steps: 25_000,
            rows: [
                Row(
                    method: "GAN", published: gan,
                    settings: settings(target) {
                        $0.noise.dimension = 64
                        $0.networks([128, 128], .relu)
                        $0.batch = 500
                        $0.adam(1e-3, 1e-3, beta1: 0.5)
                    })
            ])
    }

    /// GDPP, Elfeki et al. 2019, table 1.
    private static func gdpp(
        _ name: String, _ target: NamedTarget, unrolled: String, wassersteinGP: String
    ) -> Study {
        Study(
            name: name, source: "GDPP (Elfeki et al. 2019), table 1",
            differences: """
                Latent noise has 64 dimensions (paper: 256). Unrolled looks five updates ahead. WGAN-GP is 3 × 256 ReLU \
                (its toy code: 3 × 512) with five critic updates.
                """,
            steps: 25_000,
            rows: [
                Row(
                    method: "Unrolled", published: unrolled,
                    settings: settings(target) {
                        $0.noise.dimension = 64
                        $0.networks([128, 128], .tanh)
                        $0.batch = 512
                        $0.adam(1e-3, 1e-4, beta1: 0.5)
                        $0.discriminator.unrolling = 5
                    }),
                Row(
                    method: "WGAN-GP", published: wassersteinGP,
                    settings: settings(target) {
                        $0.noise.dimension = 64
                        $0.networks([256, 256, 256], .relu)
                        $0.batch = 256
                        $0.adam(1e-4, 1e-4, beta1: 0.5)
                        $0.generator.optimizer.beta2 = 0.9
                        $0.discriminator.optimizer.beta2 = 0.9
                        $0.loss.kind = .wasserstein
                        $0.penalty.gradient = 0.1
                        $0.discriminator.updates = 5
                    }),
            ])
    }

    private static func settings(_ target: NamedTarget, _ change: (inout Settings) -> Void) -> Settings {
        var settings = Settings(.first)
        settings.target = .named(target)
        settings.penalty.r1 = 0
        settings.generator.optimizer.beta2 = 0.999
        settings.discriminator.optimizer.beta2 = 0.999
        change(&settings)
        return settings
    }
}

extension Settings {
    fileprivate mutating func networks(_ hidden: [Int], _ activation: Activation) {
        generator.hidden = hidden
        generator.activation = activation
        discriminator.hidden = hidden
        discriminator.activation = activation
    }

    fileprivate mutating func adam(_ generatorRate: Double, _ discriminatorRate: Double, beta1: Double) {
        generator.optimizer.learningRate = generatorRate
        generator.optimizer.beta1 = beta1
        discriminator.optimizer.learningRate = discriminatorRate
        discriminator.optimizer.beta1 = beta1
    }
}
