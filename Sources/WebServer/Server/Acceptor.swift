import CSockets
import Glibc

/// A listening socket: accepts connections, distributes them over the loops, and tells clients that are too many so.
/// Lives on the first loop.
final class Acceptor: EventSource {
    let port: Int

    private let workers: [ServerWorker]
    private let registry: ConnectionRegistry
    private let speaksTLS: Bool
    private var listener: ListeningSocket?
    private var token: Token?
    /// Closed for a moment when descriptors run out, so that a client can be told.
    private var spareDescriptor: Int32

    /// Fewer than the backlog, so that one flood of new connections does not hold up the others.
    private static let acceptsPerTurn = 64

    init(
        host: String, port: Int, speaksTLS: Bool, workers: [ServerWorker], registry: ConnectionRegistry
    ) throws(ServerError) {
        self.workers = workers
        self.registry = registry
        self.speaksTLS = speaksTLS
        let listener: ListeningSocket
        do { listener = try ListeningSocket(host: host, port: port) } catch { throw .listening(error) }
        self.port = listener.port
        spareDescriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        do {
            token = try workers[0].loop.register(
                self, descriptor: listener.descriptor.raw, interest: .readable)
        } catch {
            throw .system(error)
        }
        self.listener = consume listener
    }

    /// Stops listening: new clients are refused by the system.
    func close() {
        guard let token, let raw = listener?.descriptor.raw else { return }
        workers[0].loop.unregister(token, descriptor: raw)
        self.token = nil
        listener = nil
        _ = Glibc.close(spareDescriptor)
    }

    func ready(_ readiness: Readiness) {
        for _ in 0..<Self.acceptsPerTurn {
            guard let raw = listener?.descriptor.raw else { return }
            var peer = sockaddr_storage()
            let accepted = csockets_accept(raw, &peer)
            if accepted >= 0 {
                take(accepted, SocketAddress.text(of: peer))
                continue
            }
            switch errno {
            case ECONNABORTED, EINTR: continue
            case EAGAIN: return
            case EMFILE, ENFILE:
                if !refuseWithSpareDescriptor() { pause() }
                return
            default: return pause()
            }
        }
    }

    private func take(_ raw: Int32, _ address: String) {
        switch registry.admit(address) {
        case .refused(let status):
            refuse(raw, status)
            _ = Glibc.close(raw)
        case .loop(let number):
            var one: Int32 = 1
            setsockopt(raw, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
            let worker = workers[number]
            if number == 0 { return worker.adopt(raw, from: address, speaksTLS: speaksTLS) }
            worker.loop.post { [speaksTLS] in worker.adopt(raw, from: address, speaksTLS: speaksTLS) }
        }
    }

    /// Descriptors have run out: tells a waiting client so, if the spare one can be had.
    private func refuseWithSpareDescriptor() -> Bool {
        guard let raw = listener?.descriptor.raw else { return false }
        _ = Glibc.close(spareDescriptor)
        defer { spareDescriptor = open("/dev/null", O_RDONLY | O_CLOEXEC) }
        var peer = sockaddr_storage()
        let accepted = csockets_accept(raw, &peer)
        guard accepted >= 0 else { return false }
        refuse(accepted, .serviceUnavailable)
        _ = Glibc.close(accepted)
        return true
    }

    /// The system is short of something. The client that waits would keep the listener readable and the loop awake, so
    /// the next look is a little later.
    private func pause() {
        guard let token, let raw = listener?.descriptor.raw else { return }
        workers[0].loop.setInterest([], of: token, descriptor: raw)
        workers[0].loop.schedule(after: 0.1) { [weak self] in
            guard let self, let token = self.token, let raw = listener?.descriptor.raw else { return }
            workers[0].loop.setInterest(.readable, of: token, descriptor: raw)
        }
    }

    private func refuse(_ descriptor: Int32, _ status: Status) {
        workers[0].counters.refused.add(1)
        guard !speaksTLS else { return }
        let response = Response.tryAgainSoon("there are too many connections", status: status)
        var bytes: [UInt8] = []
        workers[0].serialiser.writeHead(response, .init(keepsAlive: false), to: &bytes)
        if case .bytes(let content) = response.body { bytes += content }
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        shutdown(descriptor, Int32(SHUT_WR))
    }
}
