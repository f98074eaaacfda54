import Glibc

/// Dates as HTTP writes them (RFC 9110 §5.6.7), to the second, in UTC.
package enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let longDays = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
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
    package static func parse(_ text: String) -> Int? { parse(text, now: time(nil)) }

    /// What a year of two digits means depends on the year it is `now`.
    package static func parse(_ text: String, now: Int) -> Int? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        switch words.count {
        case 6 where isDay(words[0], among: days, comma: ",") && words[5] == "GMT":
            // Sun, 06 Nov 1994 08:49:37 GMT
            return seconds(day: words[1], month: words[2], year: words[3], time: words[4])
        case 4 where isDay(words[0], among: longDays, comma: ",") && words[3] == "GMT":
            // Sunday, 06-Nov-94 08:49:37 GMT
            let date = words[1].split(separator: "-", omittingEmptySubsequences: false)
            guard date.count == 3, let year = fullYear(date[2], now: now) else { return nil }
            return seconds(day: date[0], month: date[1], year: year, time: words[2])
        case 5 where isDay(words[0], among: days):
            // Sun Nov 16 08:49:37 1994
            return seconds(day: words[2], month: words[1], year: words[4], time: words[3])
        case 6 where isDay(words[0], among: days) && words[2].isEmpty && words[3].utf8.count == 1:
            // Sun Nov  6 08:49:37 1994
            return seconds(day: "0" + words[3], month: words[1], year: words[5], time: words[4])
        default: return nil
        }
    }

    private static func isDay(_ word: Substring, among names: [String], comma: String = "") -> Bool {
        names.contains { word == $0 + comma }
    }

    /// The year of two digits that is at most fifty years ahead (RFC 9110 §5.6.7).
    private static func fullYear(_ text: Substring, now: Int) -> Substring? {
        guard text.utf8.count == 2, let short = ASCII.number(text) else { return nil }
        var time = time_t(now)
        var parts = tm()
        gmtime_r(&time, &parts)
        let thisYear = Int(parts.tm_year) + 1900
        let year = thisYear - thisYear % 100 + short
        return "\(year > thisYear + 50 ? year - 100 : year)"
    }

    private static func seconds(day: Substring, month: Substring, year: Substring, time: Substring) -> Int? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, clock.allSatisfy({ $0.utf8.count == 2 }), year.utf8.count == 4,
            day.utf8.count == 2, let day = ASCII.number(day),
            let month = months.firstIndex(of: String(month)),
            let year = ASCII.number(year), let hour = ASCII.number(clock[0]), hour < 24,
            let minute = ASCII.number(clock[1]), minute < 60, let second = ASCII.number(clock[2]),
            second <= 60
        else { return nil }
        var parts = tm()
        parts.tm_mday = Int32(day)
        parts.tm_mon = Int32(month)
        parts.tm_year = Int32(year - 1900)
        parts.tm_hour = Int32(hour)
        parts.tm_min = Int32(minute)
        let start = timegm(&parts)
        // A day that the month does not have has become one of another.
        return parts.tm_mday == day ? Int(start) + second : nil
    }
}
