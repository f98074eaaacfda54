import Testing

/// Bounds how many tests run real servers at the same time, in all test targets together.
///
/// The test runner starts as many tests as the machine claims to have cores. A container that may use two of ninety-six
/// would run ninety servers, each with threads of its own, on those two.
public struct RealServers: SuiteTrait, TestTrait, TestScoping {
    private static let places = Places(4)

    public let isRecursive = true

    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        // A suite as a whole only waits for its tests.
        guard testCase != nil else { return try await function() }
        await Self.places.take()
        do {
            try await function()
        } catch {
            await Self.places.giveBack()
            throw error
        }
        await Self.places.giveBack()
    }
}

extension Trait where Self == RealServers {
    /// For suites whose tests start servers; see ``RealServers``.
    public static var realServers: Self { RealServers() }
}

/// A counting semaphore for which tasks wait without blocking a thread; first come, first served.
private actor Places {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func giveBack() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
