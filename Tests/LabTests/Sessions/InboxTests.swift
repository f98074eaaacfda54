import Foundation
import GANEngine
import Lab
import Testing

@Suite("What a page sends and is not yet answered")
struct InboxTests {
    @Test("Whoever sends faster than the lab answers loses nothing")
    func backPressure() throws {
        var limits = LabLimits()
        limits.pendingCommands = 4
        limits.pendingBytes = 1_000
        let served = try Served(limits: limits)
        let (page, _) = try served.page()
        for id in 100..<600 { try page.send(text: #"{"id":\#(id),"do":"pause"}"#) }
        for id in 100..<600 { #expect(try page.answer(to: id).isOK) }
    }

    @Test("Commands are carried out in order, long ones too")
    func order() throws {
        let served = try Served()
        let (page, _) = try served.page()
        let padding = String(repeating: " ", count: 100_000)
        for id in 100..<110 {
            let isLong = id.isMultiple(of: 2)
            try page.send(text: #"{"id":\#(id),"do":"step","count":1\#(isLong ? padding : "")}"#)
        }
        for step in 1...10 { #expect(try page.answer(to: 99 + step).step == step) }
    }

    @Test("A recipe with as many points as there may be fits into a command")
    func longest() throws {
        let served = try Served()
        let place = "-0.0123456789"
        let point = "[\(place),\(place)],[0.\(place.suffix(10)),1],"
        let points = String(repeating: point, count: Bounds.points.upperBound / 2).dropLast()
        let page = try PageClient(port: served.port)
        try page.send(
            text:
                #"{"id":1,"do":"open","recipe":{"version":1,"settings":{"batch":16,"target":{"points":[\#(points)]}}}}"#
        )
        #expect(try page.answer(to: 1).isOK)
    }

    @Test("A longer message than any command ends the connection")
    func tooLong() throws {
        let served = try Served()
        let page = try PageClient(port: served.port)
        try page.send(text: String(repeating: " ", count: Command.maximumBytes + 1))
        let failure = #expect(throws: PageClient.Failure.self) { try page.answer(to: 1) }
        #expect(failure?.description == "closed with [3, 241]")
    }
}
