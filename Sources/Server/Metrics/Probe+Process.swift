import Prometheus

extension Probe {
    /// The process itself, under the names that Prometheus' own clients use. What the system does not tell is left out.
    static func process(since start: ContinuousClock.Instant) -> Probe {
        Probe("process") {
            var readings = [
                Reading("usher_build_info", 1, labels: [("version", Version.text)]),
                Reading("usher_uptime_seconds", (ContinuousClock.now - start) / .seconds(1)),
                Reading("process_cpu_seconds_total", ProcessStatus.cpuTime / .seconds(1)),
            ]
            func add(_ name: String, _ value: Double?) {
                if let value { readings.append(Reading(name, value)) }
            }
            let memory = ProcessStatus.memory
            add("process_resident_memory_bytes", memory.map { Double($0.resident) })
            add("process_virtual_memory_bytes", memory.map { Double($0.virtual) })
            add("process_open_fds", ProcessStatus.openFiles.map(Double.init))
            add("process_max_fds", ProcessStatus.maximumFiles)
            add("process_start_time_seconds", ProcessStatus.startTime)
            return readings
        }
    }
}
