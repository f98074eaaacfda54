import GANEngine
import WebServer

/// Everybody who watches one session, and what each of them has been shown.
struct Subscribers {
    /// The twin's number in frames.
    private static let twinNumber: UInt32 = 1

    private struct Subscriber {
        let client: any Client
        let role: Role
        var request: FrameRequest?
        /// Time between two frames at the least.
        var interval = Duration.seconds(1) / 60
        var nextFrame = ContinuousClock.now
        var shown: FrameKey?
        /// Whether the whole chart has to be sent before points are added to it.
        var needsChart = true
        /// The steady sections that the client surely has, if its frames leave them out.
        var steady: [UInt8]?
        /// What runs under several seeds for it.
        var seeds: SeedSweepTask?

        mutating func offer(
            _ picture: inout SharedPicture, of moment: FrameKey, at now: ContinuousClock.Instant,
            chart: () -> [UInt8]
        ) {
            // Who cannot keep up loses frames, and chart points with them; the whole chart later makes up for that.
            let isBehind = client.isBehind
            if needsChart, !isBehind, request?.layers.contains(.history) == true { client.send(chart()) }
            needsChart = isBehind
            offer(&picture, isBehind: isBehind)
            shown = moment
            // On a grid, so that 60 Hz are 60 frames a second, unless the session was late by more than a frame.
            nextFrame = max(nextFrame + interval, now - interval)
        }

        private mutating func offer(_ picture: inout SharedPicture, isBehind: Bool) {
            if request?.changes != true {
                client.offer(picture.wholeFrame)
            } else if steady == picture.steady {
                client.offer(picture.changingFrame)
            } else if isBehind {
                steady = nil
                client.offer(picture.wholeFrame)
            } else {
                // What later frames leave out must have arrived.
                steady = picture.steady
                client.send(picture.whole)
            }
        }
    }

    /// What a frame shows; two frames with the same key are the same picture.
    private struct FrameKey: Equatable {
        var step: Int
        var revision: UInt32
        /// Pictures of a run that goes on leave out what is costly; the one it stops at is whole.
        var isPlaying: Bool
    }

    private var subscribers: [ObjectIdentifier: Subscriber] = [:]
    /// Since when nobody is here, or nil if somebody is.
    private(set) var emptySince: ContinuousClock.Instant? = .now

    var count: Int { subscribers.count }

    mutating func add(_ client: any Client, as role: Role) {
        stopSeeds(of: client)
        subscribers[ObjectIdentifier(client)] = Subscriber(client: client, role: role)
        emptySince = nil
    }

    /// Says whether the client was here.
    mutating func remove(_ client: any Client) -> Bool {
        stopSeeds(of: client)
        let wasHere = subscribers.removeValue(forKey: ObjectIdentifier(client)) != nil
        if wasHere, subscribers.isEmpty { emptySince = .now }
        return wasHere
    }

    func contains(_ client: any Client) -> Bool { role(of: client) != nil }

    /// What the client may do; nil if it is not here.
    func role(of client: any Client) -> Role? { subscribers[ObjectIdentifier(client)]?.role }

    /// Notes what runs under several seeds for a client, in place of what did before.
    mutating func start(_ seeds: SeedSweepTask, for client: any Client) {
        stopSeeds(of: client)
        subscribers[ObjectIdentifier(client)]?.seeds = seeds
    }

    /// Ends what runs under several seeds for a client.
    mutating func stopSeeds(of client: any Client) {
        subscribers[ObjectIdentifier(client)]?.seeds?.stop()
        subscribers[ObjectIdentifier(client)]?.seeds = nil
    }

    /// Sends everybody away for now; their pages come back by themselves.
    mutating func dismiss(reason: String) {
        guard !subscribers.isEmpty else { return }
        for subscriber in subscribers.values {
            subscriber.seeds?.stop()
            subscriber.client.dismiss(reason: reason)
        }
        self = Subscribers()
    }

    /// Notes what a client wants to see; its next frame comes at once.
    mutating func watch(_ client: any Client, _ request: FrameRequest, rate: Int) {
        guard var subscriber = subscribers[ObjectIdentifier(client)] else { return }
        subscriber.request = request
        subscriber.interval = .seconds(1) / rate
        subscriber.nextFrame = .now
        subscriber.shown = nil
        subscriber.steady = nil
        subscribers[ObjectIdentifier(client)] = subscriber
    }

    /// The experiment is another one: everybody needs the chart anew.
    mutating func forgetPicture() {
        for key in subscribers.keys {
            subscribers[key]?.shown = nil
            subscribers[key]?.needsChart = true
        }
    }

    /// Sends an event to everybody; never dropped.
    func tell(_ event: some Encodable) {
        guard !subscribers.isEmpty, let text = try? JSON.text(event) else { return }
        for subscriber in subscribers.values { subscriber.client.tell(text) }
    }

    /// When somebody is to see a moment that they have not seen yet; nil if all have.
    func nextFrame(of run: Run, revision: UInt32, isPlaying: Bool) -> ContinuousClock.Instant? {
        let moment = FrameKey(step: run.step, revision: revision, isPlaying: isPlaying)
        return subscribers.values.lazy.filter { $0.request != nil && $0.shown != moment }.map(\.nextFrame)
            .min()
    }

    /// Sends a frame to everybody whose time has come, encoded once for all who want to see the same.
    mutating func show(
        _ run: Run, beside twin: Run?, revision: UInt32, stepsPerSecond: Double, isPlaying: Bool,
        at now: ContinuousClock.Instant
    ) {
        let moment = FrameKey(step: run.step, revision: revision, isPlaying: isPlaying)
        let due = subscribers.filter { _, subscriber in
            subscriber.request != nil && subscriber.nextFrame <= now && subscriber.shown != moment
        }
        guard !due.isEmpty else { return }
        let header = FrameWriter.Header(
            step: UInt64(run.step), revision: revision, stepsPerSecond: Float(stepsPerSecond), view: run.view)
        let wantsNumbers = due.values.contains { !$0.request!.layers.isDisjoint(with: [.metrics, .history]) }
        for run in [run, twin].compactMap(\.self) where wantsNumbers {
            run.measure(isPlaying: isPlaying, at: now)
        }
        for (request, group) in Dictionary(grouping: due, by: \.value.request!) {
            var picture = Self.picture(
                header, showing: request, of: run, beside: twin, isPlaying: isPlaying, at: now)
            for key in group.map(\.key) {
                subscribers[key]?.offer(&picture, of: moment, at: now) {
                    Self.wholeCharts(header, of: run, beside: twin)
                }
            }
        }
    }

    /// Sends one client a picture of a moment on the way, which is never dropped.
    mutating func send(_ snapshot: Snapshot, of run: Run, revision: UInt32, to client: any Client) {
        guard let request = subscribers[ObjectIdentifier(client)]?.request else { return }
        var writer = FrameWriter(
            .init(step: UInt64(snapshot.step), revision: revision, stepsPerSecond: 0, view: run.view))
        for section in run.sections(of: snapshot, showing: request) { writer.append(section) }
        client.send(writer.bytes)
        subscribers[ObjectIdentifier(client)]?.steady = nil
    }

    private static func picture(
        _ header: FrameWriter.Header, showing request: FrameRequest, of run: Run, beside twin: Run?,
        isPlaying: Bool, at now: ContinuousClock.Instant
    ) -> SharedPicture {
        var sections = run.sections(showing: request, isPlaying: isPlaying, at: now)
        if let twin {
            sections.append(.run(twinNumber))
            sections += twin.sections(showing: request, isPlaying: isPlaying, at: now)
        }
        return SharedPicture(header, sections)
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
