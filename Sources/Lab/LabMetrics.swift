import WebServer

/// What the lab counts about itself.
struct LabMetrics: Sendable {
    var sessions: Int
    var viewers: Int
    var steps: Int
    var trainers: Int

    /// In Prometheus' text format.
    var prometheus: String {
        var text = PrometheusText()
        text.gauge("ganlab_sessions", "Sessions alive.", sessions)
        text.gauge("ganlab_viewers", "Pages that watch a session.", viewers)
        text.counter("ganlab_steps_total", "Training steps of all sessions.", steps)
        text.gauge("ganlab_trainers", "Threads that train.", trainers)
        return text.text
    }
}
