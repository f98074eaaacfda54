import GANEngine

/// One future of a session.
package struct Branch: Hashable, Sendable, Codable {
    package typealias ID = Int

    package let id: ID
    /// The branch it left, or nil for the first.
    package let parent: ID?
    /// The step at which it left.
    package let forkStep: Int
    /// What made it another future: the settings that were changed, or a word for what was done.
    package var label: String
    /// The furthest step it has reached.
    package var tip: Int

    private enum Key: String, CodingKey {
        case id, parent, forkStep, label, tip
    }

    /// The settings that made it another future, if some did.
    var paths: [String] { label.split(separator: ", ").map(String.init).filter { Schema.field($0) != nil } }

    /// As the page reads it: a branch without a parent says so.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(parent, forKey: .parent)
        try container.encode(forkStep, forKey: .forkStep)
        try container.encode(label, forKey: .label)
        try container.encode(tip, forKey: .tip)
    }
}

/// All futures of a session: an edit in the past starts another, and both exist.
package struct BranchTree: Hashable, Sendable {
    /// The oldest that nobody is in and nothing grew from are forgotten beyond this.
    private static let most = 32
    /// Bytes of checkpoints; the oldest branches beyond that are recomputed when somebody enters them.
    private static let mostBytes = 8 << 20

    package private(set) var branches: [Branch]
    /// The one that the session is in.
    package private(set) var active: Branch.ID
    private var left: [Branch.ID: TimelinePosition] = [:]
    private var charts: [Branch.ID: Chart] = [:]
    private var nextID: Branch.ID = 1

    /// A tree with one branch.
    package init() {
        branches = [Branch(id: 0, parent: nil, forkStep: 0, label: "", tip: 0)]
        active = 0
    }

    /// Notes how far the active branch has come.
    mutating func grow(to tip: Int) {
        guard let index = branches.firstIndex(where: { $0.id == active }) else { return }
        branches[index].tip = tip
    }

    /// Leaves the active branch at `moment`, for a new one.
    mutating func fork(_ fork: HistoryChange.Fork, leaving moment: TimelinePosition, chart: Chart?) {
        leave(at: moment, chart: chart)
        branches.append(
            Branch(id: nextID, parent: active, forkStep: fork.step, label: fork.label, tip: fork.step))
        active = nextID
        nextID += 1
        prune()
    }

    /// Leaves the active branch at `moment`, for one that exists already.
    mutating func enter(_ id: Branch.ID, leaving moment: TimelinePosition, chart: Chart?) {
        guard id != active else { return }
        leave(at: moment, chart: chart)
        active = id
        // An undo may lead back to a branch that was forgotten meanwhile.
        if !branches.contains(where: { $0.id == id }) {
            branches.append(Branch(id: id, parent: nil, forkStep: 0, label: "", tip: 0))
        }
    }

    /// Where a branch was left; nil for the active one and for those forgotten.
    func whereLeft(_ id: Branch.ID) -> TimelinePosition? {
        id == active ? nil : left[id]
    }

    /// The charts of a branch as it was left, if they are still known.
    func chart(of id: Branch.ID) -> Chart? {
        charts[id]
    }

    /// What made a branch another future.
    func label(of id: Branch.ID) -> String {
        branches.first { $0.id == id }?.label ?? ""
    }

    private mutating func leave(at moment: TimelinePosition, chart: Chart?) {
        grow(to: moment.tip)
        left[active] = moment
        charts[active] = chart
        var bytes = 0
        for id in left.keys.sorted(by: >) {
            bytes += left[id]?.checkpoint?.byteCount ?? 0
            if bytes > Self.mostBytes { left[id]?.checkpoint = nil }
        }
    }

    private mutating func prune() {
        while branches.count > Self.most {
            let parents = Set(branches.compactMap(\.parent))
            guard let index = branches.firstIndex(where: { $0.id != active && !parents.contains($0.id) })
            else {
                return
            }
            let id = branches.remove(at: index).id
            left[id] = nil
            charts[id] = nil
        }
    }
}

/// Without the charts, which are there to be looked at and decide nothing.
extension BranchTree: Codable {
    private enum CodingKeys: String, CodingKey {
        case branches, active, left, nextID
    }

    /// Refuses what no session can have written: numbers that cannot be gone on from, a tree without the active branch.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        branches = try container.decode([Branch].self, forKey: .branches)
        active = try container.decode(Branch.ID.self, forKey: .active)
        left = try container.decode([Branch.ID: TimelinePosition].self, forKey: .left)
        nextID = try container.decode(Branch.ID.self, forKey: .nextID)
        let numbers = branches.flatMap { [$0.id, $0.parent ?? 0, $0.forkStep, $0.tip] } + [nextID]
        for index in branches.indices { branches[index].label = branches[index].label.excerpt(2_000) }
        guard numbers.allSatisfy(Bounds.counter.contains), branches.contains(where: { $0.id == active }),
            branches.allSatisfy({ $0.id < nextID })
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .branches, in: container, debugDescription: "These are no branches of a session.")
        }
    }
}
