import GANEngine

/// Draws vectors (SVG 1.1), in numbers of at most two decimals.
package struct SVGCanvas: Canvas {
    package let side: Int
    private let title: String
    private let background: Colour
    private var elements: [String] = []

    package init(side: Int, background: Colour, title: String) {
        self.side = side
        self.background = background
        self.title = title
    }

    /// The whole file.
    package var text: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="\(side)" height="\(side)" viewBox="0 0 \(side) \(side)" role="img">
        <title>\(Self.escaped(title))</title>
        <rect width="\(side)" height="\(side)" fill="\(background.hex)"/>
        \(elements.joined(separator: "\n"))
        </svg>

        """
    }

    package mutating func image(_ colours: [Colour], side count: Int) {
        var cells = Bitmap(width: count, height: count, background: background)
        for y in 0..<count {
            for x in 0..<count { cells.blend(colours[y * count + x], x: x, y: y) }
        }
        let data = Base64.encode(PNG.encode(cells))
        elements.append(
            #"<image width="\#(side)" height="\#(side)" preserveAspectRatio="none" href="data:image/png;base64,\#(data)"/>"#
        )
    }

    package mutating func fill(_ shapes: [Shape], _ colour: Colour) {
        let paths = shapes.map { shape in
            switch shape {
            case .polygon(let corners):
                Self.path(corners) + "Z"
            case .disc(let centre, let radius):
                // Two half circles.
                Self.path([centre - Place(radius, 0)])
                    + "a\(Self.number(radius)) \(Self.number(radius)) 0 1 0 \(Self.number(2 * radius)) 0"
                    + "a\(Self.number(radius)) \(Self.number(radius)) 0 1 0 \(Self.number(-2 * radius)) 0Z"
            }
        }
        elements.append(
            #"<path fill="\#(colour.hex)"\#(Self.opacity("fill", colour)) d="\#(paths.joined())"/>"#)
    }

    package mutating func stroke(_ lines: [[Place]], width: Float, _ colour: Colour) {
        let path = lines.map(Self.path).joined()
        elements.append(
            """
            <path fill="none" stroke="\(colour.hex)"\(Self.opacity("stroke", colour)) \
            stroke-width="\(Self.number(width))" stroke-linejoin="round" stroke-linecap="round" d="\(path)"/>
            """)
    }

    private static func path(_ places: [Place]) -> String {
        places.enumerated().map { "\($0 == 0 ? "M" : "L")\(number($1.x)) \(number($1.y))" }.joined()
    }

    private static func opacity(_ what: String, _ colour: Colour) -> String {
        colour.alpha == 255 ? "" : #" \#(what)-opacity="\#(number(Float(colour.alpha) / 255))""#
    }

    /// At most two decimals, no more digits than needed; what is far outside stays near enough to be cut off.
    static func number(_ value: Float) -> String {
        guard value.isFinite else { return "0" }
        let hundredths = Int(clamping: (min(max(value, -99_999), 99_999) * 100).rounded())
        let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        let sign = hundredths < 0 ? "-" : ""
        switch rest {
        case 0: return "\(sign)\(whole)"
        case let rest where rest % 10 == 0: return "\(sign)\(whole).\(rest / 10)"
        case let rest: return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: String(character)
            }
        }.joined()
    }
}
