/// Something that trainers do, one short slice at a time.
///
/// The pool never runs two slices of the same work at once, so what a slice touches needs no other protection
/// against itself.
package protocol Work: AnyObject, Sendable {
    /// Goes on until about `deadline`, sooner if there is nothing left to do. Never blocks.
    func slice(until deadline: ContinuousClock.Instant) -> Progress
}

/// What work wants after a slice.
package enum Progress: Equatable, Sendable {
    /// Another slice, after everybody else's turn.
    case again
    /// A slice at that time, or when woken.
    case at(ContinuousClock.Instant)
    /// Nothing until woken.
    case idle
}
