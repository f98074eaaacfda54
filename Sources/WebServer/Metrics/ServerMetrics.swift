/// What a server has done so far.
public struct ServerMetrics: Sendable {
    /// Connections open now.
    public let connections: Int
    /// Connections accepted, and turned away at a limit.
    public let accepted: Int, refused: Int
    /// WebSockets open now.
    public let webSockets: Int
    /// Responses by the first digit of their status: index 2 counts 200 to 299.
    public let responses: [Int]
    /// The sum of the time from request to response.
    public let requestSeconds: Double
    /// Bytes of payload and protocol, without TLS.
    public let bytesReceived: Int, bytesSent: Int
    /// WebSocket messages.
    public let messagesReceived: Int, messagesSent: Int
    /// Offered frames sent, and replaced by newer ones.
    public let framesSent: Int, framesDropped: Int
    /// The busy time of the event loops, their turns, and the longest turn since the last reading.
    public let loopSeconds: Double, loopTurns: Int, longestLoopTurn: Double
    /// What the whole process uses, of which the server is a part.
    public let process = ProcessMetrics()

    init(_ counters: Counters, _ lags: [LagMeter]) {
        let readings = lags.map { $0.read() }
        connections = counters.connections.value
        accepted = counters.accepted.value
        refused = counters.refused.value
        webSockets = counters.webSockets.value
        responses = counters.responses.map(\.value)
        requestSeconds = Double(counters.requestNanoseconds.value) / 1e9
        bytesReceived = counters.traffic.bytesReceived.value
        bytesSent = counters.traffic.bytesSent.value
        messagesReceived = counters.messagesReceived.value
        messagesSent = counters.messagesSent.value
        framesSent = counters.framesSent.value
        framesDropped = counters.framesDropped.value
        loopSeconds = readings.map(\.seconds).reduce(0, +)
        loopTurns = readings.map { Int($0.turns) }.reduce(0, +)
        longestLoopTurn = readings.map(\.longest).max() ?? 0
    }

    /// In Prometheus' text format, version 0.0.4.
    public var prometheus: String {
        var text = PrometheusText()
        text.gauge("http_connections", "Open connections.", connections)
        text.counter("http_connections_accepted_total", "Connections accepted.", accepted)
        text.counter("http_connections_refused_total", "Connections turned away at a limit.", refused)
        text.counter(
            "http_responses_total", "Responses by class of status.",
            samples: (1...5).map { (labels: "class=\"\($0)xx\"", value: responses[$0]) })
        text.counter("http_request_seconds_total", "Time from request to response.", requestSeconds)
        text.counter("http_received_bytes_total", "Bytes received.", bytesReceived)
        text.counter("http_sent_bytes_total", "Bytes sent.", bytesSent)
        text.gauge("websocket_connections", "Open WebSockets.", webSockets)
        text.counter("websocket_messages_received_total", "Messages received.", messagesReceived)
        text.counter("websocket_messages_sent_total", "Messages sent, offered frames apart.", messagesSent)
        text.counter("websocket_frames_sent_total", "Offered frames sent.", framesSent)
        text.counter(
            "websocket_frames_dropped_total", "Offered frames replaced by newer ones.", framesDropped)
        text.counter("loop_busy_seconds_total", "Time the event loops were at work.", loopSeconds)
        text.counter("loop_turns_total", "Turns of the event loops.", loopTurns)
        text.gauge(
            "loop_lag_seconds", "The longest turn of an event loop since the last scrape.", longestLoopTurn)
        process.write(to: &text)
        return text.text
    }
}
