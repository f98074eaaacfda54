import CKernels

/// The vector instructions that a kernel uses. All give the same bits; they differ in speed alone.
public enum InstructionSet: Int32, CaseIterable, Comparable, Sendable {
    /// What every processor of the architecture has.
    case any = 0
    /// AVX2 and FMA: 8 lanes.
    case avx2 = 1
    /// AVX-512 F, BW, DQ and VL: 16 lanes.
    case avx512 = 2

    /// The best one of this processor.
    public static let best = InstructionSet(rawValue: best_instruction_set()) ?? .any

    /// Those that this processor has.
    public static var available: [InstructionSet] { allCases.filter { $0 <= best } }

    /// Older first.
    public static func < (a: InstructionSet, b: InstructionSet) -> Bool { a.rawValue < b.rawValue }

    /// The table of samplers that uses it. Immutable and never freed.
    @inline(__always)
    var samplers: UnsafePointer<Samplers> { samplers_for(rawValue) }
}
