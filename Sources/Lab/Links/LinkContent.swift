import GANEngine

/// What a link contains.
///
///     u8       0 plain, 1 deflated (RFC 1951) with the dictionary of the ``LinkTable``
///     varint   step
///     varint   number of settings, then each: text path, value (see ``LinkValue``)
///     varint   number of edits, then each:
///                varint  steps since the previous edit
///                u8      0 set, 1 only the generator, 2 only the discriminator, 3 draw
///                for 0:  text path, value
///                for 3:  stroke (see ``LinkTarget``)
///
/// Settings are those that differ from the defaults in the table of the link's version, which never change, so that a
/// link does not come to mean something else when a default does. Settings go by their path: thanks to the dictionary it
/// costs three bytes, and a new setting needs nothing here.
struct LinkContent {
    let table: LinkTable
    /// Bytes that a deflated link may unpack to.
    static let maximumLength = 4 << 20
    /// Each setting is written once; there have never been that many.
    private static let mostSettings = 1_000

    func encode(_ link: Link) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(varint: UInt64(link.step))
        write(link.recipe.settings, to: &writer)
        write(link.recipe.timeline, to: &writer)
        let plain = writer.bytes
        let deflated = Deflate.compress(plain, format: .raw, dictionary: table.dictionary)
        return deflated.count < plain.count ? [1] + deflated : [0] + plain
    }

    func decode(_ content: [UInt8]) throws(LinkError) -> Link {
        var reader = ByteReader(try unpack(content))
        do {
            let step = try reader.step()
            let settings = try settings(from: &reader)
            let recipe = Recipe(settings: settings, timeline: try timeline(from: &reader))
            guard reader.remaining == 0 else { throw LinkError.malformed }
            try recipe.validate()
            return Link(recipe: recipe, step: step)
        } catch let error as LinkError {
            throw error
        } catch let error as RecipeError {
            throw .refused(error)
        } catch {
            throw .malformed
        }
    }

    private func unpack(_ content: [UInt8]) throws(LinkError) -> [UInt8] {
        switch content.first {
        case 0:
            return Array(content.dropFirst())
        case 1:
            do throws(Deflate.Failure) {
                return try Deflate.inflate(
                    content.dropFirst(), format: .raw, dictionary: table.dictionary, limit: Self.maximumLength
                )
            } catch {
                throw error == .tooLong ? .tooLarge : .malformed
            }
        default:
            throw .malformed
        }
    }

    // MARK: Settings

    private func write(_ settings: Settings, to writer: inout ByteWriter) {
        let chosen = table.differences(of: settings)
        writer.write(varint: UInt64(chosen.count))
        for (path, value) in chosen {
            writer.write(text: path)
            LinkValue.write(value, to: &writer)
        }
    }

    private func settings(from reader: inout ByteReader) throws -> Settings {
        var settings = table.start
        let count = try reader.count(eachAtLeast: 3)
        guard count <= Self.mostSettings else { throw LinkError.malformed }
        for _ in 0..<count {
            let path = try reader.text()
            try settings.set(path, to: try LinkValue.read(from: &reader))
        }
        return settings
    }

    // MARK: Timeline

    private func write(_ timeline: [Edit], to writer: inout ByteWriter) {
        writer.write(varint: UInt64(timeline.count))
        var step = 0
        for edit in timeline {
            writer.write(varint: UInt64(edit.step - step))
            step = edit.step
            switch edit.change {
            case .set(let path, let value):
                writer.write(UInt8(0))
                writer.write(text: path)
                LinkValue.write(value, to: &writer)
            case .only(.generator):
                writer.write(UInt8(1))
            case .only(.discriminator):
                writer.write(UInt8(2))
            case .draw(let stroke):
                writer.write(UInt8(3))
                LinkTarget.write(stroke, to: &writer)
            }
        }
    }

    private func timeline(from reader: inout ByteReader) throws -> [Edit] {
        var step = 0
        var timeline: [Edit] = []
        let count = try reader.count(eachAtLeast: 2)
        guard count <= Bounds.edits else { throw LinkError.tooLarge }
        for _ in 0..<count {
            let (sum, overflow) = step.addingReportingOverflow(try reader.step())
            guard !overflow else { throw LinkError.malformed }
            step = sum
            timeline.append(Edit(step: step, change: try change(from: &reader)))
        }
        return timeline
    }

    private func change(from reader: inout ByteReader) throws -> Change {
        switch try reader.byte() {
        case 0: .set(path: try reader.text(), value: try LinkValue.read(from: &reader))
        case 1: .only(.generator)
        case 2: .only(.discriminator)
        case 3: .draw(try LinkTarget.stroke(from: &reader))
        default: throw LinkError.malformed
        }
    }
}

extension ByteReader {
    fileprivate mutating func step() throws(Malformed) -> Int {
        guard let step = Int(exactly: try varint()), Bounds.counter.contains(step) else { throw Malformed() }
        return step
    }
}
