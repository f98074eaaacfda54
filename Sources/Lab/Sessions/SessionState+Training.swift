import GANEngine

/// What a session does between two messages: runs steps.
extension SessionState {
    /// Goes on with the activity for about the rest of the slice.
    func goOn(until deadline: ContinuousClock.Instant) {
        switch activity {
        case .paused:
            meter.stop()
        case .playing(let pace):
            play(pace, until: deadline)
        case .underway(let errand):
            pursue(errand, until: deadline)
        }
        if !isHeld { comparison?.catchUp(with: run, until: deadline) }
        chronicle.grow(to: run.tip)
    }

    /// Starts an errand in place of what was being done.
    func start(_ errand: Errand) {
        abandonErrand()
        meter.stop()
        var errand = errand
        errand.knownUpTo = run.tip
        activity = .underway(errand)
        changed()
    }

    /// Answers those who wait for an errand that will not be finished: they learn where the session is instead.
    func abandonErrand() {
        guard case .underway(let errand) = activity else { return }
        activity = .paused
        confirm(errand)
    }

    /// Carries out the commands that waited for an arrival, now that nobody is underway any more.
    func obeyWaiting() {
        while case let waited = waiting, !waited.isEmpty {
            if case .underway = activity { return }
            waiting = Array(waited.dropFirst())
            let (command, id, client) = waited[0]
            obey(command, id: id, from: client)
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
        keeper.note(.paced(playing: false, speed: speed))
        keeper.note(.moved(step: run.step))
        changed()
    }

    private func pursue(_ errand: Errand, until deadline: ContinuousClock.Instant) {
        do throws(RecipeError) {
            if errand.only == nil { try run.jump(towards: errand.target) }
            repeat {
                guard run.step < errand.target else { return arrive(errand) }
                if let player = errand.only { try edit(.only(player)) }
                let stop = errand.only == nil ? errand.stop(after: run.step) : run.step + 1
                stepsRun += run.advance(by: stop - run.step, until: deadline)
                if run.divergence != nil { return stopDiverged(answering: errand) }
                if viewerCount > 0, errand.measures(at: run.step) { run.measure(isPlaying: false, at: .now) }
            } while ContinuousClock.now < deadline
        } catch {
            activity = .paused
            refuse(errand, CommandError(error))
            changed(error.message)
        }
    }

    private func arrive(_ errand: Errand) {
        activity = errand.thenPlay ? .playing(Pace(stepsPerSecond: speed, from: .now)) : .paused
        keeper.note(.moved(step: run.step))
        changed()
        confirm(errand)
    }

    /// Stops a run that became NaN or infinite at the last step that was still good.
    func stopDiverged(answering errand: Errand? = nil) {
        guard let divergence = run.divergence else { return }
        activity = .paused
        let cause = "\(divergence)"
        subscribers.tell(DivergedEvent(step: run.step, cause: cause))
        changed(cause)
        if let errand { refuse(errand, CommandError(.diverged, cause)) }
    }

    private func confirm(_ errand: Errand) {
        for (client, id) in errand.awaiting {
            answer(Reply(re: id, step: run.step, revision: revision), to: client)
        }
    }

    private func refuse(_ errand: Errand, _ error: CommandError) {
        for (client, id) in errand.awaiting { client.answer(Reply(re: id, error: error)) }
    }
}
