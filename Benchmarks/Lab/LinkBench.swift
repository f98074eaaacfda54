import Foundation
import GANEngine
import Lab

/// Links: how long they are, and how soon they are open.
enum LinkBench {
    static func run() throws {
        try measure("default", Recipe())
        let edits = (0..<20).map { step in
            Edit(
                step: step * 500,
                change: .set(
                    path: "generator.optimizer.learningRate", value: .number(Double(step + 1) / 1_000)))
        }
        try measure("20 edits", Recipe(timeline: edits))
        try measure("drawing of 2,000 points", drawing)
        for step in [1_000, 10_000, 100_000] {
            let text = Link(recipe: Recipe(), step: step).text
            let time = try seconds(runs: 3) {
                let link = try Link(text: text)
                try Experiment(link.recipe).run(steps: link.step)
            }
            report("opening a link at step \(step), default networks, replayed", short(time))
        }
    }

    private static func measure(_ name: String, _ recipe: Recipe) throws {
        let link = Link(recipe: recipe, step: 10_000)
        let text = link.text
        let times = 50
        let write = seconds { for _ in 0..<times { _ = link.text } } / Double(times)
        let read = try seconds { for _ in 0..<times { _ = try Link(text: text) } } / Double(times)
        report(
            "link, \(name)", "\(text.count) characters, written in \(short(write)), read in \(short(read))")
    }

    /// Forty strokes of fifty points, as a hand draws them.
    private static var drawing: Recipe {
        let strokes = (0..<40).map { stroke -> Stroke in
            let points = (0..<50).map { index -> Point in
                let angle = Double(index) / 8 + Double(stroke)
                let x: Double = 0.5 + 0.3 * sin(angle)
                let y: Double = 0.5 + 0.01 * Double(stroke) - 0.1 * sin(angle * 1.7)
                return Point(Float(x), Float(y))
            }
            return Stroke(points: points, width: 0.02)
        }
        var recipe = Recipe()
        recipe.settings.target = Target.drawing(strokes).onGrid
        return recipe
    }
}
