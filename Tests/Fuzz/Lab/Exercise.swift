import GANEngine

extension FuzzedLab {
    /// Does with the session that is open what a person can do, as far as the input's depth goes.
    func exercise() {
        watch(Self.outside)
        say("play")
        run(turns: 2)
        say("explain")
        if depth >= .full { exerciseAll() }
        watch(FrameRequest.Layer.allCases)
    }

    private func exerciseAll() {
        say("pause")
        say("step", #""only":"generator""#)
        say("step", #""count":3"#)
        say("explain", #""only":"discriminator""#)
        say("compare")
        say("step")
        watch(Self.outside)
        say("compareStop")
        say("set", #""path":"loss.kind","to":"wasserstein""#)
        say("step")
        say("undo")
        say("redo")
        say("checkout", #""branch":0"#)
        say("seek", #""step":1"#)
        say("seek", #""step":0"#)
        if depth >= .thorough { say("seeds", #""count":2,"steps":1"#) }
        say("link")
        export()
    }

    /// What is cheap to look at.
    private static let outside: [FrameRequest.Layer] = [
        .real, .fake, .gradients, .heatmap, .manifold, .scores, .losses, .latent, .pulls,
    ]

    /// Asks for what frames can show, as small as it can be.
    private func watch(_ layers: [FrameRequest.Layer]) {
        let names = layers.filter { depth >= .thorough || !Self.measured.contains($0) }
            .map { #""\#($0.rawValue)""# }.joined(separator: ",")
        say(
            "watch",
            #""layers":[\#(names)],"grid":8,"manifold":2,"fakes":4,"reals":4,"ablate":[{"network":"generator","layer":0,"unit":0}]"#
        )
    }

    /// Takes the session home in every form. What can be read back is.
    private func export() {
        guard let session else { return }
        let path = "/api/sessions/\(session)"
        let recipe = request(.get, "\(path)/recipe").map { bytes in
            guard let recipe = try? RecipeFile.decode(bytes) else {
                fatalError("a recipe that is refused")
            }
            return recipe
        }
        guard let recipe else { return }
        check(linkTo: recipe)
        if let bytes = request(.get, "\(path)/checkpoint") {
            guard let checkpoint = try? Checkpoint(bytes: bytes) else {
                fatalError("an unreadable checkpoint")
            }
            expect(checkpoint.bytes == bytes, "another checkpoint")
        }
        if let bytes = request(.get, "\(path)/safetensors") {
            expect((try? SafeTensors(bytes: bytes)) != nil, "an unreadable safetensors file")
        }
        for file in ["samples.csv", "metrics.csv", "numpy.py"] { request(.get, "\(path)/\(file)") }
        guard depth >= .thorough else { return }
        request(.get, "\(path)/picture.png?side=64")
        if let picture = request(.get, "\(path)/picture.svg?side=64") {
            let text = String(decoding: picture, as: UTF8.self)
            expect(!text.contains("nan") && !text.contains("inf"), "a picture with no number in it")
        }
        guard var film = try? RunFilm(of: recipe, upTo: 2, frames: 2, side: 64) else {
            fatalError("a recipe that cannot be filmed")
        }
        while !film.advance(until: .now) {}
        request(.post, "/api/gallery", body: Array(#"{"session":"\#(session)","title":"fuzzed"}"#.utf8))
        request(.get, "/api/gallery")
    }

    /// A link leads to the very same experiment.
    private func check(linkTo recipe: Recipe) {
        let link = Link(recipe: recipe, step: 7)
        guard let read = try? Link(bytes: link.bytes) else {
            fatalError("a link that cannot be read")
        }
        expect(read == link, "a link to another experiment")
    }
}
