import GANEngine

/// What a session does between two messages: runs steps.
extension SessionState {
    /// Goes on with the activity for about the rest of the slice.
    func advance(until deadline: ContinuousClock.Instant) {
        switch activity {
        case .paused:
            meter.stop()
        case .playing(let pace):
            play(pace, until: deadline)
        case .underway(let task):
            pursue(task, until: deadline)
        }
        if !isHeld { comparison?.catchUp(with: run, until: deadline) }
        editHistory.grow(to: run.tip)
    }

    /// Starts a task in place of what was being done.
    func start(_ task: SeekTask) {
        abandonTask()
        meter.stop()
        var task = task
        task.knownUpTo = run.tip
        activity = .underway(task)
        changed()
    }

    /// Answers those who wait for a task that will not be finished: they learn where the session is instead.
    func abandonTask() {
        guard case .underway(let task) = activity else { return }
        activity = .paused
        confirm(task)
    }

    /// Carries out the commands that waited for an arrival, now that nobody is underway any more.
    func carryOutWaiting() {
        while case let waited = waiting, !waited.isEmpty {
            if case .underway = activity { return }
            waiting = Array(waited.dropFirst())
            let (command, id, client) = waited[0]
            carryOut(command, id: id, from: client)
        }
    }

    private func play(_ pace: Pace, until deadline: ContinuousClock.Instant) {
        var pace = pace
        let now = ContinuousClock.now
        let appointment = stop?.appointment(after: run.step)
        let due = min(pace.due(at: now), appointment.map { $0 - run.step } ?? .max)
        guard due > 0, comparison?.isInStep(with: run) != false else { return }
        // With a twin on the same clock, half of the time is the twin's.
        let deadline = comparison == nil ? deadline : now + (deadline - now) / 2
        let taken = run.advance(by: due, until: deadline)
        pace.take(taken)
        stepsRun += taken
        meter.count(taken, at: .now)
        activity = .playing(pace)
        if run.divergence != nil { return stopDiverged() }
        if run.step == appointment { keepAppointment() }
    }

    /// Pauses if this is where it was to stop.
    private func keepAppointment() {
        if stop == .learned {
            run.measure(isPlaying: false, at: .now)
            guard case .learned = run.verdict else { return }
        }
        stop = nil
        activity = .paused
        persistence.note(.paced(playing: false, speed: speed))
        persistence.note(.moved(step: run.step))
        changed()
    }

    private func pursue(_ task: SeekTask, until deadline: ContinuousClock.Instant) {
        do throws(RecipeError) {
            if task.only == nil { try run.jump(towards: task.target) }
            repeat {
                guard run.step < task.target else { return arrive(task) }
                if let player = task.only { try edit(.only(player)) }
                let stop = task.only == nil ? task.stop(after: run.step) : run.step + 1
                stepsRun += run.advance(by: stop - run.step, until: deadline)
                if run.divergence != nil { return stopDiverged(answering: task) }
                if viewerCount > 0, task.measures(at: run.step) { run.measure(isPlaying: false, at: .now) }
            } while ContinuousClock.now < deadline
        } catch {
            activity = .paused
            refuse(task, CommandError(error))
            changed(error.message)
        }
    }

    private func arrive(_ task: SeekTask) {
        activity = task.thenPlay ? .playing(Pace(stepsPerSecond: speed, from: .now)) : .paused
        persistence.note(.moved(step: run.step))
        changed()
        confirm(task)
    }

    /// Stops a run that became NaN or infinite at the last step that was still good.
    func stopDiverged(answering task: SeekTask? = nil) {
        guard let divergence = run.divergence else { return }
        activity = .paused
        let cause = "\(divergence)"
        subscribers.tell(DivergedEvent(step: run.step, cause: cause))
        changed(cause)
        if let task { refuse(task, CommandError(.diverged, cause)) }
    }

    private func confirm(_ task: SeekTask) {
        for (client, id) in task.awaiting {
            answer(Reply(re: id, step: run.step, revision: revision), to: client)
        }
    }

    private func refuse(_ task: SeekTask, _ error: CommandError) {
        for (client, id) in task.awaiting { client.answer(Reply(re: id, error: error)) }
    }
}
