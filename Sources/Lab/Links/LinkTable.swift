import GANEngine

/// What both ends of a link of one version know, so that a link need not say it.
///
/// Frozen once links of the version have been shared. A new setting or choice needs no entry, it is merely spelled out; a
/// new default needs none either. When the links grow too long, begin another version.
struct LinkTable: Sendable {
    /// The first byte of a link.
    let version: UInt8
    /// What an experiment starts from if the link mentions nothing.
    let start: Settings
    /// What deflate may refer to instead of repeating it: names as they stand in a link, the likeliest last.
    let dictionary: [UInt8]

    /// - Parameters:
    ///   - recipes: Whose defaults hold for a setting that came after the table.
    ///   - defaults: What else a setting is if the link does not mention it.
    ///   - words: Of the dictionary, beside the settings' names.
    init(version: UInt8, recipes: RecipeVersion, defaults: [String: Value], words: [String]) {
        self.version = version
        var start = Settings(recipes)
        for (path, value) in defaults {
            // Cannot throw: what a setting may be only ever grows.
            try? start.set(path, to: value)
        }
        self.start = start
        var writer = ByteWriter()
        for name in words + defaults.keys.sorted(by: >) { writer.write(text: name) }
        dictionary = writer.bytes
    }

    /// The settings that a link has to mention.
    func differences(of settings: Settings) -> [(path: String, value: Value)] {
        Schema.fields.compactMap { field in
            let value = settings.value(at: field.path)
            return value == start.value(at: field.path) ? nil : value.map { (field.path, $0) }
        }
    }

    /// Those that can be read: all that ever were, the newest first.
    static let all = [version2, version1]

    /// The one under which the least has to be said. An experiment of the first labs keeps the link that it had.
    static func shortest(for settings: Settings) -> LinkTable {
        all.min { $0.differences(of: settings).count < $1.differences(of: settings).count } ?? version2
    }
}
