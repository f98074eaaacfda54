import GANEngine
import Synchronization
import WebServer

/// One open page: reads its commands, carries its answers and frames.
///
/// The server's loop only drops texts into the inbox; a trainer reads them, in order, and a job those that are long, so
/// that a page which sends megabytes of JSON delays nobody's frames. While too much waits, the page is not read from.
final class Viewer: Sendable, Work {
    private struct Inbox {
        var texts = Queue<String>()
        var count = 0
        var bytes = 0
        var isPaused = false
        var isClosed = false
        /// Commands wait while a job reads a long one, or the archive is asked for what the viewer opens or loads.
        var isWaiting = false
        var read: NumberedCommand?
        var found: Found?
    }

    /// What was looked up, and for which command.
    private struct Found {
        let command: Command
        let id: Int?
        let opening: Result<ResolvedOpening, CommandError>
    }

    private let socket: any ViewerSocket
    private let registry: SessionRegistry
    private let client: ClientAddress
    /// Stands for a page that sends no token of its own.
    private let connection = OwnerToken().hash
    private let inbox = Mutex(Inbox())
    /// The session this viewer is in.
    private let session = Mutex<Session?>(nil)

    init(socket: any ViewerSocket, client: ClientAddress, registry: SessionRegistry) {
        self.socket = socket
        self.client = client
        self.registry = registry
    }

    // MARK: What happens to it, on a trainer

    /// Commands of up to so many bytes are read in less than a slice.
    private static let shortCommand = 2_048
    /// How long to wait for a session or for jobs that have too much to do.
    private static let patience = Duration.milliseconds(10)

    func slice(until deadline: ContinuousClock.Instant) -> Progress {
        if let found = takeFound() { carryOut(found) }
        if let command = takeRead() { carryOut(command) }
        while let text = nextText() {
            guard session.withLock({ $0?.isBehind }) != true else { return .at(.now + Self.patience) }
            if text.utf8.count > Self.shortCommand {
                return readInJob(text) ? .idle : .at(.now + Self.patience)
            }
            removeText()
            carryOut(NumberedCommand(text))
            if ContinuousClock.now > deadline { return .again }
        }
        if inbox.withLock({ $0.isClosed }) { leave() }
        return .idle
    }

    /// The text whose turn it is; it stays in the inbox until it has been read.
    private func nextText() -> String? {
        inbox.withLock { $0.isWaiting ? nil : $0.texts.first }
    }

    private func removeText() {
        inbox.withLock { inbox in
            guard let text = inbox.texts.popFirst() else { return }
            inbox.count -= 1
            inbox.bytes -= text.utf8.count
            let limits = registry.limits
            // Half of it at a time, rather than a message.
            guard inbox.isPaused, inbox.count <= limits.pendingCommands / 2,
                inbox.bytes <= limits.pendingBytes / 2
            else { return }
            inbox.isPaused = false
            socket.resumeReading()
        }
    }

    /// False if there are too many jobs.
    private func readInJob(_ text: String) -> Bool {
        inbox.withLock { $0.isWaiting = true }
        let refusal = registry.jobs.submit(for: client, bytes: text.utf8.count) { [self] in
            let command = NumberedCommand(text)
            inbox.withLock { $0.read = command }
            registry.trainers.wake(self)
        }
        if refusal != nil { inbox.withLock { $0.isWaiting = false } }
        return refusal == nil
    }

    private func takeRead() -> NumberedCommand? {
        let command = inbox.withLock { inbox -> NumberedCommand? in
            guard let command = inbox.read else { return nil }
            inbox.read = nil
            inbox.isWaiting = false
            return command
        }
        if command != nil { removeText() }
        return command
    }

    private func carryOut(_ numbered: NumberedCommand) {
        switch numbered.command {
        case .failure(let error):
            answer(Reply(re: numbered.id, error: error))
        case .success(.ping):
            answer(Reply(re: numbered.id, time: WallClock.milliseconds()))
        case .success(.open(let opening)):
            if registry.mustLookUp(opening) {
                lookUp(opening, for: .open(opening), id: numbered.id)
            } else {
                enter(ResolvedOpening(opening), opening, id: numbered.id)
            }
        case .success(.loadKept(let opening)):
            lookUp(opening, for: .loadKept(opening), id: numbered.id)
        case .success(let command):
            forward(command, id: numbered.id)
        }
    }

    /// Has the session carry a command out.
    private func forward(_ command: Command, id: Int?) {
        guard let session = session.withLock({ $0 }) else {
            answer(Reply(re: id, error: CommandError(.noSession, "Open a session first.")))
            return
        }
        session.post(.command(command, id: id, from: self))
    }

    private func lookUp(_ opening: Command.Opening, for command: Command, id: Int?) {
        inbox.withLock { $0.isWaiting = true }
        registry.lookUp(opening) { [self] found in
            inbox.withLock { $0.found = Found(command: command, id: id, opening: found) }
            registry.trainers.wake(self)
        }
    }

    private func takeFound() -> Found? {
        inbox.withLock { inbox in
            guard let found = inbox.found else { return nil }
            inbox.found = nil
            inbox.isWaiting = false
            return found
        }
    }

    private func carryOut(_ found: Found) {
        switch (found.opening, found.command) {
        case (.failure(let error), _):
            answer(Reply(re: found.id, error: error))
        case (.success(let opening), .open(let wish)):
            enter(opening, wish, id: found.id)
        case (.success(let opening), _):
            forward(.load(opening.recipe, step: opening.start.step), id: found.id)
        }
    }

    private func enter(_ opening: ResolvedOpening, _ wish: Command.Opening, id: Int?) {
        do throws(CommandError) {
            let visitor = Visitor(token: wish.owner, connection: connection, client: client)
            guard let joined = try registry.bring(self, of: visitor, id: id, to: opening) else {
                return lookUp(wish, for: .open(wish), id: id)
            }
            let left = session.withLock { session in
                defer { session = joined }
                return session
            }
            if left !== joined { left?.post(.leave(self)) }
        } catch {
            answer(Reply(re: id, error: error))
        }
    }

    private func leave() {
        let left = session.withLock { session in
            defer { session = nil }
            return session
        }
        left?.post(.leave(self))
        registry.jobs.returnMemorySoon()
    }
}

extension Viewer: Client {
    var isBehind: Bool { socket.isCongested }

    func answer(_ reply: Reply) { tell(reply) }

    func tell(_ event: String) { socket.send(event) }

    func send(_ frame: [UInt8]) { socket.send(frame) }

    func offer(_ frame: SharedFrame) { socket.offer(frame) }

    func dismiss(reason: String) { socket.close(.tryAgainLater, reason: reason) }

    private func tell(_ message: some Encodable) {
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
        inbox.withLock { inbox in
            inbox.texts.append(text)
            inbox.count += 1
            inbox.bytes += text.utf8.count
            let limits = registry.limits
            guard inbox.count >= limits.pendingCommands || inbox.bytes >= limits.pendingBytes else { return }
            inbox.isPaused = true
            socket.pauseReading()
        }
        registry.trainers.wake(self)
    }

    func closed(_ code: CloseCode, reason: String) {
        inbox.withLock { $0.isClosed = true }
        registry.trainers.wake(self)
    }
}
