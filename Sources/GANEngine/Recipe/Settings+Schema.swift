extension Settings {
    /// The value of the setting at a ``Schema`` path, or nil if there is none of that name.
    public func value(at path: String) -> Value? { Schema.field(path)?.read(self) }

    /// Changes one setting; throws, and changes nothing, if there is none of that name or the value is not allowed.
    public mutating func set(_ path: String, to value: Value) throws(RecipeError) {
        guard let field = Schema.field(path) else {
            throw RecipeError(
                .unknownSetting, at: path.excerpt(80), "there is no setting named “\(path.excerpt(80))”")
        }
        try field.write(&self, value)
    }

    /// Throws unless the settings make sense together; each setting by itself is in range already.
    public func validate() throws(RecipeError) {
        guard generator.updates + discriminator.updates > 0 else {
            throw RecipeError(
                .contradiction, at: "discriminator.updates",
                "at least one network must learn: generator.updates and discriminator.updates are both 0")
        }
        guard batch.isMultiple(of: discriminator.packing) else {
            throw RecipeError(
                .contradiction, at: "batch",
                "batch must be a multiple of discriminator.packing; got \(batch) and \(discriminator.packing)"
            )
        }
        guard discriminator.unrolling == 0 || !discriminator.spectralNormalization else {
            throw RecipeError(
                .contradiction, at: "discriminator.unrolling",
                "an unrolled discriminator cannot be normalised spectrally: switch one of the two off")
        }
        guard stepCost <= Bounds.stepCost else {
            throw RecipeError(
                .tooLarge, at: "batch",
                "one step would take as long as \(Int(clamping: stepCost / 1e9)) billion operations, "
                    + "and \(Int(clamping: Bounds.stepCost / 1e9)) are allowed: "
                    + "use fewer neurons, layers, updates or updates ahead, or a smaller batch")
        }
    }
}

extension Settings: Encodable {
    /// Takes over a flat object of ``Schema`` paths; what is left out stays, and what is unknown is refused.
    mutating func read(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: SchemaKey.self)
        for key in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
            try set(key.stringValue, to: container.decode(Value.self, forKey: key))
        }
    }

    /// Every setting, so that a recipe still means the same should a default ever change.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: SchemaKey.self)
        for field in Schema.fields {
            try container.encode(field.read(self), forKey: SchemaKey(field.path))
        }
    }
}

/// A ``Schema`` path as a key of a JSON object.
private struct SchemaKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ path: String) { stringValue = path }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}
