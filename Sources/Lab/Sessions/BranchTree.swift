import GANEngine

/// One future of a session.
struct Branch: Sendable, Encodable {
    typealias ID = Int

    let id: ID
    /// The branch it left, or nil for the first.
    let parent: ID?
    /// The step at which it left.
    let forkStep: Int
    /// What made it another future, in words.
    var label: String
    /// The furthest step it has reached.
    var tip: Int

    private enum Key: String, CodingKey {
        case id, parent, forkStep, label, tip
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(parent, forKey: .parent)
        try container.encode(forkStep, forKey: .forkStep)
        try container.encode(label, forKey: .label)
        try container.encode(tip, forKey: .tip)
    }
}

/// All futures of a session: an edit in the past starts another, and both exist.
struct BranchTree {
    /// The oldest that nobody is in and nothing grew from are forgotten beyond this.
    private static let most = 32

    private(set) var branches: [Branch]
    /// The one that the session is in.
    private(set) var active: Branch.ID
    private var left: [Branch.ID: Moment] = [:]
    private var charts: [Branch.ID: Chart] = [:]
    private var nextID: Branch.ID = 1

    /// A tree with one branch.
    init() {
        branches = [Branch(id: 0, parent: nil, forkStep: 0, label: "", tip: 0)]
        active = 0
    }

    /// Notes how far the active branch has come.
    mutating func grow(to tip: Int) {
        guard let index = branches.firstIndex(where: { $0.id == active }) else { return }
        branches[index].tip = tip
    }

    /// Leaves the active branch at `moment`, for a new one that starts from `step` of it.
    mutating func fork(leaving moment: Moment, chart: Chart, at step: Int, label: String) {
        leave(at: moment, chart: chart)
        branches.append(Branch(id: nextID, parent: active, forkStep: step, label: label, tip: step))
        active = nextID
        nextID += 1
        prune()
    }

    /// Leaves the active branch at `moment`, for one that exists already.
    mutating func enter(_ id: Branch.ID, leaving moment: Moment, chart: Chart) {
        guard id != active else { return }
        leave(at: moment, chart: chart)
        active = id
        // An undo may lead back to a branch that was forgotten meanwhile.
        if !branches.contains(where: { $0.id == id }) {
            branches.append(Branch(id: id, parent: nil, forkStep: 0, label: "", tip: 0))
        }
    }

    /// Where a branch was left, and its charts; nil for the active one and for those forgotten.
    func whereLeft(_ id: Branch.ID) -> (moment: Moment, chart: Chart)? {
        guard id != active, let moment = left[id], let chart = charts[id] else { return nil }
        return (moment, chart)
    }

    /// What made a branch another future.
    func label(of id: Branch.ID) -> String {
        branches.first { $0.id == id }?.label ?? ""
    }

    private mutating func leave(at moment: Moment, chart: Chart) {
        grow(to: moment.tip)
        left[active] = moment
        charts[active] = chart
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
