// What the closed sets of Settings say about themselves. The switch statements are exhaustive, so that a new case
// does not compile before it has a name and a sentence for a student.

extension Coordinates: Choosable {
    var about: About {
        switch self {
        case .data: About(label: "Data", help: "The numbers that the axes show, large or small.")
        case .picture:
            About(
                label: "Picture",
                help:
                    "Every target is as large to the networks and lies around 0, so that one learning rate suits all.",
                formula: "(x − c) / s")
        }
    }
}

extension NoiseDistribution: Choosable {
    var about: About {
        switch self {
        case .uniform: About(label: "Uniform", help: "Every number between 0 and 1 is as likely.")
        case .gaussian: About(label: "Gaussian", help: "The bell curve around 0 with standard deviation 1.")
        case .truncated:
            About(
                label: "Gaussian in the square", help: "A bell curve around ½, cut at 0 and 1, as in GAN Lab."
            )
        }
    }
}

extension Activation: Choosable {
    var about: About {
        switch self {
        case .relu: About(label: "ReLU", help: "Cuts at zero.", formula: "max(0, x)")
        case .leakyReLU:
            About(label: "Leaky ReLU", help: "Flattens what is negative.", formula: "max(0.2·x, x)")
        case .tanh: About(label: "tanh", help: "Squashes smoothly between −1 and 1.", formula: "tanh x")
        case .sigmoid:
            About(label: "Sigmoid", help: "Squashes smoothly between 0 and 1.", formula: "1 / (1 + e⁻ˣ)")
        case .elu:
            About(label: "ELU", help: "Smooth below zero, straight above.", formula: "x > 0: x, else eˣ − 1")
        case .softplus: About(label: "Softplus", help: "A ReLU without its corner.", formula: "log(1 + eˣ)")
        case .sine: About(label: "Sine", help: "Waves; fits fine detail and wobbles.", formula: "sin x")
        }
    }
}

extension GeneratorOutput: Choosable {
    var about: About {
        switch self {
        case .tanh:
            About(label: "tanh", help: "Samples stay within −1 and 1, as in GAN Lab.", formula: "tanh x")
        case .sigmoid: About(label: "Sigmoid", help: "Samples stay within 0 and 1.", formula: "1 / (1 + e⁻ˣ)")
        case .linear: About(label: "Linear", help: "Samples may be anywhere.", formula: "x")
        }
    }
}

extension Initializer: Choosable {
    var about: About {
        switch self {
        case .ganLab:
            About(
                label: "GAN Lab", help: "Wide in the first layer, narrower after.",
                formula: "σ = 1/√2, then 1/√n")
        case .glorot:
            About(
                label: "Glorot", help: "Keeps signals alike forward and backward.",
                formula: "σ² = 2 / (in + out)")
        case .he: About(label: "He", help: "Made for ReLU.", formula: "σ² = 2 / in")
        }
    }
}

extension OptimizerKind: Choosable {
    var about: About {
        switch self {
        case .sgd: About(label: "SGD", help: "Straight down the gradient.", formula: "w ← w − η·∇L")
        case .momentum:
            About(
                label: "Momentum", help: "Keeps a part of the last move.",
                formula: "v ← μ·v + ∇L, w ← w − η·v")
        case .rmsprop:
            About(
                label: "RMSProp", help: "Steps of equal size for every weight.",
                formula: "w ← w − η·∇L / (√v + ε)")
        case .adam:
            About(label: "Adam", help: "Momentum and steps of equal size.", formula: "w ← w − η·m̂ / (√v̂ + ε)")
        }
    }
}

extension Schedule: Choosable {
    var about: About {
        switch self {
        case .constant: About(label: "Constant", help: "The learning rate stays.")
        case .cosine:
            About(
                label: "Cosine", help: "Falls along half a cosine, then stays.",
                formula: "η·(f + (1 − f)·(1 + cos πt/T)/2)")
        case .stepwise:
            About(label: "Steps", help: "Falls by a factor after every period.", formula: "η·f^⌊t/T⌋")
        }
    }
}

extension NamedTarget: Choosable {
    var about: About {
        switch self {
        case .line: About(label: "Line", help: "GAN Lab's line: one thin stroke.")
        case .gaussians: About(label: "Two Gaussians", help: "GAN Lab's two clouds of different shape.")
        case .ring: About(label: "Ring", help: "GAN Lab's ring: a hole that the generator has to open.")
        case .disjoint: About(label: "Three clusters", help: "GAN Lab's three islands.")
        case .ring8:
            About(
                label: "Ring of eight",
                help: "Eight narrow Gaussians on a circle: the classic test of mode collapse.")
        case .grid25: About(label: "Grid of 25", help: "Twenty-five narrow Gaussians on a grid.")
        case .moons: About(label: "Two moons", help: "Two half circles that reach into each other.")
        case .spiral: About(label: "Spiral", help: "One arm, wound twice.")
        case .sCurve: About(label: "S-curve", help: "Two half circles that make an S.")
        case .checkerboard:
            About(label: "Checkerboard", help: "Squares with sharp borders: smooth networks blur them.")
        case .pinwheel: About(label: "Pinwheel", help: "Five bent blades.")
        case .disk: About(label: "Disk", help: "Uniform within a circle.")
        case .unbalanced:
            About(
                label: "Unbalanced", help: "Clusters of very different weight: the small ones are lost first."
            )
        case .point:
            About(
                label: "One point",
                help: "All mass at one place: Dirac-GAN, the smallest game that can circle.")
        }
    }
}
