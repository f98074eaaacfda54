import WebServer

/// What the lab counts about itself.
struct LabMetrics: Sendable {
    var sessions: Int
    var viewers: Int
    var steps: Int
    var trainers: Int
    /// Nil if the store could not say.
    var store: StoreUsage?

    /// In Prometheus' text format.
    var prometheus: String {
        var text = PrometheusText()
        text.gauge("ganlab_sessions", "Sessions alive.", sessions)
        text.gauge("ganlab_viewers", "Pages that watch a session.", viewers)
        text.counter("ganlab_steps_total", "Training steps of all sessions.", steps)
        text.gauge("ganlab_trainers", "Threads that train.", trainers)
        if let store {
            text.gauge("ganlab_store_bytes", "Bytes in use in the store.", store.bytes)
            text.gauge("ganlab_store_limit_bytes", "Bytes that the store may use.", store.limits.bytes)
            text.gauge("ganlab_store_sessions", "Sessions kept.", store.sessions)
            text.gauge("ganlab_store_experiments", "Experiments saved in the gallery.", store.experiments)
            text.gauge("ganlab_store_checkpoints", "Checkpoints kept.", store.checkpoints)
            text.gauge("ganlab_store_links", "Long links kept.", store.links)
        }
        return text.text
    }
}
