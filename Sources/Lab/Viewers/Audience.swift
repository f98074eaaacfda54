import GANEngine
import WebServer

/// Everybody who watches one session, and what each of them has been shown.
struct Audience {
    /// The twin's number in frames.
    private static let twinNumber: UInt32 = 1

    private struct Spectator {
        let viewer: Viewer
        let role: Role
        var watch: Watch?
        /// Time between two frames at the least.
        var interval = Duration.seconds(1) / 60
        var nextFrame = ContinuousClock.now
        var shown: Moment?
        /// Whether the whole chart has to be sent before points are added to it.
        var needsChart = true

        mutating func offer(
            _ frame: SharedFrame, of moment: Moment, at now: ContinuousClock.Instant, chart: () -> [UInt8]
        ) {
            // Who cannot keep up loses frames, and chart points with them; the whole chart later makes up for that.
            let isBehind = viewer.socket.isCongested
            if needsChart, !isBehind, watch?.layers.contains(.history) == true { viewer.socket.send(chart()) }
            needsChart = isBehind
            viewer.socket.offer(frame)
            shown = moment
            // On a grid, so that 60 Hz are 60 frames a second, unless the session was late by more than a frame.
            nextFrame = max(nextFrame + interval, now - interval)
        }
    }

    /// What a frame shows; two frames of the same moment are the same picture.
    private struct Moment: Equatable {
        var step: Int
        var revision: UInt32
        /// Pictures of a run that goes on leave out what is costly; the one it stops at is whole.
        var isPlaying: Bool
    }

    private var spectators: [ObjectIdentifier: Spectator] = [:]
    /// Since when nobody is here, or nil if somebody is.
    private(set) var emptySince: ContinuousClock.Instant? = .now

    var count: Int { spectators.count }

    mutating func add(_ viewer: Viewer, as role: Role) {
        spectators[ObjectIdentifier(viewer)] = Spectator(viewer: viewer, role: role)
        emptySince = nil
    }

    /// Says whether the viewer was here.
    mutating func remove(_ viewer: Viewer) -> Bool {
        let wasHere = spectators.removeValue(forKey: ObjectIdentifier(viewer)) != nil
        if wasHere, spectators.isEmpty { emptySince = .now }
        return wasHere
    }

    func contains(_ viewer: Viewer) -> Bool { role(of: viewer) != nil }

    /// What the viewer may do; nil if it is not here.
    func role(of viewer: Viewer) -> Role? { spectators[ObjectIdentifier(viewer)]?.role }

    /// Sends everybody away for now; their pages come back by themselves.
    mutating func dismiss(reason: String) {
        guard !spectators.isEmpty else { return }
        for spectator in spectators.values { spectator.viewer.socket.close(.tryAgainLater, reason: reason) }
        self = Audience()
    }

    /// Notes what a viewer wants to see; its next frame comes at once.
    mutating func watch(_ viewer: Viewer, _ watch: Watch, rate: Int) {
        guard var spectator = spectators[ObjectIdentifier(viewer)] else { return }
        spectator.watch = watch
        spectator.interval = .seconds(1) / rate
        spectator.nextFrame = .now
        spectator.shown = nil
        spectators[ObjectIdentifier(viewer)] = spectator
    }

    /// The experiment is another one: everybody needs the chart anew.
    mutating func forgetPicture() {
        for key in spectators.keys {
            spectators[key]?.shown = nil
            spectators[key]?.needsChart = true
        }
    }

    /// Sends an event to everybody; never dropped.
    func tell(_ event: some Encodable) {
        guard !spectators.isEmpty, let text = try? JSON.text(event) else { return }
        for spectator in spectators.values { spectator.viewer.socket.send(text) }
    }

    /// When somebody is to see a moment that they have not seen yet; nil if all have.
    func nextFrame(of run: Run, revision: UInt32, isPlaying: Bool) -> ContinuousClock.Instant? {
        let moment = Moment(step: run.step, revision: revision, isPlaying: isPlaying)
        return spectators.values.lazy.filter { $0.watch != nil && $0.shown != moment }.map(\.nextFrame).min()
    }

    /// Sends a frame to everybody whose time has come, encoded once for all who want to see the same.
    mutating func show(
        _ run: Run, beside twin: Run?, revision: UInt32, stepsPerSecond: Double, isPlaying: Bool,
        at now: ContinuousClock.Instant
    ) {
        let moment = Moment(step: run.step, revision: revision, isPlaying: isPlaying)
        let due = spectators.filter { _, spectator in
            spectator.watch != nil && spectator.nextFrame <= now && spectator.shown != moment
        }
        guard !due.isEmpty else { return }
        let header = FrameWriter.Header(
            step: UInt64(run.step), revision: revision, stepsPerSecond: Float(stepsPerSecond), view: run.view)
        let wantsNumbers = due.values.contains { !$0.watch!.layers.isDisjoint(with: [.metrics, .history]) }
        for run in [run, twin].compactMap(\.self) where wantsNumbers {
            run.measure(isPlaying: isPlaying, at: now)
        }
        for (watch, group) in Dictionary(grouping: due, by: \.value.watch!) {
            let frame = SharedFrame(
                binary: Self.frame(
                    header, showing: watch, of: run, beside: twin, isPlaying: isPlaying, at: now))
            for key in group.map(\.key) {
                spectators[key]?.offer(frame, of: moment, at: now) {
                    Self.wholeCharts(header, of: run, beside: twin)
                }
            }
        }
    }

    /// Sends one viewer a picture of a moment on the way, which is never dropped.
    func send(_ snapshot: Snapshot, of run: Run, revision: UInt32, to viewer: Viewer) {
        guard let watch = spectators[ObjectIdentifier(viewer)]?.watch else { return }
        var writer = FrameWriter(
            .init(step: UInt64(snapshot.step), revision: revision, stepsPerSecond: 0, view: run.view))
        for section in run.sections(of: snapshot, showing: watch) { writer.append(section) }
        viewer.socket.send(writer.bytes)
    }

    private static func frame(
        _ header: FrameWriter.Header, showing watch: Watch, of run: Run, beside twin: Run?, isPlaying: Bool,
        at now: ContinuousClock.Instant
    ) -> [UInt8] {
        var writer = FrameWriter(header)
        func append(_ run: Run) {
            for section in run.sections(showing: watch, isPlaying: isPlaying, at: now) {
                writer.append(section)
            }
        }
        append(run)
        if let twin {
            writer.append(.run(twinNumber))
            append(twin)
        }
        return writer.bytes
    }

    /// A frame that holds nothing but whole charts.
    private static func wholeCharts(_ header: FrameWriter.Header, of run: Run, beside twin: Run?) -> [UInt8] {
        var writer = FrameWriter(header)
        writer.append(.history(run.chart.points, whole: true))
        if let twin {
            writer.append(.run(twinNumber))
            writer.append(.history(twin.chart.points, whole: true))
        }
        return writer.bytes
    }
}
