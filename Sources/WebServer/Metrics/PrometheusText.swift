/// Writes Prometheus' text format.
public struct PrometheusText: Sendable {
    /// What was written.
    public private(set) var text = ""

    /// Nothing yet.
    public init() {}

    /// A number that goes up and down.
    public mutating func gauge(_ name: String, _ help: String, _ value: some CustomStringConvertible) {
        write(name, "gauge", help)
        text += "\(name) \(value)\n"
    }

    /// A number that only grows.
    public mutating func counter(_ name: String, _ help: String, _ value: some CustomStringConvertible) {
        write(name, "counter", help)
        text += "\(name) \(value)\n"
    }

    /// Numbers that only grow, told apart by labels.
    public mutating func counter(_ name: String, _ help: String, samples: [(labels: String, value: Int)]) {
        write(name, "counter", help)
        for sample in samples { text += "\(name){\(sample.labels)} \(sample.value)\n" }
    }

    private mutating func write(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }
}

extension Response {
    /// Numbers in Prometheus' text format, version 0.0.4.
    public static func prometheus(_ text: String) -> Response {
        var response = Response.text(text)
        response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
        return response
    }
}
