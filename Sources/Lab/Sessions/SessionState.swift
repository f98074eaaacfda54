import GANEngine

/// What a session knows and does; the part of it that only a trainer touches.
final class SessionState {
    let id: SessionID
    let limits: LabLimits
    /// Who may change the session; nil if nobody has shown a token since before sessions had owners.
    private(set) var owner: OwnerToken.Hash?
    /// From where it was opened first, under the store's name for that.
    let origin: [UInt8]?
    var run: Run
    var activity: Activity
    var subscribers = Subscribers()
    /// What can be undone, and the futures that were left.
    var editHistory: EditHistory
    var gestures = Gestures()
    /// A second run beside, if somebody compares.
    var comparison: Comparison?
    var speed: Double?
    /// Where it pauses by itself.
    var stop: Stop?
    var meter = SpeedMeter()
    /// Counts changes of anything but the step.
    private(set) var revision: UInt32 = 0
    /// What happened last, for a person.
    var message: String?
    /// Commands that wait until the step they presuppose is reached.
    var waiting: [(command: Command, id: Int?, client: any Client)] = []
    /// Steps run so far, also those on the way to somewhere.
    var stepsRun = 0
    /// Writes the session down.
    var persistence: SessionPersistence
    let archive: Archive
    /// Run what is started beside the session.
    let trainers: WorkerPool
    /// What is known of other runs.
    let known: KnownRuns
    /// Whether it waits for somebody to ask for something, after crashes that it may have caused.
    var isHeld: Bool
    private var stateChanged = false
    /// The verdicts on the run and on its twin that viewers were told last.
    private var toldVerdicts: [ToldVerdict?] = []

    /// What a session is doing.
    enum Activity {
        case paused
        case playing(Pace)
        case underway(SeekTask)
    }

    init(id: SessionID, _ opening: ResolvedOpening, run: Run, registry: SessionRegistry) {
        self.id = id
        self.run = run
        owner = opening.owner
        editHistory = opening.editHistory
        limits = registry.limits
        archive = registry.archive
        trainers = registry.trainers
        known = registry.known
        origin = opening.origin
        persistence = SessionPersistence(
            id, archive: archive, storedSteps: opening.storedSteps, crashes: opening.crashes,
            isKeeping: opening.isTouched || opening.start.playing)
        speed = opening.start.speed
        isHeld = opening.start.isHeld
        message = opening.notice
        let (step, playing) = (opening.start.step, opening.start.playing)
        activity = .paused
        if step > run.step {
            activity = .underway(SeekTask(target: step, thenPlay: playing, knownUpTo: run.tip))
        } else if playing {
            activity = .playing(Pace(stepsPerSecond: speed, from: .now))
        }
        // What cannot be run any more is not worth losing the session for.
        if let twin = opening.twin { comparison = try? comparison(with: twin) }
    }

    var viewerCount: Int { subscribers.count }

    /// Whether somebody has worked on it: until then its recipe alone makes it again, and nothing is written down.
    var isTouched: Bool { persistence.isKeeping }

    /// One turn with a trainer: read what was said, go on with what is being done, show the result.
    func slice(reading next: () -> Session.Message?, until deadline: ContinuousClock.Instant) -> Progress {
        if let due = persistence.due(self), due <= .now { persistence.save(self) }
        while let message = next() {
            read(message)
            // What else was said is for the next slice: a command may take long.
            if ContinuousClock.now > deadline { break }
        }
        advance(until: deadline)
        carryOutWaiting()
        pauseIfForgotten()
        publish()
        return progress()
    }

    /// Whether it can be put away: nobody has watched it for a long time, and it is found again in the store, or made
    /// again from its recipe.
    var isForgotten: Bool { puttingAway.map { $0 < .now } ?? false }

    private var puttingAway: ContinuousClock.Instant? {
        guard archive.isLasting || !isTouched else { return nil }
        return subscribers.emptySince.map { $0 + (isLarge ? limits.putLargeAwayAfter : limits.putAwayAfter) }
    }

    /// Whether its networks are so large that not even a few checkpoints of them fit into the memory meant for these.
    private var isLarge: Bool { run.shelf.bytes > limits.checkpointBytes }

    /// Notes that viewers must be told the new state.
    func changed(_ message: String? = nil) {
        self.message = message
        guard !stateChanged else { return }
        stateChanged = true
        revision &+= 1
    }

    private func read(_ message: Session.Message) {
        switch message {
        case .join(let client, let visitor, let id):
            join(client, of: visitor, id: id)
        case .leave(let client):
            if subscribers.remove(client) { changed(self.message) }
        case .command(let command, let id, let client):
            guard let role = subscribers.role(of: client) else {
                return client.answer(Reply(re: id, error: CommandError(.noSession, "Open a session first.")))
            }
            guard role.permits(command) else {
                return client.answer(Reply(re: id, error: .watching))
            }
            if command.changesSession { persistence.begin(self) }
            carryOut(command, id: id, from: client)
        case .takeSnapshot(let use):
            use(snapshot)
        case .dismiss:
            if !isTouched { subscribers.dismiss(reason: "the lab is full") }
        }
    }

    private func join(_ client: any Client, of visitor: Visitor, id: Int?) {
        guard subscribers.contains(client) || subscribers.count < limits.viewersPerSession else {
            let error = CommandError(
                .sessionFull,
                "\(limits.viewersPerSession) people watch this session already. Start one of your own.")
            client.answer(Reply(re: id, error: error))
            return
        }
        let role = role(of: visitor)
        subscribers.add(client, as: role)
        changed(message)
        answer(Reply(re: id, step: run.step, revision: revision, state: document, role: role), to: client)
    }

    /// What a visitor may do here. A session without an owner becomes that of the first who shows a token.
    private func role(of visitor: Visitor) -> Role {
        if owner == nil, visitor.isKept {
            owner = visitor.key
            persistence.note(.claimed(by: visitor.key))
        }
        return owner == visitor.key ? .owner : .watcher
    }

    /// A session that nobody has watched for a while stops using the machine.
    private func pauseIfForgotten() {
        guard let left = subscribers.emptySince, ContinuousClock.now - left > limits.unwatchedTraining else {
            return
        }
        if case .paused = activity { return }
        activity = .paused
        changed("Paused, because nobody was watching.")
    }

    private func publish() {
        if stateChanged {
            stateChanged = false
            subscribers.tell(document)
            toldVerdicts = verdicts
        }
        guard isInStep else { return }
        subscribers.show(
            run, beside: isHeld ? nil : comparison?.run, revision: revision,
            stepsPerSecond: meter.stepsPerSecond,
            isPlaying: !isPaused, at: .now)
        if verdicts != toldVerdicts { changed(message) }
    }

    private var verdicts: [ToldVerdict?] { [ToldVerdict(run), comparison.flatMap { ToldVerdict($0.run) }] }

    /// What of a verdict is worth another message.
    private struct ToldVerdict: Equatable {
        let name: String
        let lost: LostQuality?

        init?(_ run: Run) {
            guard let verdict = run.verdict else { return nil }
            name = verdict.name
            lost = run.lostQuality
        }
    }

    /// Whether there is one step to show: with a twin, both have to be there, unless the twin waits too.
    private var isInStep: Bool {
        isHeld || comparison?.isInStep(with: run) ?? true
    }

    private func progress() -> Progress {
        guard isInStep else { return .again }
        var appointments = [
            subscribers.nextFrame(of: run, revision: revision, isPlaying: !isPaused), persistence.due(self),
        ]
        switch activity {
        case .underway:
            return .again
        case .playing(let pace):
            guard pace.stepsPerSecond != nil else { return .again }
            appointments.append(pace.next)
        case .paused:
            appointments.append(puttingAway)
        }
        return appointments.compactMap(\.self).min().map { .at($0) } ?? .idle
    }
}
