import Testing
import WebServer

@Suite struct CloseCodeTests {
    @Test func aCloseCodeThatMayNotBeSentIsKnown() {
        for code in [0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65_535] as [UInt16] {
            #expect(!CloseCode(code).isSendable)
        }
        for code in [1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 4999] as [UInt16] {
            #expect(CloseCode(code).isSendable)
        }
    }
}
