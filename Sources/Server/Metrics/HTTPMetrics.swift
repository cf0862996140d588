import HTTPTypes
import Metrics

/// How many requests each route got, how they were answered, and how long it took.
///
/// Labels are the routes' patterns and methods as they were written, never what a request says; all series are made at the
/// start.
struct HTTPMetrics: Sendable {
    private struct Key: Hashable {
        let route: String?
        /// Nil for every method that the route does not take.
        let method: String?
    }

    private struct Series {
        let requests: Counter
        let duration: Timer
    }

    private static let classes = ["2xx", "3xx", "4xx", "5xx"]

    /// For each route and method one series a class of status.
    private let series: [Key: [Series]]
    private let byCode: [Int: Counter]
    private let otherCode: Counter

    init(_ routes: RouteTable, _ factory: any MetricsFactory) {
        var keys = [Key(route: nil, method: nil)]
        for route in routes.all {
            keys += [Key(route: route.path, method: nil)]
            keys += route.handlers.map { Key(route: route.path, method: $0.method.rawValue) }
        }
        series = Dictionary(keys.map { ($0, Self.series(of: $0, factory)) }) { first, _ in first }
        func counter(_ code: String) -> Counter {
            Counter(label: "usher_http_responses_total", dimensions: [("code", code)], factory: factory)
        }
        let codes = Set(ProblemStatus.codes.map { ProblemStatus.status(of: $0).code } + [200, 204, 303])
        byCode = Dictionary(uniqueKeysWithValues: codes.map { ($0, counter(String($0))) })
        otherCode = counter("other")
    }

    /// Notes an answer; `route` is nil where no path was found.
    func note(_ route: Route?, _ method: HTTPRequest.Method, _ status: HTTPResponse.Status, took duration: Duration) {
        let path = route?.path
        let method = method == .head ? HTTPRequest.Method.get : method
        if let series = series[Key(route: path, method: method.rawValue)] ?? series[Key(route: path, method: nil)] {
            let series = series[min(max(status.code / 100 - 2, 0), Self.classes.count - 1)]
            series.requests.increment()
            series.duration.record(duration: duration)
        }
        (byCode[status.code] ?? otherCode).increment()
    }

    private static func series(of key: Key, _ factory: any MetricsFactory) -> [Series] {
        classes.map { status in
            let labels = [("route", key.route ?? "none"), ("method", key.method ?? "other"), ("status", status)]
            return Series(
                requests: Counter(label: "usher_http_requests_total", dimensions: labels, factory: factory),
                duration: Timer(
                    label: "usher_http_request_duration_seconds", dimensions: labels, factory: factory))
        }
    }
}
