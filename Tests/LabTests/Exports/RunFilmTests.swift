import GANEngine
import Lab
import Testing

/// The animation of a run, looked at by Pillow.
@Suite struct RunFilmTests {
    /// The whole film, made in slices as the lab does.
    private static func film(_ film: RunFilm) -> [UInt8] {
        var film = film
        while !film.advance(until: .now + .milliseconds(2)) {}
        return film.bytes
    }

    @Test func whatIsKnownOfTheRunIsNotReplayed() throws {
        var recipe = Recipe()
        recipe.settings.batch = 16
        let experiment = try Experiment(recipe)
        var checkpoints: [Checkpoint] = []
        for _ in 0..<4 {
            try experiment.run(steps: 25)
            checkpoints.append(experiment.checkpoint())
        }
        let replayed = try Self.film(RunFilm(of: recipe, upTo: 100, frames: 3, side: 64))
        let known = try Self.film(RunFilm(of: recipe, upTo: 100, knowing: checkpoints, frames: 3, side: 64))
        #expect(replayed == known)
    }

    @Test func itBeginsAtTheStartAndEndsWhereItWasAsked() throws {
        var recipe = Recipe()
        recipe.settings.batch = 16
        let folder = try TemporaryFolder()
        let gif = try Self.film(RunFilm(of: recipe, upTo: 300, frames: 6, side: 128))
        let last = try Self.film(RunFilm(of: recipe, upTo: 300, frames: 2, side: 128))
        let script = """
            import sys
            from PIL import Image
            def frames(path):
                image = Image.open(path)
                for index in range(image.n_frames):
                    image.seek(index)
                    yield image.convert("RGB").tobytes(), image.info["duration"]
            film, ends = list(frames(sys.argv[1])), list(frames(sys.argv[2]))
            print(len(film), len({pixels for pixels, _ in film}), [duration for _, duration in film])
            # Two ways to the same step: colours may be rounded differently, the picture is the same.
            near = lambda a, b: sum(abs(x - y) for x, y in zip(a, b)) / len(a)
            print(film[0] == ends[0], near(film[-1][0], ends[-1][0]) < 3)
            """
        let answer = try Python.run(script, folder.file("film.gif", gif), folder.file("ends.gif", last))
        #expect(answer == "6 6 [70, 70, 70, 70, 70, 2000]\nTrue True")
    }

    @Test func aDivergedRunEndsWhereItDid() throws {
        var recipe = Recipe()
        recipe.settings.generator.optimizer.kind = .sgd
        recipe.settings.generator.optimizer.learningRate = 10
        recipe.settings.discriminator.optimizer.kind = .sgd
        recipe.settings.discriminator.optimizer.learningRate = 10
        recipe.settings.loss.kind = .leastSquares
        let experiment = try Experiment(recipe)
        #expect(throws: Divergence.self) { try experiment.run(steps: 10_000) }
        let gif = try Self.film(RunFilm(of: recipe, upTo: 10_000, frames: 10, side: 64))
        #expect(gif.starts(with: Array("GIF89a".utf8)) && gif.last == 0x3B)
    }
}
