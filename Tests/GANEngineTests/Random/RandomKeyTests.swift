import Foundation
import GANEngine
import Testing

@Suite("Random numbers")
struct RandomKeyTests {
    private let stream = RandomStream(seed: 1, .real)

    @Test("are the same bits on every instruction set", arguments: RandomDistribution.allCases)
    func sameBitsOnEveryInstructionSet(distribution: RandomDistribution) {
        let key = stream.key(step: 12_345, update: 3)
        let reference = key.numbers(4_096, distribution, with: .any).map(\.bitPattern)
        for instructions in InstructionSet.available {
            #expect(key.numbers(4_096, distribution, with: instructions).map(\.bitPattern) == reference)
        }
    }

    @Test("are pinned, because a link to an experiment holds nothing but its seed")
    func pinned() {
        let key = stream.key(step: 7, update: 2)
        let bits = { (distribution: RandomDistribution) in key.numbers(4, distribution).map(\.bitPattern) }
        #expect(key.words(4) == [1_728_800_173, 2_637_978_732, 3_454_416_519, 1_081_183_967])
        #expect(bits(.uniform) == [1_053_693_642, 1_058_880_604, 1_062_069_814, 1_048_634_140])
        #expect(bits(.normal) == [3_215_729_458, 3_205_455_333, 3_198_735_285, 1_070_805_501])
        #expect(bits(.truncated) == [1_061_982_098, 1_046_594_143, 1_052_881_001, 1_059_666_601])
    }

    @Test("do not depend on how many are drawn")
    func prefixStable() {
        let key = stream.key(step: 1)
        #expect(key.words(5) == Array(key.words(1_000).prefix(5)))
        #expect(key.numbers(33, .normal) == Array(key.numbers(1_000, .normal).prefix(33)))
    }

    @Test("of a tile are laid out row by row, channels innermost")
    func layout() {
        let key = stream.key(step: 1)
        var tiles = [Float](repeating: 0, count: 3 * 2 * 32)
        tiles.withUnsafeMutableBufferPointer { key.fill($0.baseAddress!, tiles: 3, channels: 2, .uniform) }
        let firstChannel = (0..<3).flatMap { row in tiles[row * 64..<row * 64 + 32] }
        #expect(firstChannel == key.numbers(96, .uniform))
        #expect(Set(tiles).count > 180)
    }

    @Test("differ between seeds, purposes, steps and updates")
    func keysDiffer() {
        var seen = Set<[UInt32]>()
        for seed in 0..<10 as Range<UInt32> {
            for purpose in StreamPurpose.allCases {
                for step in 0..<20 {
                    for update in 0..<5 {
                        let key = RandomStream(seed: seed, purpose).key(step: step, update: update)
                        seen.insert([key.a, key.b])
                    }
                }
            }
        }
        #expect(seen.count == 10 * StreamPurpose.allCases.count * 20 * 5)
    }

    @Test("are uniform: chi-square over 256 cells stays within four sigma for every byte of the word")
    func uniformBytes() {
        let words = (0..<100).flatMap { stream.key(step: $0).words(10_000) }
        for shift in [0, 8, 16, 24] as [UInt32] {
            var counts = [Int](repeating: 0, count: 256)
            for word in words { counts[Int(word >> shift & 255)] += 1 }
            #expect(abs(chiSquareDeviation(counts)) < 4)
        }
    }

    @Test("are independent from element to element, step to step and stream to stream")
    func serialPairs() {
        let n = 200_000
        let here = stream.key(step: 50).words(n)
        let others = [
            Array(here.dropFirst()) + [0],
            stream.key(step: 51).words(n),
            stream.key(step: 50, update: 1).words(n),
            RandomStream(seed: 2, .real).key(step: 50).words(n),
            RandomStream(seed: 1, .discriminatorLatent).key(step: 50).words(n),
        ]
        for other in others {
            var counts = [Int](repeating: 0, count: 4_096)
            for (a, b) in zip(here, other) { counts[Int(a >> 26) << 6 | Int(b >> 26)] += 1 }
            #expect(abs(chiSquareDeviation(counts)) < 4)
            // Every bit of one against every bit of the other: agreement in half of the pairs.
            let pairs = Array(zip(here, other).prefix(10_000))
            for rotation in 0..<32 as Range<UInt32> {
                var agree = [Int](repeating: 0, count: 32)
                for (a, b) in pairs {
                    let same = ~(a ^ (b << rotation | b >> (32 - rotation)))
                    for bit in 0..<32 { agree[bit] += Int(same >> bit & 1) }
                }
                let excess = agree.map { Double(2 * $0 - pairs.count).magnitude }.max() ?? 0
                #expect(excess < 5 * Double(pairs.count).squareRoot())
            }
        }
    }

    @Test("of the first element are uniform over successive steps")
    func firstElementOverSteps() {
        var counts = [Int](repeating: 0, count: 256)
        for step in 0..<200_000 { counts[Int(stream.key(step: step).words(1)[0] >> 24)] += 1 }
        #expect(abs(chiSquareDeviation(counts)) < 4)
    }

    @Test("have the uniform distribution's moments and range")
    func uniformMoments() {
        let x = (0..<50).flatMap { stream.key(step: $0).numbers(20_000, .uniform) }.map(Double.init)
        #expect(x.allSatisfy { $0 >= 0 && $0 < 1 })
        #expect(abs(moment(x, 1) - 0.5) < 5 * (1.0 / 12 / 1e6).squareRoot())
        #expect(abs(moment(x, 2) - 1.0 / 3) < 5 * (4.0 / 45 / 1e6).squareRoot())
    }

    @Test("have the normal distribution's moments, cells and tails")
    func normalDistribution() {
        let x = (0..<50).flatMap { stream.key(step: $0).numbers(20_000, .normal) }.map(Double.init)
        for (power, (mean, variance)) in [(0.0, 1.0), (1, 2), (0, 15), (3, 96)].enumerated() {
            #expect(abs(moment(x, power + 1) - mean) < 5 * (variance / 1e6).squareRoot())
        }
        let edges = Array(stride(from: -4.0, through: 4.0, by: 0.25))
        let deviation = chiSquareDeviation(of: x, edges: edges) { 0.5 * erfc(-$0 / 2.0.squareRoot()) }
        #expect(abs(deviation) < 4)
    }

    @Test("come in pairs that do not correlate, neither themselves nor their squares")
    func normalPairs() {
        let x = (0..<50).flatMap { stream.key(step: $0).numbers(20_000, .normal) }.map(Double.init)
        for lag in [1, 2, 16, 32] {
            let products = zip(x, x.dropFirst(lag)).map { $0 * $1 }
            let squares = zip(x, x.dropFirst(lag)).map { ($0 * $0 - 1) * ($1 * $1 - 1) }
            #expect(abs(moment(products, 1)) < 5e-3)
            #expect(abs(moment(squares, 1)) < 1e-2)
        }
    }

    @Test("are exact to a few units in the last place of the formula that makes them")
    func normalAccuracy() {
        let key = stream.key(step: 3)
        let words = key.words(3_200)
        let numbers = key.numbers(3_200, .normal)
        var worst = 0.0
        for row in 0..<100 {
            for lane in 0..<16 {
                let u = Double((0x1p-32 as Float).addingProduct(Float(words[row * 32 + lane] >> 1), 0x1p-31))
                let angle = Double(words[row * 32 + lane + 16]) * 2 * .pi * 0x1p-32
                let radius = (-2 * log(u)).squareRoot()
                let expected = [radius * cos(angle), radius * sin(angle)]
                for (half, value) in expected.enumerated() {
                    let error = abs(Double(numbers[row * 32 + half * 16 + lane]) - value)
                    worst = max(worst, error / Double(Float(radius).ulp))
                }
            }
        }
        #expect(worst < 3)
    }

    @Test("have GAN Lab's truncated distribution: the inverse of its distribution function, to a few units")
    func truncated() {
        let key = stream.key(step: 4)
        let words = key.words(100_000)
        let x = key.numbers(100_000, .truncated).map(Double.init)
        #expect(x.allSatisfy { $0 >= 0 && $0 <= 1 })
        let inside = erf(2.0.squareRoot())
        for (word, value) in zip(words, x).prefix(10_000) {
            let w = Double(Int32(bitPattern: word)) * 0x1p-31 * inside
            #expect(abs(erf((value - 0.5) / 0.25 / 2.0.squareRoot()) - w) < 1e-6)
        }
        let edges = Array(stride(from: 0.0, through: 1.0, by: 0.05))
        let deviation = chiSquareDeviation(of: x, edges: edges) {
            0.5 + 0.5 * erf(($0 - 0.5) / 0.25 / 2.0.squareRoot()) / inside
        }
        #expect(abs(deviation) < 4)
    }
}

// MARK: Statistics

private func moment(_ x: [Double], _ power: Int) -> Double {
    x.reduce(0) { $0 + pow($1, Double(power)) } / Double(x.count)
}

/// (χ² − k) / √2k for `counts` against equal expectations: about standard normal when they are uniform.
private func chiSquareDeviation(_ counts: [Int]) -> Double {
    chiSquareDeviation(
        counts, expected: counts.map { _ in Double(counts.reduce(0, +)) / Double(counts.count) })
}

private func chiSquareDeviation(_ counts: [Int], expected: [Double]) -> Double {
    var chiSquare = 0.0
    for (count, mean) in zip(counts, expected) {
        chiSquare += (Double(count) - mean) * (Double(count) - mean) / mean
    }
    let freedom = Double(counts.count - 1)
    return (chiSquare - freedom) / (2 * freedom).squareRoot()
}

/// The same for cells between `edges` and beyond them, against a distribution function.
private func chiSquareDeviation(
    of x: [Double], edges: [Double], distribution: (Double) -> Double
) -> Double {
    var counts = [Int](repeating: 0, count: edges.count + 1)
    for value in x { counts[edges.firstIndex { value < $0 } ?? edges.count] += 1 }
    let cumulative = [0] + edges.map(distribution) + [1]
    let expected = zip(cumulative, cumulative.dropFirst()).map { ($1 - $0) * Double(x.count) }
    let kept = zip(counts, expected).filter { $0.1 > 5 }
    return chiSquareDeviation(kept.map(\.0), expected: kept.map(\.1))
}
