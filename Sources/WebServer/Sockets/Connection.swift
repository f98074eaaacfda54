import CSockets
import Glibc

/// Who is told that a connection is gone.
protocol ConnectionOwner: AnyObject {
    func connectionClosed(_ connection: Connection)
}

/// One accepted socket: moves bytes between it and the driver, with bounded memory in both directions.
///
/// Bytes are received into the loop's one buffer and parsed there; only what a driver leaves over is copied. Reading
/// stops while the peer does not take what it was sent, so a client that never reads costs a constant.
final class Connection: EventSource {
    private enum Phase {
        case open
        /// Sends what is queued, then closes.
        case finishing(lingers: Bool)
        /// Has sent everything and reads on until the peer is done, at the latest until `end`, so that no reset destroys
        /// what the peer has not yet read (RFC 9112 §9.6).
        case lingering(end: UInt64)
        case closed
    }

    /// Reading stops while more than this waits to be sent.
    private static let outputHighWater = 1 << 18
    private static let inputLimit = 1 << 16
    /// What the system may hold for a peer that does not read.
    private static let unsentLimit: Int32 = 1 << 18
    /// The same for what it can no longer replace by something newer once the system has it.
    private static let unsentFrameLimit: Int32 = 1 << 16
    /// Lingering ends when nothing comes for this long, and after this long in any case.
    private static let lingerPause: UInt64 = 2_000_000_000
    private static let lingerTime: UInt64 = 30_000_000_000

    let loop: EventLoop
    /// The peer's numeric address, without the port.
    let remoteAddress: String
    private(set) var token = Token(rawValue: 0)
    var output = OutputQueue()

    private var descriptor: Descriptor?
    private let rawDescriptor: Int32
    private let transport: any Transport
    private let traffic: Traffic
    /// Nanoseconds that a peer may go without taking a byte.
    private let writeTimeout: UInt64
    private let owner: any ConnectionOwner
    private(set) var driver: (any ConnectionDriver)?
    private var phase = Phase.open
    private var interest: Readiness = .readable
    /// Received, not yet understood.
    private var input: [UInt8] = []
    private var hasEnded = false
    /// Output is gathered while the connection works and leaves when it is done.
    private var isCorked = true
    private var driverDeadline = UInt64.max
    /// What the driver's deadline was set to, in nanoseconds from then on.
    private var driverPatience = UInt64.max
    private var writeDeadline = UInt64.max

    /// `writeTimeout` is in seconds: how long the peer may go without taking a byte of what it is sent.
    init(
        _ descriptor: consuming Descriptor, transport: any Transport, remoteAddress: String,
        on loop: EventLoop,
        traffic: Traffic, writeTimeout: Double, owner: any ConnectionOwner
    ) {
        rawDescriptor = descriptor.raw
        self.descriptor = consume descriptor
        self.transport = transport
        self.remoteAddress = remoteAddress
        self.loop = loop
        self.traffic = traffic
        self.writeTimeout = UInt64(writeTimeout * 1e9)
        self.owner = owner
    }

    /// Has the loop watch it, and `driver` answer it.
    func open(with driver: any ConnectionDriver) throws(SystemError) {
        token = try loop.register(self, descriptor: rawDescriptor, interest: interest)
        self.driver = driver
        isCorked = false
        limitUnsent(to: Self.unsentLimit)
    }

    // MARK: For drivers

    /// Whether what is sent and received is encrypted.
    var isSecure: Bool { transport.isEncrypted }

    var now: UInt64 { loop.now }

    var isOpen: Bool { if case .open = phase { true } else { false } }

    /// Whether the peer has enough to read for now.
    var isCongested: Bool { output.count > Self.outputHighWater }

    /// Goes on with another protocol; it gets the bytes that follow.
    func upgrade(to driver: any ConnectionDriver) {
        self.driver = driver
        limitUnsent(to: Self.unsentFrameLimit)
    }

    /// Bytes were added to `output` outside of the connection's own turn.
    func outputAdded() {
        guard !isCorked else { return }
        isCorked = true
        loop.needsFlush(token)
    }

    /// Calls the driver's `expired` after so many seconds; infinity for never. While output waits for the peer, the time
    /// does not run out: a peer cannot answer what it has yet to take, and the write timeout says how long it may take.
    func setDeadline(after seconds: Double) {
        driverPatience = seconds.isFinite ? UInt64(seconds * 1e9) : .max
        restartDriverDeadline()
    }

    /// Closes once the output has been sent. Lingering is for when the peer may still be sending.
    func finish(lingers: Bool) {
        guard isOpen else { return }
        phase = .finishing(lingers: lingers || !input.isEmpty)
        input = []
        outputAdded()
    }

    /// Closes at once.
    func close() {
        if case .closed = phase { return }
        phase = .closed
        loop.unregister(token, descriptor: rawDescriptor)
        descriptor = nil
        input = []
        output = OutputQueue()
        let driver = driver
        self.driver = nil
        driver?.closed()
        owner.connectionClosed(self)
    }

    /// Has the driver finish what is under way.
    func stop() {
        driver?.stop()
        outputAdded()
    }

    // MARK: EventSource

    func ready(_ readiness: Readiness) {
        isCorked = true
        if readiness.contains(.readable) || transport.wantsToWrite {
            receive()
        } else if readiness.contains(.hungUp), !interest.contains(.readable) {
            return close()
        }
        settle()
    }

    func notified() {
        // With two thousand viewers, coming back later would mean fetching all of this into the cache again.
        isCorked = true
        driver?.notified()
        settle()
    }

    func notifiedOnLoop() { driver?.notified() }

    func flush() {
        settle()
    }

    func expired() {
        if now >= writeDeadline { return close() }
        guard now >= driverDeadline else { return updateDeadline() }
        // On a busy machine, what arrived in time may not have been read in time.
        if isOpen, interest.contains(.readable) { ready(.readable) }
        guard now >= driverDeadline else { return }
        if !output.isEmpty { return restartDriverDeadline() }
        driverDeadline = .max
        updateDeadline()
        guard isOpen, let driver else { return close() }
        driver.expired()
        outputAdded()
    }

    // MARK: Reading

    private func receive() {
        if case .closed = phase { return }
        guard !hasEnded else { return }
        switch transport.read(into: loop.readBuffer) {
        case .moved(let count):
            traffic.bytesReceived.add(count)
            if isOpen { feed(.init(rebasing: loop.readBuffer[..<count])) } else { prolongLingering() }
            if transport.hasEnded { inputEnded() }
        case .wouldBlock: break
        case .ended: inputEnded()
        case .failed: close()
        }
    }

    private func inputEnded() {
        hasEnded = true
        if case .lingering = phase { close() }
    }

    private func feed(_ bytes: UnsafeMutableRawBufferPointer) {
        guard input.isEmpty else {
            input.append(contentsOf: bytes)
            return pump()
        }
        let used = take(bytes)
        if isOpen, used < bytes.count { input.append(contentsOf: bytes[used...]) }
    }

    /// Offers the kept input again.
    private func pump() {
        // Taken out while the driver works: what it calls may close this connection.
        var held: [UInt8] = []
        swap(&held, &input)
        let used = held.withUnsafeMutableBytes { take($0) }
        guard isOpen, used < held.count else { return }
        held.removeFirst(used)
        input = held
    }

    private func take(_ bytes: UnsafeMutableRawBufferPointer) -> Int {
        var used = 0
        while isOpen, used < bytes.count, let driver {
            let count = driver.receive(.init(rebasing: bytes[used...]))
            if count == 0 { break }
            used += count
        }
        return used
    }

    /// The peer is still sending what nobody waits for.
    private func prolongLingering() {
        guard case .lingering(let end) = phase else { return }
        driverDeadline = min(now + Self.lingerPause, end)
        updateDeadline()
    }

    // MARK: Writing

    /// Sends what there is, takes up input that had to wait for it, and tells the loop what to wait for now.
    private func settle() {
        isCorked = true
        send()
        var waiting = 0
        while isOpen, !isCongested, input.count != waiting {
            waiting = input.count
            pump()
            send()
        }
        // Only now: what the peer said before it closed its side is still to be answered.
        if hasEnded, isOpen, !isCongested, driver?.isPaused != true {
            driver?.peerEnded()
            send()
        }
        if output.isEmpty { finishIfDue() }
        isCorked = false
        updateInterest()
    }

    private func send() {
        while !output.isEmpty {
            guard case .moved(let count) = output.write(to: transport) else { return close() }
            traffic.bytesSent.add(count)
            let isBlocked = !output.isEmpty
            if !isBlocked {
                writeDeadline = .max
            } else if count > 0 || writeDeadline == .max {
                writeDeadline = now + writeTimeout
            }
            updateDeadline()
            // The driver may have something that waited for its turn.
            driver?.wrote()
            if isBlocked { break }
        }
    }

    private func finishIfDue() {
        guard case .finishing(let lingers) = phase else { return }
        transport.finish()
        guard lingers, !hasEnded else { return close() }
        phase = .lingering(end: now + Self.lingerTime)
        prolongLingering()
    }

    private func limitUnsent(to bytes: Int32) {
        var bytes = bytes
        setsockopt(rawDescriptor, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, &bytes, 4)
    }

    private func updateInterest() {
        if case .closed = phase { return }
        var wanted: Readiness = []
        let mayRead = !isCongested && driver?.isPaused != true
        if !hasEnded, input.count < Self.inputLimit, mayRead { wanted.insert(.readable) }
        if !output.isEmpty || transport.wantsToWrite { wanted.insert(.writable) }
        guard wanted != interest else { return }
        interest = wanted
        loop.setInterest(wanted, of: token, descriptor: rawDescriptor)
    }

    private func restartDriverDeadline() {
        driverDeadline = driverPatience == .max ? .max : now + driverPatience
        updateDeadline()
    }

    private func updateDeadline() {
        if case .closed = phase { return }
        loop.setDeadline(min(driverDeadline, writeDeadline), of: token)
    }
}
