import Lab
import Testing

/// The access log says which route was asked, and is no key to anybody's session or experiment.
@Suite struct LoggedTargetTests {
    @Test(arguments: [
        ("/", "/"), ("/ws", "/ws"), ("/views/connection-banner.js", "/views/connection-banner.js"),
        ("/api/sessions/abcdefghij0123456789klmno/picture.png", "/api/sessions/*/picture.png"),
        ("/lab/api/sessions/my-own-session-name/recipe", "/lab/api/sessions/*/recipe"),
        ("/api/sessions/%61bcdefghij0123456789klmno/recipe", "/api/sessions/*/recipe"),
        ("/api/link?text=AQIDBAUGBwg", "/api/link?text=*"), ("/api/link?AQIDBAUGBwg", "/api/link?*"),
        ("/api/gallery?search=ada&order=title", "/api/gallery?search=*&order=*"), ("/?", "/?*"),
        (
            "http://lab.example/api/sessions/abcdefghij0123456789klmno/film.gif?a=b=c",
            "http://lab.example/api/sessions/*/film.gif?a=*"
        ),
    ])
    func whatIsSecretIsMasked(target: String, logged: String) {
        #expect(LoggedTarget.masked(target) == logged)
    }
}
