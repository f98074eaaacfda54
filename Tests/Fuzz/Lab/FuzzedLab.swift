import FoundationEssentials
import GANEngine
import GRDB
import Logging
import Synchronization
import WebServer

/// A lab without sockets or threads, and one page of it: every slice runs when it is asked for, on the caller's thread.
final class FuzzedLab {
    /// One for all inputs, since making a database takes longer than most of them; emptied after each.
    private static let store = try! SQLiteStore()

    private static let logger = Logger(label: "fuzz")

    /// What a step of an experiment to be run may cost: a fraction of a millisecond.
    private static let dearestStep = 2e7

    /// What has the run measured, which takes longer than all the rest.
    static let measured: Set<FrameRequest.Layer> = [.metrics, .history, .optimum]

    /// The secret by which the page shows what is its own.
    private static let owner = String(repeating: "A", count: 43)

    let depth: Depth
    var store: SQLiteStore { Self.store }
    private let lab: Lab
    private var router = Router()
    private let page = FuzzedPage()
    private let viewer: Viewer
    /// Commands sent so far.
    private var questions = 0
    /// The settings of now as far as they can be known from outside: only what may be run in time is run.
    private var settings = Settings()

    init(depth: Depth) {
        self.depth = depth
        var limits = LabLimits()
        limits.checkpointBytes = 1 << 18
        lab = Lab(trainers: 1, limits: limits, archive: Archive(Self.store), logger: Self.logger)
        // All routes but the schema's, whose document is long and the same for all inputs.
        let films = FilmStudio(jobs: lab.jobs)
        SessionRoutes(registry: lab.registry, films: films).install(on: &router)
        LinkRoutes(archive: lab.registry.archive, jobs: lab.jobs).install(on: &router)
        ImportRoutes(registry: lab.registry).install(on: &router)
        GalleryRoutes(registry: lab.registry, films: films).install(on: &router)
        viewer = Viewer(socket: page, client: ClientAddress("127.0.0.1"), registry: lab.registry)
        viewer.opened()
    }

    /// The session that the page is in.
    var session: SessionID? { page.session }

    // MARK: Speaking

    /// Sends a command and gives the lab a few turns; one whose experiment would take too long is not sent.
    func send(_ text: String) {
        guard isAffordable(text) else { return }
        questions += 1
        viewer.message(.text(text))
        run(turns: 6)
    }

    /// Opens a session, as its owner where it has none.
    func open(_ fields: String) {
        say("open", #""owner":"\#(Self.owner)",\#(fields)"#)
    }

    /// Sends a command that is known to be well formed.
    func say(_ name: String, _ fields: String = "") {
        send(#"{"id":1,"do":"\#(name)"\#(fields.isEmpty ? "" : ",")\#(fields)}"#)
    }

    /// Asks for something over HTTP; returns the answer's body if it is one that says yes.
    @discardableResult
    func request(_ method: WebServer.Method, _ target: String, body: [UInt8] = []) -> [UInt8]? {
        let answer = Mutex<Response?>(nil)
        let headers: Headers = ["X-Owner": Self.owner]
        guard
            (try? router.answer(
                method, target, headers: headers, body: body,
                { response in
                    answer.withLock { $0 = response }
                })) != nil
        else { return nil }
        // A session answers between two pieces of its work, of which a few may be waiting.
        for _ in 0..<64 where answer.withLock({ $0 == nil }) { run(turns: 6) }
        guard let response = answer.withLock({ $0 }) else { fatalError("\(target): no answer") }
        expect(response.status.code != 500, "\(target): internal error")
        guard response.status.code < 300, case .bytes(let bytes) = response.body else { return nil }
        return bytes
    }

    /// Gives the lab up to so many slices of the shortest length.
    func run(turns: Int) {
        for _ in 0..<turns {
            lab.registry.archive.queue.drain()
            let hadJob = lab.jobs.runNext(until: .now)
            guard lab.trainers.runNext(until: .now) || hadJob else { return }
        }
    }

    // MARK: What may be run

    /// Whether every moment of an experiment is small enough.
    func isAffordable(_ recipe: Recipe) -> Bool {
        let moments = [0] + recipe.timeline.map(\.step)
        return moments.allSatisfy { (try? recipe.settings(at: $0)).map(isAffordable) ?? true }
    }

    private func isAffordable(_ settings: Settings) -> Bool {
        settings.stepCost <= Self.dearestStep
    }

    private func isAffordable(_ text: String) -> Bool {
        guard case .success(let command) = NumberedCommand(text).command else { return true }
        switch command {
        case .open(let opening):
            guard let recipe = opening.recipe else {
                return opening.session != nil || opening.shortLink != nil
            }
            settings = recipe.settings
            return isAffordable(recipe)
        case .load(let recipe, _), .compare(.recipe(let recipe, _)):
            return isAffordable(recipe)
        case .set(let batch):
            var changed = settings
            for (path, value) in batch.values { try? changed.set(path, to: value) }
            guard isAffordable(changed) else { return false }
            settings = changed
            return true
        case .seeds:
            return depth >= .thorough
        case .watch(let watch, _):
            return depth >= .thorough || watch.layers.isDisjoint(with: Self.measured)
        default:
            return true
        }
    }

    // MARK: Leaving

    /// Leaves, checks that everything was answered, and that the store gives back what was put into it.
    func finish() {
        for _ in 0..<64 where page.answers < questions { say("pause") }
        expect(page.answers == questions, "\(questions) commands, \(page.answers) answers")
        viewer.closed(.normal, reason: "")
        run(turns: 6)
        // The store stays open for the next input.
        lab.registry.end()
        lab.registry.archive.queue.drain()
        checkStore()
        try! store.database.writeWithoutTransaction { database in
            for table in ["sessions", "experiments", "links"] {
                try database.execute(sql: "DELETE FROM \(table)")
            }
        }
    }

    /// What can be read of a session can be opened again.
    private func checkStore() {
        for summary in (try? store.sessions()) ?? [] {
            guard let record = try? store.session(summary.id) else { continue }
            var opening = Command.Opening()
            opening.session = SessionID(summary.id)
            let found = try? ResolvedOpening.lookUp(opening, in: store).get()
            expect(found?.recipe == record.recipe, "a session that opens as another")
        }
    }
}

/// Ends the process if a promise is broken; unlike `precondition`, it says which one in an optimised build, too.
func expect(_ isKept: Bool, _ complaint: @autoclosure () -> String) {
    if !isKept { fatalError(complaint()) }
}

extension Archive {
    /// One that sessions are written down in, as in a folder.
    fileprivate init(_ store: SQLiteStore) {
        queue = StoreQueue(store)
        limits = store.limits
        isLasting = true
        notices = []
    }
}
