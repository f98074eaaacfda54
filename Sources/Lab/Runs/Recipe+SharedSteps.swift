import GANEngine

extension Recipe {
    /// The last step at which this recipe and another are still the same experiment; nil if they never are.
    ///
    /// Weights, charts and checkpoints up to that step can be carried from one to the other.
    func sharedSteps(with other: Recipe) -> Int? {
        guard settings == other.settings else { return nil }
        for (mine, others) in zip(timeline, other.timeline) where mine != others {
            return min(mine.step, others.step)
        }
        let longer = timeline.count > other.timeline.count ? timeline : other.timeline
        let common = min(timeline.count, other.timeline.count)
        return common < longer.count ? longer[common].step : .max
    }
}
