import Lab
import Testing

/// Who gets a place in the lab when many want one, and who makes room.
@Suite("Places")
struct PlacesTests {
    private static let start = ContinuousClock.now
    private let here = ClientAddress("192.0.2.1")
    private let there = ClientAddress("192.0.2.2")
    private var now: ContinuousClock.Instant { Self.start + .seconds(1_000) }

    private func places(_ total: Int, isLasting: Bool = true) -> Places {
        Places(total: total, isLasting: isLasting, absence: .seconds(300))
    }

    /// Sessions of a client, the one that came first at the front, under the names ``name(_:_:)``; `ago` is in seconds.
    private func sessions(
        _ count: Int, _ kind: String = "any", of client: ClientAddress, isTouched: Bool, isWatched: Bool,
        ago: Int = 10
    ) -> [Places.Occupant] {
        (0..<count).map {
            Places.Occupant(
                session: name(kind, $0), client: client, isTouched: isTouched, isWatched: isWatched,
                since: now - .seconds(ago) + .milliseconds($0))
        }
    }

    private func name(_ kind: String, _ index: Int) -> SessionID {
        SessionID("places-test-\(kind)-\(1_000 + index)") ?? .random()
    }

    @Test("A class of 300 behind one address finds 300 places, and then others still find one")
    func classroom() {
        let places = Places(total: LabLimits().sessions, isLasting: false, absence: .seconds(300))
        var present: [Places.Occupant] = []
        while places.admission(of: here, among: present, at: now) == .free {
            present += sessions(1, of: here, isTouched: true, isWatched: true)
        }
        #expect(present.count >= 300)
        #expect(places.admission(of: here, among: present, at: now) == .refused(isFullForAll: false))
        let guests = 30
        for _ in 0..<guests {
            #expect(places.admission(of: there, among: present, at: now) == .free)
            present += sessions(1, of: there, isTouched: true, isWatched: true)
        }
    }

    @Test("Whom somebody watches and has worked on is never sent away")
    func working() {
        let present = sessions(8, of: here, isTouched: true, isWatched: true, ago: 999)
        for client in [here, there] {
            #expect(places(8).admission(of: client, among: present, at: now) == .refused(isFullForAll: true))
        }
    }

    @Test("Who has worked on nothing and left goes first, whoever has been away for longer")
    func pristineFirst() {
        let left = sessions(4, "left", of: here, isTouched: true, isWatched: false, ago: 900)
        let pristine = sessions(4, "pristine", of: here, isTouched: false, isWatched: false, ago: 5)
        #expect(
            places(8).admission(of: there, among: left + pristine, at: now)
                == .insteadOf(name("pristine", 0)))
        #expect(places(4).admission(of: there, among: left, at: now) == .insteadOf(name("left", 0)))
    }

    @Test("Without a store, what somebody left a moment ago is not given up for anybody")
    func absence() {
        let left = sessions(8, "left", of: here, isTouched: true, isWatched: false, ago: 5)
        let places = places(8, isLasting: false)
        #expect(places.admission(of: there, among: left, at: now) == .refused(isFullForAll: true))
        let old = sessions(1, "old", of: here, isTouched: true, isWatched: false, ago: 301)
        #expect(
            places.admission(of: there, among: left.dropLast() + old, at: now) == .insteadOf(name("old", 0)))
    }

    @Test("Pages that only look make room for a client that has fewer places")
    func looking() {
        let looking = sessions(6, "looking", of: here, isTouched: false, isWatched: true)
        let working = sessions(2, of: here, isTouched: true, isWatched: true, ago: 900)
        #expect(
            places(8).admission(of: there, among: working + looking, at: now)
                == .insteadOf(name("looking", 0)))
        // Neither side gains by taking turns.
        let even = sessions(4, of: here, isTouched: false, isWatched: true)
        let other = sessions(4, of: there, isTouched: false, isWatched: true)
        #expect(places(8).admission(of: there, among: even + other, at: now) == .refused(isFullForAll: true))
    }

    @Test("A page that lies untouched for a minute makes room for another of its own address")
    func waiting() {
        let fresh = sessions(8, of: here, isTouched: false, isWatched: true, ago: 59)
        #expect(places(8).admission(of: here, among: fresh, at: now) == .refused(isFullForAll: true))
        let idle = sessions(8, "idle", of: here, isTouched: false, isWatched: true, ago: 61)
        #expect(places(8).admission(of: here, among: idle, at: now) == .insteadOf(name("idle", 0)))
    }

    @Test(
        "An address is one client however it is written, and so is an IPv6 network",
        arguments: [
            ("192.0.2.1", "::ffff:192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
            ("2001:db8::1", "2001:db8:0:0:ffff::9", true), ("2001:db8::1", "2001:db8:0:1::1", false),
            ("fe80::1%eth0", "fe80::2%eth1", true), ("192.0.2.1", "::1", false),
        ])
    func addresses(one: String, other: String, isSame: Bool) {
        #expect((ClientAddress(one) == ClientAddress(other)) == isSame)
    }
}

/// How often is often enough.
@Suite struct AllowanceTests {
    @Test func aNumberAtOnceAndThenOneEveryInterval() {
        var allowance = Allowance<Int>(burst: 3, interval: .seconds(10))
        let start = ContinuousClock.now
        func take(_ times: Int, of key: Int = 1, after seconds: Int) -> [Bool] {
            (0..<times).map { _ in allowance.take(key, at: start + .seconds(seconds)) }
        }
        #expect(take(5, after: 0) == [true, true, true, false, false])
        #expect(take(1, of: 2, after: 0) == [true], "everybody for themselves")
        #expect(take(1, after: 9) == [false])
        #expect(take(2, after: 10) == [true, false])
        #expect(take(1, after: 19) == [false])
        #expect(take(4, after: 1_000) == [true, true, true, false])
    }
}
