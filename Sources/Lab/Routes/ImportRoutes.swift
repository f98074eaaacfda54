import GANEngine
import WebServer

/// What people bring: points, a picture's darkness, a checkpoint. Read in a job, since a file may be large.
struct ImportRoutes {
    let registry: SessionRegistry

    /// Bytes of a checkpoint that is brought here.
    private static let checkpointBytes = 8 << 20

    private struct TargetDocument: Encodable {
        let target: Target
        /// What was made of a file of points.
        var report: PointsFile.Report?
    }

    /// Adds
    ///
    ///     POST /api/import/points                        CSV or JSON → {"target": …, "report": …}
    ///         ?x=…&y=…          columns, counted from 0
    ///         &scaling=…        equal or perAxis
    ///         &encoding=…       a name of ``TextEncoding``
    ///     POST /api/import/density?columns=…&rows=…       one byte of darkness a cell, top row first → {"target": …}
    ///     POST /api/import/safetensors                   a checkpoint → {"session": …, "step": …}
    func install(on router: inout Router) {
        post("/api/import/points", limit: PointsFile.maximumBytes, on: &router) {
            request throws(ImportError) in
            let file = try PointsFile(request.body, PointsFile.Options(request))
            return .json(TargetDocument(target: file.target, report: file.report))
        }
        post("/api/import/density", limit: DensityGrid.maximumCells, on: &router) {
            request throws(ImportError) in
            let columns = request.query("columns").flatMap(Int.init) ?? 0
            let rows = request.query("rows").flatMap(Int.init) ?? 0
            let grid = try DensityGrid(columns: columns, rows: rows, darkness: request.body)
            return .json(TargetDocument(target: grid.target()))
        }
        post("/api/import/safetensors", limit: Self.checkpointBytes, on: &router) {
            [registry] request throws(ImportError) in
            let file = try CheckpointFile(bytes: request.body)
            do throws(CommandError) {
                let session = try registry.session(
                    for: ResolvedOpening(file, owner: request.owner?.hash), of: request.client)
                return .json(["session": session.id.description], status: .created)
            } catch {
                return .refusal(error, .serviceUnavailable)
            }
        }
    }

    private func post(
        _ path: String, limit: Int, on router: inout Router,
        _ read: @escaping @Sendable (Request) throws(ImportError) -> Response
    ) {
        router.post(path, limit: limit) { [registry] request, responder in
            registry.jobs.answer(responder, for: request.client, bytes: request.body.count) {
                do throws(ImportError) {
                    responder.send(try read(request))
                } catch {
                    responder.send(.refusal(CommandError(error), .badRequest))
                }
            }
        }
    }
}

extension PointsFile.Options {
    fileprivate init(_ request: Request) throws(ImportError) {
        self.init(
            encoding: try request.option("encoding", TextEncoding.init),
            x: try request.option("x") { Int($0) }, y: try request.option("y") { Int($0) },
            scaling: try request.option("scaling", Transform.Scaling.init))
    }
}

extension Request {
    /// A choice in the address; nil if it is left out or empty.
    fileprivate func option<Value>(
        _ name: String, _ value: (String) -> Value?
    ) throws(ImportError) -> Value? {
        guard let text = query(name), !text.isEmpty else { return nil }
        guard let value = value(text) else { throw .badOption(name: name, value: text) }
        return value
    }
}

extension ResolvedOpening {
    /// A session of its own for what somebody brought.
    fileprivate init(_ file: CheckpointFile, owner: OwnerToken.Hash?) {
        session = nil
        self.owner = owner
        mustExist = false
        isTouched = true
        recipe = file.recipe
        start = SessionStart(step: file.checkpoint.step)
        checkpoints = [file.checkpoint]
    }
}
