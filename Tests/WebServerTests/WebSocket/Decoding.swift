import WebServer

/// What a decoder made of some bytes.
struct DecodeResult: Equatable {
    var events: [MessageDecoder.Event] = []
    /// The code with which the rest was refused.
    var failure: CloseCode?
    /// How many pieces had come by then.
    var piecesRead = 0
}

/// Feeds a decoder as a connection does.
func decode(
    _ pieces: [ArraySlice<UInt8>], limit: Int = 1 << 24, inflater: Inflater? = nil
) -> DecodeResult {
    var decoder = MessageDecoder(limit: limit, inflater: inflater)
    var result = DecodeResult()
    var held: [UInt8] = []
    for piece in pieces {
        result.piecesRead += 1
        held += piece
        // At an address of its own, since the decoder unmasks in place.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: held.count, alignment: 1)
        defer { buffer.deallocate() }
        buffer.copyBytes(from: held)
        var position = 0
        do {
            while let event = try decoder.next(in: buffer, from: &position) { result.events.append(event) }
        } catch {
            result.failure = error.code
            return result
        }
        held.removeFirst(position)
    }
    return result
}
