extension Role {
    func permits(_ command: Command) -> Bool {
        switch self {
        case .owner: true
        case .watcher: !command.changesSession
        }
    }
}

extension Command {
    /// Whether it changes what others see, or has the session work for one viewer beyond watching.
    var changesSession: Bool {
        switch self {
        case .open, .watch, .link, .seedsStop, .ping: false
        case .play, .pause, .speed, .stopAt, .step, .explain, .reset, .set, .draw, .load, .loadKept, .seek,
            .undo, .redo,
            .checkout,
            .compare, .compareStop, .seeds:
            true
        }
    }
}
