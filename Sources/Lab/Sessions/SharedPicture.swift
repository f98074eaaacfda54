import WebServer

/// The frame of one moment for all who want to see the same, encoded once in each form that somebody needs.
struct SharedPicture {
    private let header: FrameWriter.Header
    private let sections: [FrameSection]

    /// - Parameter sections: As they stand in the frame, those of a twin behind its section ``FrameSection/run(_:)``.
    init(_ header: FrameWriter.Header, _ sections: [FrameSection]) {
        self.header = header
        self.sections = sections
    }

    /// The frame with all its sections.
    private(set) lazy var whole = bytes(header) { _ in true }
    /// The same, to be offered.
    private(set) lazy var wholeFrame = SharedFrame(binary: whole)
    /// The frame for whoever has the steady sections already.
    private(set) lazy var changingFrame = SharedFrame(binary: bytes(header) { !$0.isSteady })
    /// The steady sections alone, which are equal for two moments if they need not be sent again.
    private(set) lazy var steady = bytes(
        .init(step: 0, revision: 0, stepsPerSecond: 0, view: header.view)
    ) { section in
        if case .run = section { true } else { section.isSteady }
    }

    private func bytes(_ header: FrameWriter.Header, of isWanted: (FrameSection) -> Bool) -> [UInt8] {
        var writer = FrameWriter(header)
        for section in sections where isWanted(section) { writer.append(section) }
        return writer.bytes
    }
}
