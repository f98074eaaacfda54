import Testing
import WebServer

/// Routes in groups, called without a server.
@Suite struct RouterTests {
    private func text(_ response: Response) -> String {
        String(decoding: response.body.read() ?? [], as: UTF8.self)
    }

    /// Middleware that adds `letter` to the field Trace of the answer.
    private func trace(_ letter: String) -> Router.Middleware {
        { request, responder, next in
            next(request, responder.changing { $0.headers.add("Trace", letter) })
        }
    }

    private let onlyWithToken: Router.Middleware = { request, responder, next in
        guard request.headers["Authorization"] == "Bearer secret" else {
            return responder.send(.text("who are you?", status: .unauthorized))
        }
        next(request, responder)
    }

    @Test func aRouteIsAnsweredWithoutAServer() async {
        var router = Router()
        router.post("/sum/:name") { request, responder in
            let name = request.parameters["name"] ?? ""
            responder.send(.text("\(name) \(request.query("a") ?? "") \(request.body.count)"))
        }
        let answer = await router.answer(.post, "/sum/x%20y?a=1", body: [1, 2, 3])
        #expect(answer.status == .ok)
        #expect(text(answer) == "x y 1 3")
        #expect(await router.answer(.get, "/sum/x").status == .methodNotAllowed)
        #expect(await router.answer(.get, "/elsewhere").status == .notFound)
    }

    @Test func aLastSegmentWithAStarTakesAllThatFollow() async {
        var router = Router()
        router.get("/files/:version/*path") { request, responder in
            responder.send(
                .text("\(request.parameters["version"] ?? "") \(request.parameters["path"] ?? "")"))
        }
        #expect(text(await router.answer(.get, "/files/3/a")) == "3 a")
        #expect(text(await router.answer(.get, "/files/3/a/b%20c/")) == "3 a/b c/")
        #expect(text(await router.answer(.get, "/files/3/")) == "3 ")
        for path in ["/files/3", "/files", "/files//a", "/elsewhere/3/a"] {
            #expect(await router.answer(.get, path).status == .notFound, "\(path)")
        }
    }

    @Test func aTargetThatIsNoneIsRefusedAsByAServer() async {
        #expect(await Router().answer(.get, "no-path").status == .badRequest)
        #expect(await Router().answer(.get, "/../above").status == .badRequest)
    }

    @Test func aHandlerThatForgetsToAnswerGives500() async {
        var router = Router()
        router.get("/") { _, _ in }
        #expect(await router.answer(.get, "/").status == .internalServerError)
    }

    @Test func routesOfAGroupShareItsPrefix() async {
        var router = Router()
        router.group("/notes") { notes in
            notes.get("") { _, responder in responder.send(.text("all")) }
            notes.get("/:id") { request, responder in responder.send(.text(request.parameters["id"] ?? "")) }
            notes.group("/:id/lines") { lines in
                lines.get("/first") { request, responder in
                    responder.send(.text("first of \(request.parameters["id"] ?? "")"))
                }
            }
        }
        router.get("/other") { _, responder in responder.send(.text("other")) }
        #expect(text(await router.answer(.get, "/notes")) == "all")
        #expect(text(await router.answer(.get, "/notes/7")) == "7")
        #expect(text(await router.answer(.get, "/notes/7/lines/first")) == "first of 7")
        #expect(text(await router.answer(.get, "/other")) == "other")
        #expect(await router.answer(.get, "/first").status == .notFound)
    }

    @Test func middlewareMayAnswerInPlaceOfTheHandlersOfItsGroupAlone() async {
        var router = Router()
        router.group(middleware: [onlyWithToken]) { inner in
            inner.get("/inside") { _, responder in responder.send(.text("inside")) }
        }
        router.get("/outside") { _, responder in responder.send(.text("outside")) }
        #expect(await router.answer(.get, "/inside").status == .unauthorized)
        let answer = await router.answer(.get, "/inside", headers: ["Authorization": "Bearer secret"])
        #expect(text(answer) == "inside")
        #expect(text(await router.answer(.get, "/outside")) == "outside")
    }

    @Test func theOuterMiddlewareIsCalledFirst() async {
        var router = Router()
        router.group(middleware: [trace("a"), trace("b")]) { outer in
            outer.group(middleware: [trace("c"), onlyWithToken]) { inner in
                inner.get("/") { _, responder in responder.send(.text("")) }
            }
        }
        // An answer passes the middleware on its way back, the innermost first.
        for headers: Headers in [[:], ["Authorization": "Bearer secret"]] {
            let answer = await router.answer(.get, "/", headers: headers)
            #expect(answer.headers.values(of: "Trace") == ["c", "b", "a"])
        }
    }

    @Test func aGroupLimitsTheContentOfItsRoutes() async {
        var router = Router()
        router.group(limit: 4) { group in
            group.post("/small") { _, responder in responder.send(.text("")) }
            group.post("/large", limit: 8) { _, responder in responder.send(.text("")) }
        }
        let body = [UInt8](repeating: 0, count: 5)
        #expect(await router.answer(.post, "/small", body: body).status == .contentTooLarge)
        #expect(await router.answer(.post, "/large", body: body).status == .ok)
    }

    @Test func aServerAnswersAsTheRouterDoes() throws {
        var router = Router()
        router.group("/notes", middleware: [trace("a"), onlyWithToken], limit: 4) { notes in
            notes.get("/:id") { request, responder in responder.send(.text(request.parameters["id"] ?? "")) }
        }
        let server = try TestServer(router)
        let answer = server.get("/notes/7", "Authorization: Bearer secret\r\n")
        #expect(answer?.status == 200)
        #expect(answer?["Trace"] == "a")
        #expect(server.get("/notes/7")?.status == 401)
    }
}
