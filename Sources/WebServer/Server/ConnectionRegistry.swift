import Synchronization

/// Counts the connections on all loops of a server: decides which are too many and which loop takes each, and ends the
/// loops when the server is stopping and the last connection is gone.
///
/// A few hundred connections are served fastest by one loop, which then never competes with the others for a core; so
/// these go to the first, and more to whichever has the fewest.
final class ConnectionRegistry: Sendable {
    /// What becomes of a connection.
    enum Admission: Equatable {
        /// It is taken, by the loop of this number.
        case loop(Int)
        case refused(Status)
    }

    private struct State {
        var count = 0
        var perLoop: [Int]
        var perAddress: [String: Int] = [:]
        /// WebSockets by client, also behind a proxy.
        var webSockets: [String: Int] = [:]
        var isStopping = false

        var isOver: Bool { isStopping && count == 0 }
    }

    private static let firstLoopAlone = 256
    /// How many times as many WebSockets as connections are still free one client may hold.
    private static let shareOfFree = 8

    private let limits: ServerConfiguration.Limits
    private let proxies: [AddressRange]
    private let loops: [EventLoop]
    private let state: Mutex<State>

    init(_ configuration: ServerConfiguration, loops: [EventLoop]) {
        limits = configuration.limits
        proxies = configuration.access.trustedProxies
        self.loops = loops
        state = Mutex(State(perLoop: loops.map { _ in 0 }))
    }

    /// Counts one more connection, if there is room for it; `remove` takes it back.
    func admit(_ address: String) -> Admission {
        let isCounted = isCounted(address)
        return state.withLock { state in
            if state.count >= limits.connections { return .refused(.serviceUnavailable) }
            if isCounted, state.perAddress[address, default: 0] >= limits.connectionsPerAddress {
                return .refused(.tooManyRequests)
            }
            let fewest = state.perLoop.indices.min { state.perLoop[$0] < state.perLoop[$1] }!
            let loop = state.perLoop[0] < Self.firstLoopAlone ? 0 : fewest
            state.count += 1
            state.perLoop[loop] += 1
            state.perAddress[address, default: 0] += 1
            return .loop(loop)
        }
    }

    /// A connection from `address` is gone.
    func remove(_ address: String, loop: Int) {
        let isOver = state.withLock { state in
            state.count -= 1
            state.perLoop[loop] -= 1
            let left = state.perAddress[address, default: 1] - 1
            state.perAddress[address] = left == 0 ? nil : left
            return state.isOver
        }
        if isOver { endLoops() }
    }

    /// Counts one more WebSocket of a client, on a connection that is counted already; `removeWebSocket` takes it back.
    ///
    /// False if the client has its share: eight times as many as are free (dynamic thresholds: Choudhury and Hahne,
    /// IEEE/ACM Transactions on Networking 6(2), 1998). So one address may have eight ninths of all, as a school behind
    /// one address needs, and the next client still finds room.
    func admitWebSocket(of client: String) -> Bool {
        state.withLock { state in
            let own = state.webSockets[client, default: 0]
            let free = limits.connections - state.count + 1
            guard own < Self.shareOfFree * free else { return false }
            state.webSockets[client] = own + 1
            return true
        }
    }

    /// A WebSocket of a client is gone.
    func removeWebSocket(of client: String) {
        state.withLock { state in
            let left = state.webSockets[client, default: 1] - 1
            state.webSockets[client] = left == 0 ? nil : left
        }
    }

    /// From now on, the loops end with the last connection.
    func stop() {
        let isOver = state.withLock { state in
            state.isStopping = true
            return state.isOver
        }
        if isOver { endLoops() }
    }

    private func endLoops() {
        for loop in loops { loop.post { loop.stop() } }
    }

    /// Whether connections from there are limited in number: through a proxy come those of many.
    private func isCounted(_ address: String) -> Bool {
        switch Peer(address, proxies: proxies).standing {
        case .client: true
        case .loopback: !limits.exemptsLoopback
        case .proxy: false
        }
    }
}
