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
        /// Commands wait while the archive is asked for what the viewer opens or loads.
        var isLookingUp = false
        var found: Found?
    }

    /// What was looked up, and for which command.
    private struct Found {
        let command: Command
        let id: Int?
        let opening: Result<FoundOpening, CommandError>
    }

    let socket: WebSocket
    private let floor: SessionFloor
    /// Stands for a page that sends no token of its own.
    private let connection = OwnerToken().hash
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
        if let found = takeFound() { obey(found) }
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
            if floor.mustLookUp(opening) {
                lookUp(opening, for: .open(opening), id: numbered.id)
            } else {
                enter(FoundOpening(opening), opening, id: numbered.id)
            }
        case .success(.loadKept(let opening)):
            lookUp(opening, for: .loadKept(opening), id: numbered.id)
        case .success(let command):
            say(command, id: numbered.id)
        }
    }

    /// Has the session carry a command out.
    private func say(_ command: Command, id: Int?) {
        guard let session = session.withLock({ $0 }) else {
            answer(Reply(re: id, error: CommandError(.noSession, "Open a session first.")))
            return
        }
        session.post(.command(command, id: id, from: self))
    }

    private func lookUp(_ opening: Command.Opening, for command: Command, id: Int?) {
        inbox.withLock { $0.isLookingUp = true }
        floor.lookUp(opening) { [self] found in
            inbox.withLock { $0.found = Found(command: command, id: id, opening: found) }
            floor.trainers.wake(self)
        }
    }

    private func takeFound() -> Found? {
        inbox.withLock { inbox in
            guard let found = inbox.found else { return nil }
            inbox.found = nil
            inbox.isLookingUp = false
            return found
        }
    }

    private func obey(_ found: Found) {
        switch (found.opening, found.command) {
        case (.failure(let error), _):
            answer(Reply(re: found.id, error: error))
        case (.success(let opening), .open(let wish)):
            enter(opening, wish, id: found.id)
        case (.success(let opening), _):
            say(.load(opening.recipe, step: opening.start.step), id: found.id)
        }
    }

    private func enter(_ opening: FoundOpening, _ wish: Command.Opening, id: Int?) {
        do throws(CommandError) {
            let visitor = Visitor(token: wish.owner, connection: connection)
            guard let joined = try floor.bring(self, of: visitor, id: id, to: opening) else {
                return lookUp(wish, for: .open(wish), id: id)
            }
            let left = session.withLock { session in
                defer { session = joined }
                return session
            }
            if left !== joined { left?.post(.leave(self)) }
            stopSeeds()
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
