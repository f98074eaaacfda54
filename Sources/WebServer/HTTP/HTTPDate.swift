import Glibc

/// Dates as HTTP writes them (RFC 9110 §5.6.7), to the second, in UTC.
package enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// For example `Sun, 06 Nov 1994 08:49:37 GMT`.
    package static func format(_ seconds: Int) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let year = Int(parts.tm_year) + 1900
        return "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(year) "
            + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
    }

    /// Reads the preferred format and the two obsolete ones; nil for anything else.
    package static func parse(_ text: String) -> Int? {
        let words = text.split(separator: " ")
        // Sun, 06 Nov 1994 08:49:37 GMT
        if words.count == 6, words[5] == "GMT", words[0].hasSuffix(",") {
            return seconds(day: words[1], month: words[2], year: words[3], time: words[4])
        }
        // Sunday, 06-Nov-94 08:49:37 GMT
        if words.count == 4, words[3] == "GMT", words[0].hasSuffix(",") {
            let date = words[1].split(separator: "-")
            guard date.count == 3, date[2].utf8.count == 2, let short = ASCII.number(date[2]) else {
                return nil
            }
            // The RFC's fifty-year rule, for as long as this century's dates are asked for.
            return seconds(
                day: date[0], month: date[1], year: "\(short < 70 ? 2000 + short : 1900 + short)",
                time: words[2])
        }
        // Sun Nov  6 08:49:37 1994
        if words.count == 5 {
            return seconds(day: words[2], month: words[1], year: words[4], time: words[3])
        }
        return nil
    }

    private static func seconds(
        day: Substring, month: Substring, year: some StringProtocol, time: Substring
    ) -> Int? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, clock.allSatisfy({ $0.utf8.count == 2 }), year.utf8.count == 4,
            let day = ASCII.number(day), (1...31).contains(day),
            let month = months.firstIndex(of: String(month)), let year = ASCII.number(year),
            let hour = ASCII.number(clock[0]), hour < 24, let minute = ASCII.number(clock[1]), minute < 60,
            let second = ASCII.number(clock[2]), second <= 60
        else { return nil }
        var parts = tm()
        parts.tm_mday = Int32(day)
        parts.tm_mon = Int32(month)
        parts.tm_year = Int32(year - 1900)
        parts.tm_hour = Int32(hour)
        parts.tm_min = Int32(minute)
        parts.tm_sec = Int32(second)
        return Int(timegm(&parts))
    }
}
