/// The version of the lab.
public enum LabVersion {
    /// As the command line and the welcome say it.
    public static let current = "0.1.0"
}
