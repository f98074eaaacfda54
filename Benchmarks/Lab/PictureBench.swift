import Foundation
import GANEngine
import Lab

/// Pictures of a frame as the page shows it: 450 reals, 450 fakes with gradients, 50 × 50 heatmap, manifold.
enum PictureBench {
    static func run() {
        let frames = (0..<10).map(picture)
        report("picture of 600 × 600 as PNG", short(seconds { _ = frames[0].png(side: 600) }))
        report("picture of 600 × 600 as SVG", short(seconds { _ = frames[0].svg(side: 600, title: "") }))
        var gif = GIF(width: 400, height: 400)
        let time = seconds(runs: 1) {
            for frame in frames { gif.add(frame.bitmap(side: 400), centiseconds: 4) }
        }
        report(
            "animation of 400 × 400, a frame",
            "\(short(time / Double(frames.count))), \(gif.count / frames.count / 1_024) kB")
    }

    private static func picture(_ time: Int) -> LayeredPicture {
        let phase = Double(time) / 10
        let reals = (0..<450).map { circle($0, radius: 1) }
        let fakes = (0..<450).map { index -> Point in
            let wobble: Double = sin(Double(index * 7))
            return circle(index, radius: 0.2 + 0.6 * phase + 0.1 * wobble)
        }
        let heat = (0..<2_500).map { index -> Float in
            let wave: Double = sin(Double(index % 50) / 8 + phase)
            return Float(0.5 + 0.5 * wave)
        }
        let sheet = (0..<21 * 21).map { index -> Point in
            let column = Float(index % 21)
            let row = Float(index / 21)
            return Point(column / 20 - 0.5 + Float(phase) / 10, row / 20 - 0.5)
        }
        return LayeredPicture(
            view: View(centre: Point(0, 0), halfExtent: 1.4),
            layers: [
                .heatmap(side: 50, heat), .real(reals), .fake(fakes), .gradients(fakes),
                .manifold(columns: 20, rows: 20, sheet),
            ])
    }

    private static func circle(_ index: Int, radius: Double) -> Point {
        Point(Float(radius * cos(Double(index))), Float(radius * sin(Double(index))))
    }
}
