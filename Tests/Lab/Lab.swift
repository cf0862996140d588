import Cryptography
import Server
import Storage

/// The server as it is shipped, with a clock that a test moves; for black-box tests, and never installed.
///
/// `LAB_CLOCK_OFFSET_MS` is how far the machine's clock is ahead of the real time at the start. `LAB_CONTROL` names a
/// Unix socket on which the running process is told `now`, `advance MILLISECONDS` (time passes) and `wall MILLISECONDS`
/// (somebody sets the machine's clock by so much); it answers each with the server's time, as `now MILLISECONDS`.
/// `LAB_IDLE_SECONDS` is how long connections may be idle.
@main
struct Lab {
    static func main() async {
        let environment = Surroundings.processEnvironment()
        let offset = environment["LAB_CLOCK_OFFSET_MS"].flatMap(Int64.init) ?? 0
        let control = environment["LAB_CONTROL"]
        var limits = EdgeLimits.standard
        if let idle = environment["LAB_IDLE_SECONDS"].flatMap(Int64.init) { limits.idleTime = .seconds(idle) }
        let surroundings = Surroundings(
            makeClock: { floor, onJump in
                let machine = MachineClock(wallAhead: .milliseconds(offset))
                let clock = Clock.system(
                    floor: floor, wall: { machine.wall }, sinceStart: { machine.sinceStart }, onJump: onJump)
                if let control { ControlSocket(path: control, machine: machine, clock: clock).listen() }
                return clock
            }, limits: limits)
        await Usher.run(in: surroundings)
    }
}
