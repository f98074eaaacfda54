import GANEngine

/// What an edit is to a person: how it is named in the tree, and with what it is undone together.
struct EditDescription {
    var label: String
    var paths: Set<String> = []
    var gesture: String?

    init(_ label: String) {
        self.label = label
    }

    /// Another experiment, instead of `current`: one that ships with the lab has a name, and one that differs only in its
    /// seed is called by that.
    init(opening recipe: Recipe, insteadOf current: Recipe) {
        var sibling = current
        sibling.settings.seed = recipe.settings.seed
        let preset = Preset.all.first { $0.recipe == recipe }
        self.init(preset.map { "preset \($0.name)" } ?? (sibling == recipe ? "seed" : "loaded"))
    }

    init(_ paths: [String], gesture: String?) {
        label = paths.joined(separator: ", ")
        self.paths = Set(paths)
        self.gesture = gesture
    }
}
