extension InstructionSet {
    /// Does `rounds` × 512 floating-point operations and nothing else: sixteen chains of fused multiply-adds
    /// in registers. What a clock says meanwhile is the most that one core can do with these instructions.
    public func multiplyAdd(rounds: Int) -> Float { kernels.pointee.peak(Int64(rounds)) }

    /// Floating-point operations of one round of ``multiplyAdd(rounds:)``.
    public static let operationsPerRound = 512
}
