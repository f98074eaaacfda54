import GANEngine

/// What each command does to a session. A command that throws has changed nothing.
extension SessionState {
    /// Seeds are compared after at least this many steps, unless told otherwise.
    private static let fewestSeedSteps = 1000

    /// Carries out a command and answers it, now or when its task is done.
    func carryOut(_ command: Command, id: Int?, from client: any Client) {
        if !command.isOnlyLooking { isHeld = false }
        if case .underway = activity, command.presupposesArrival {
            wait(command, id: id, from: client)
            return
        }
        do throws(CommandError) {
            guard var reply = try perform(command, id: id, from: client) else { return }
            reply.re = id
            reply.step = run.step
            reply.revision = revision
            answer(reply, to: client)
        } catch {
            client.answer(Reply(re: id, error: error))
        }
    }

    private func wait(_ command: Command, id: Int?, from client: any Client) {
        guard waiting.count < limits.pendingCommands else {
            let error = CommandError(.unavailable, "Too many commands wait for step \(destination ?? 0).")
            client.answer(Reply(re: id, error: error))
            return
        }
        waiting.append((command, id, client))
    }

    /// The answer, or nil if it is given later.
    private func perform(_ command: Command, id: Int?, from client: any Client) throws(CommandError) -> Reply?
    {
        switch command {
        case .watch(let watch, let rate):
            subscribers.watch(client, watch, rate: rate)
        case .play:
            try refuseIfDiverged()
            play()
        case .pause:
            abandonTask()
            activity = .paused
            persistence.note(.paced(playing: false, speed: speed))
            persistence.note(.moved(step: run.step))
            changed()
        case .speed(let stepsPerSecond):
            speed = stepsPerSecond
            persistence.note(.paced(playing: isPlaying, speed: speed))
            if isPlaying { play() }
            changed()
        case .stopAt(let stop):
            self.stop = stop
            changed()
        case .step(let only, let count):
            try step(only, count: count, awaiting: (client, id))
            return nil
        case .explain(let only):
            return try explain(only, to: client)
        case .seek(let step):
            start(SeekTask(target: step, awaiting: [(client, id)]))
            return nil
        case .load(let recipe, let step):
            try restart(
                recipe, EditDescription(opening: recipe, insteadOf: run.recipe), near: step, thenPlay: false)
            start(SeekTask(target: step, awaiting: [(client, id)]))
            return nil
        case .reset:
            try reset()
            return Reply(restarted: true)
        case .set(let batch):
            return Reply(restarted: try change(batch) ? true : nil)
        case .draw(let stroke):
            try draw(stroke)
        case .undo:
            try go(.undo, otherwise: "There is nothing to undo.")
        case .redo:
            try go(.redo, otherwise: "There is nothing to redo.")
        case .checkout(let branch):
            try checkOut(branch)
        case .compare(let twin):
            try compare(twin)
        case .compareStop:
            comparison = nil
            persistence.note(.compared(nil))
            changed()
        case .seeds(let count, let steps):
            startSeeds(count: count, steps: steps, for: client)
        case .seedsStop:
            subscribers.stopSeeds(of: client)
        case .link:
            answerLink(id: id, to: client)
            return nil
        case .open, .loadKept, .ping:
            break
        }
        return Reply()
    }

    /// Writes down what happened, and then says so.
    func answer(_ reply: Reply, to client: any Client) {
        persistence.commit { error in
            var reply = reply
            reply.warning = error?.description
            client.answer(reply)
        }
    }

    private func answerLink(id: Int?, to client: any Client) {
        known.note(run, of: self.id)
        let link = Link(recipe: run.recipe, step: run.step)
        let address = LinkAddress(link)
        let reply = Reply(re: id, step: run.step, revision: revision, link: address.text)
        guard let name = address.shortID else { return client.answer(reply) }
        archive.queue.submit([.link(id: name, bytes: LinkAddress.kept(of: link))]) { error in
            client.answer(error.map { Reply(re: id, error: CommandError($0)) } ?? reply)
        }
    }

    var isPlaying: Bool {
        if case .playing = activity { true } else { false }
    }

    var isPaused: Bool {
        if case .paused = activity { true } else { false }
    }

    private func play() {
        abandonTask()
        activity = .playing(Pace(stepsPerSecond: speed, from: .now))
        persistence.note(.paced(playing: true, speed: speed))
        changed()
    }

    private func step(_ only: Player?, count: Int, awaiting: (any Client, Int?)) throws(CommandError) {
        try refuseIfDiverged()
        if let only {
            try validate(timeline: Array(repeating: .only(only), count: count))
            prepare(EditDescription("\(only.rawValue) only"))
        }
        start(SeekTask(target: run.step + count, only: only, awaiting: [awaiting]))
    }

    private func startSeeds(count: Int, steps: Int?, for client: any Client) {
        let steps = steps ?? max(Self.fewestSeedSteps, run.step)
        let seeds = SeedSweepTask(of: run.recipe, count: count, steps: steps, for: client)
        subscribers.start(seeds, for: client)
        trainers.wake(seeds)
    }

    func refuseIfDiverged() throws(CommandError) {
        guard run.divergence != nil else { return }
        throw CommandError(
            .diverged, "This run cannot go on from here. Go back, undo, or change a setting first.")
    }
}

extension Command {
    /// Whether it asks for nothing but pictures.
    fileprivate var isOnlyLooking: Bool {
        switch self {
        case .watch, .ping: true
        default: false
        }
    }

    /// Whether it means the step that is being gone to, not one on the way.
    fileprivate var presupposesArrival: Bool {
        switch self {
        case .play, .step, .explain, .set, .draw, .undo, .redo, .checkout, .compare, .seeds, .link: true
        case .open, .loadKept, .watch, .pause, .speed, .stopAt, .reset, .load, .seek, .compareStop,
            .seedsStop, .ping:
            false
        }
    }
}
