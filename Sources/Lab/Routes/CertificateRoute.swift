import WebServer

/// GET /certificate.crt: the authority that issued the server's certificate, for a device that is told to trust it.
struct CertificateRoute {
    /// In PEM.
    let authority: String

    func install(on router: inout Router) {
        let file = Response.download(
            Array(authority.utf8), type: "application/x-x509-ca-cert", name: "ganlab-authority.crt")
        router.get("/certificate.crt") { _, responder in responder.send(file) }
    }
}
