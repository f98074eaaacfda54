import Synchronization

/// How often experiments are saved to the gallery, by one browser and from one address. What they may fill is the store's
/// to say.
final class SaveLimits: Sendable {
    /// A class of 300 behind one address saves three times each in a lesson.
    private let byAddress = Mutex(Allowance<ClientAddress>(burst: 1_000, interval: .seconds(10)))
    private let byOwner = Mutex(Allowance<OwnerToken.Hash>(burst: 100, interval: .seconds(10)))

    /// Counts one more, or says why it has to wait.
    func admit(_ owner: OwnerToken.Hash, from client: ClientAddress) -> CommandError? {
        let now = ContinuousClock.now
        if !byOwner.withLock({ $0.take(owner, at: now) }) {
            return CommandError(
                .tooOften, "You have saved very many experiments just now. Try again in a minute.")
        }
        if !byAddress.withLock({ $0.take(client, at: now) }) {
            return CommandError(
                .tooOften,
                "Very many experiments were saved from your address just now. Try again in a minute.")
        }
        return nil
    }
}
