import Commands
import Logging
import ServiceLifecycle
import Storage

/// Has the keys taken up again soon after they were changed by another process: another server of the same database, or
/// `usher …` beside this one.
struct KeyWatch: Service {
    let keys: KeyRing
    let database: any Database
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var lastProblem: String?
            // They are so few that to read them costs less than to find out whether anything was written.
            while (try? await Task.sleep(for: .seconds(1))) != nil {
                do {
                    if try await keys.renew(from: database) { logger.notice("the keys were changed, and are taken up") }
                    lastProblem = nil
                } catch is StorageError {
                    // Whoever needs the database now is told, and the log; the next look finds what it missed.
                } catch {
                    if lastProblem != "\(error)" {
                        logger.error("the changed keys are not taken up", metadata: ["cause": "\(error)"])
                    }
                    lastProblem = "\(error)"
                }
            }
        }
    }
}

extension Installation {
    func keyWatch() -> KeyWatch { KeyWatch(keys: keys, database: database, logger: logs.logger("keys")) }
}
