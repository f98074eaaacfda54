import GANEngine
import Synchronization
import WebServer

/// One open page: reads its commands, carries its answers and frames.
///
/// The server's loop only drops texts into the inbox; a trainer reads them, in order, so that a page which sends
/// megabytes of JSON delays nobody's frames.
final class Viewer: Sendable, Work {
    private struct Inbox {
        var texts = Queue<String>()
        var count = 0
        var isClosed = false
        /// Commands wait while the archive is asked what the viewer opens.
        var isLookingUp = false
        var found: (opening: Result<FoundOpening, CommandError>, id: Int?)?
    }

    let socket: WebSocket
    private let floor: SessionFloor
    private let inbox = Mutex(Inbox())
    /// The session this viewer is in.
    private let session = Mutex<Session?>(nil)
    /// What runs under several seeds for this viewer.
    private let strip = Mutex<SeedStrip?>(nil)

    init(socket: WebSocket, floor: SessionFloor) {
        self.socket = socket
        self.floor = floor
    }

    // MARK: What happens to it, on a trainer

    func slice(until deadline: ContinuousClock.Instant) -> Progress {
        if let (opening, id) = takeFound() { enter(opening, id: id) }
        while let text = nextText() {
            obey(NumberedCommand(text))
            if ContinuousClock.now > deadline { return .again }
        }
        if inbox.withLock({ $0.isClosed }) { leave() }
        return .idle
    }

    private func nextText() -> String? {
        inbox.withLock { inbox in
            guard !inbox.isLookingUp, let text = inbox.texts.popFirst() else { return nil }
            inbox.count -= 1
            return text
        }
    }

    private func obey(_ numbered: NumberedCommand) {
        switch numbered.command {
        case .failure(let error):
            answer(Reply(re: numbered.id, error: error))
        case .success(.ping):
            answer(Reply(re: numbered.id, time: WallClock.milliseconds()))
        case .success(.open(let opening)):
            open(opening, id: numbered.id)
        case .success(let command):
            guard let session = session.withLock({ $0 }) else {
                answer(Reply(re: numbered.id, error: CommandError(.noSession, "Open a session first.")))
                return
            }
            session.post(.command(command, id: numbered.id, from: self))
        }
    }

    private func open(_ opening: Command.Opening, id: Int?) {
        guard floor.mustLookUp(opening) else {
            enter(.success(FoundOpening(opening)), id: id)
            return
        }
        inbox.withLock { $0.isLookingUp = true }
        floor.lookUp(opening) { [self] found in
            inbox.withLock { $0.found = (found, id) }
            floor.trainers.wake(self)
        }
    }

    private func takeFound() -> (Result<FoundOpening, CommandError>, Int?)? {
        inbox.withLock { inbox in
            guard let found = inbox.found else { return nil }
            inbox.found = nil
            inbox.isLookingUp = false
            return (found.opening, found.id)
        }
    }

    private func enter(_ opening: Result<FoundOpening, CommandError>, id: Int?) {
        do throws(CommandError) {
            let joined = try floor.session(for: opening.get())
            leave()
            session.withLock { $0 = joined }
            joined.post(.join(self, id: id))
        } catch {
            answer(Reply(re: id, error: error))
        }
    }

    private func leave() {
        stopSeeds()
        let left = session.withLock { session in
            defer { session = nil }
            return session
        }
        left?.post(.leave(self))
    }

    // MARK: Its seeds

    /// Starts a strip of seeds in place of the one before.
    func start(_ seeds: SeedStrip) {
        stopSeeds()
        strip.withLock { $0 = seeds }
        floor.trainers.wake(seeds)
    }

    func stopSeeds() {
        strip.withLock { strip in
            strip?.stop()
            strip = nil
        }
    }

    // MARK: What it is told

    func answer(_ reply: Reply) {
        tell(reply)
    }

    /// Sends an event or an answer; never dropped.
    func tell(_ message: some Encodable) {
        // Every message consists of values that JSON can hold: floats in it are finite by construction.
        guard let text = try? JSON.text(message) else { return }
        socket.send(text)
    }
}

extension Viewer: WebSocketHandler {
    func opened() {
        tell(WelcomeEvent())
    }

    func message(_ message: WebSocketMessage) {
        guard case .text(let text) = message else {
            answer(Reply(error: CommandError(.malformedJSON, "Commands are JSON text, not binary messages.")))
            return
        }
        let isFull = inbox.withLock { inbox in
            guard inbox.count < floor.limits.pendingCommands else { return true }
            inbox.texts.append(text)
            inbox.count += 1
            return false
        }
        if isFull {
            socket.close(.policyViolation, reason: "too many commands at once")
        } else {
            floor.trainers.wake(self)
        }
    }

    func closed(_ code: CloseCode, reason: String) {
        inbox.withLock { $0.isClosed = true }
        floor.trainers.wake(self)
    }
}
