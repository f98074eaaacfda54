import Foundation
import GANEngine
import Lab
import Testing

/// A number that goes out as JSON or into a link comes back with the same bits: one lost bit is another experiment.
@Suite("Numbers keep their bits")
struct NumberTests {
    /// Finite numbers of all magnitudes, and the awkward ones among them.
    private static let doubles: [Double] = {
        var generator = SystemRandomNumberGenerator()
        let awkward = [
            0, -0.0, 1, -1, 0.1, 0.1 + 0.2, 1e23, .ulpOfOne, .leastNonzeroMagnitude, .leastNormalMagnitude,
            .greatestFiniteMagnitude, 1e-6 * 7 + 0.001,
        ]
        let random = (0..<20_000).map { _ in
            Double(bitPattern: .random(in: .min ... .max, using: &generator))
        }
        // What sliders and hands give: sums of round numbers, which end in a stray bit.
        let everyday = (0..<20_000).map { _ in Double.random(in: 1e-7...1) }
        let sums = (0..<5_000).map { 0.001 + Double($0) * 1e-6 }
        return awkward + random.filter(\.isFinite) + everyday + sums
    }()

    @Test("A setting, there and back as JSON")
    func settings() throws {
        for number in Self.doubles {
            let value = Value.number(number)
            let bytes = try JSONEncoder().encode([value])
            let back = try JSONDecoder().decode([Value].self, from: bytes)
            guard case .number(let returned) = back[0], returned.bitPattern == number.bitPattern else {
                Issue.record("\(number) became \(back) through \(String(decoding: bytes, as: UTF8.self))")
                return
            }
        }
    }

    @Test("A coordinate, there and back as JSON")
    func coordinates() throws {
        var generator = SystemRandomNumberGenerator()
        let random = (0..<40_000).map { _ in Float(bitPattern: .random(in: .min ... .max, using: &generator))
        }
        let everyday = (0..<40_000).map { _ in Float.random(in: -1...1) }
        for number in [0, -0.0, .leastNonzeroMagnitude] + random.filter(\.isFinite) + everyday {
            let bytes = try JSONEncoder().encode([number])
            let back = try JSONDecoder().decode([Float].self, from: bytes)
            guard back[0].bitPattern == number.bitPattern else {
                Issue.record("\(number) became \(back) through \(String(decoding: bytes, as: UTF8.self))")
                return
            }
        }
    }
}
