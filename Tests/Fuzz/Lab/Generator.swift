import GANEngine

/// Makes an experiment and commands from bytes: each choice takes the next byte, so that a small change of the input is a
/// small change of what is made of it. Most of it is valid, the rest nearly so.
struct Generator {
    private var choices: ArraySlice<UInt8>

    init(_ choices: [UInt8]) { self.choices = choices[...] }

    var isAtEnd: Bool { choices.isEmpty }

    /// One of the first `count` numbers; 0 once the bytes are used up.
    mutating func below(_ count: Int) -> Int { Int(choices.popFirst() ?? 0) % count }

    private mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

    // MARK: Numbers

    static let extremes = [
        "0", "-0.0", "1", "-1", "0.5", "2", "1e-45", "1e-38", "1e-20", "1e-12", "1e-3", "0.001", "0.2", "3",
        "100", "-100",
        "1e3", "1e10", "1e18", "1e19", "3.4e38", "1e39", "1e300", "1e308", "-1e308", "9007199254740993",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "4294967295", "4294967296",
        "2147483648",
        "0.999999999999", "1e-300", "5e-324", "1e9", "100000000", "99999999", "256", "null", "true", "\"1\"",
    ]

    private mutating func number() -> String { one(of: Self.extremes) }

    /// A number in a range, often at one of its ends, and now and then any other.
    private mutating func number(in range: ClosedRange<Double>) -> String {
        switch below(16) {
        case 0: "\(range.lowerBound)"
        case 1: "\(range.upperBound)"
        case 2: number()
        default: "\(range.lowerBound + (range.upperBound - range.lowerBound) * Double(below(256)) / 255)"
        }
    }

    private mutating func integer(in range: ClosedRange<Int>) -> String {
        switch below(16) {
        case 0: "\(range.lowerBound)"
        case 1: "\(range.upperBound)"
        case 2: number()
        default: "\(min(range.upperBound, range.lowerBound + below(12)))"
        }
    }

    private mutating func coordinate() -> String {
        below(4) == 0
            ? one(of: ["100", "-100", "0", "-0.0", "1e-38", "1e-3", "99.9", "-1e-20", "1e3"])
            : "\(Double(below(256)) / 255)"
    }

    private mutating func point() -> String { "[\(coordinate()),\(coordinate())]" }

    private mutating func list(upTo count: Int, _ element: (inout Generator) -> String) -> String {
        "[" + (0..<1 + below(count)).map { _ in element(&self) }.joined(separator: ",") + "]"
    }

    // MARK: An experiment

    /// A recipe as JSON; its networks are small unless it says otherwise.
    mutating func recipe() -> String {
        var settings = ["batch": "4", "generator.hidden": "[3]", "discriminator.hidden": "[3]"]
        for _ in 0..<below(10) {
            let (path, value) = setting()
            settings[path] = value
        }
        let texts = settings.sorted { $0.key < $1.key }.map { #""\#($0.key)":\#($0.value)"# }
        return #"{"settings":{\#(texts.joined(separator: ","))},"timeline":[\#(timeline())]}"#
    }

    private mutating func setting() -> (path: String, value: String) {
        let field = one(of: Schema.fields)
        return (field.path, value(of: field))
    }

    private mutating func value(of field: Field) -> String {
        switch field.kind {
        case .integer(let range): integer(in: range)
        case .number(let range, _, let zero): zero && below(4) == 0 ? "0" : number(in: range)
        case .flag: below(2) == 0 ? "true" : "false"
        case .choice(let choices): "\"\(one(of: choices).value)\""
        case .widths: below(8) == 0 ? "[]" : list(upTo: 4) { "\(1 + $0.below(6))" }
        case .target: target()
        }
    }

    private mutating func target() -> String {
        switch below(4) {
        case 0: "\"\(one(of: Schema.targets).value)\""
        case 1: #"{"mixture":\#(list(upTo: 3) { $0.component() })}"#
        case 2: #"{"drawing":\#(list(upTo: 3) { $0.stroke() })}"#
        default:
            #"{"points":\#(list(upTo: 8) { $0.point() }),"scale":\#(number()),"offset":[\#(number()),\#(number())]}"#
        }
    }

    private mutating func component() -> String {
        let variances = ["0", "1e-45", "1e-38", "1e-12", "0.01", "0.04", "1", "1e10", "3e38"]
        let (x, y) = (one(of: variances), one(of: variances))
        let largest = ((Float(x) ?? 0) * (Float(y) ?? 0)).squareRoot()
        let covariance = one(of: ["0", "\(largest)", "-\(largest)", "\(largest / 2)", "1e-20"])
        let weight = one(of: ["1", "0.5", "1e-45", "1e-38", "3e38"])
        return
            #"{"mean":\#(point()),"variance":[\#(x),\#(y)],"covariance":\#(covariance),"weight":\#(weight)}"#
    }

    private mutating func stroke() -> String {
        let width = one(of: ["0.001", "0.2", "0.01", "0.05"])
        return #"{"points":\#(list(upTo: 12) { $0.point() }),"width":\#(width)}"#
    }

    private mutating func timeline() -> String {
        var step = 0
        return (0..<below(5)).map { _ in
            step += below(4) == 0 ? 0 : below(6)
            if below(4) == 0 { return #"{"step":\#(step),"only":"\#(player())"}"# }
            let live = Schema.fields.filter { !$0.restarts }
            let field = one(of: live)
            return #"{"step":\#(step),"set":"\#(field.path)","to":\#(value(of: field))}"#
        }.joined(separator: ",")
    }

    private mutating func player() -> String { one(of: ["generator", "discriminator"]) }

    // MARK: Commands

    /// The next command, without its number: a name and fields.
    mutating func command() -> (name: String, fields: String) {
        switch below(20) {
        case 0: return ("play", "")
        case 1: return ("pause", "")
        case 2: return ("speed", #""stepsPerSecond":\#(number(in: 0.1...1e6))"#)
        case 3: return ("step", #""count":\#(integer(in: Command.stepCountBounds))"#)
        case 4: return ("step", #""only":"\#(player())","count":\#(1 + below(4))"#)
        case 5: return ("explain", below(2) == 0 ? "" : #""only":"\#(player())""#)
        case 6: return ("reset", "")
        case 7, 8:
            let (path, value) = setting()
            let extras = one(of: ["", #","compare":true"#, #","gesture":"drag""#])
            return ("set", #""path":"\#(path)","to":\#(value)\#(extras)"#)
        case 9:
            let pairs = (0..<1 + below(4)).map { _ in setting() }
            let values = Dictionary(pairs) { $1 }.map { #""\#($0.key)":\#($0.value)"# }
            return ("setMany", #""values":{\#(values.sorted().joined(separator: ","))}"#)
        case 10: return ("load", #""recipe":\#(recipe()),"step":\#(integer(in: 0...Command.furthestStep))"#)
        case 11: return ("seek", #""step":\#(integer(in: 0...Command.furthestStep))"#)
        case 12: return ("undo", "")
        case 13: return ("redo", "")
        case 14: return ("checkout", #""branch":\#(below(2) == 0 ? "\(below(5))" : number())"#)
        case 15: return ("compare", #""branch":\#(below(4))"#)
        case 16: return ("compare", below(2) == 0 ? "" : #""recipe":\#(recipe()),"label":"other""#)
        case 17: return ("compareStop", "")
        case 18:
            return (
                "seeds", #""count":\#(integer(in: 2...3)),"steps":\#(integer(in: 0...Command.furthestStep))"#
            )
        default: return ("watch", watch())
        }
    }

    private mutating func watch() -> String {
        let layers = list(upTo: 6) { "\"\($0.one(of: FrameRequest.Layer.allCases).rawValue)\"" }
        let unit =
            #"{"network":"\#(player())","layer":\#(integer(in: 0...6)),"unit":\#(integer(in: 0...255))}"#
        return
            #""layers":\#(layers),"grid":\#(8 + below(4)),"manifold":\#(2 + below(4)),"fakes":\#(1 + below(8)),"#
            + #""reals":\#(1 + below(8)),"rate":\#(integer(in: 1...60)),"ablate":[\#(below(2) == 0 ? unit : "")]"#
    }
}

extension FuzzedLab {
    /// An experiment and commands.
    func take(choices bytes: [UInt8]) {
        var generator = Generator(bytes)
        guard open(recipe: Array(generator.recipe().utf8)) else { return }
        for _ in 0..<12 where !generator.isAtEnd {
            let (name, fields) = generator.command()
            say(name, fields)
        }
        exercise()
    }
}
