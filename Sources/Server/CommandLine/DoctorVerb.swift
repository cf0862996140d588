import ArgumentParser
import Glibc

/// `usher doctor`: looks at permissions, disk, clock, database, mail server and public URL, and says how to mend what is
/// wrong.
struct DoctorVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at disk, clock, database, mail server and public URL, and say how to mend what is wrong.")

    @OptionGroup var options: SettingsOptions

    func run(in surroundings: Surroundings) async throws {
        let doctor = Doctor(draft: options.draft(in: surroundings), surroundings: surroundings)
        let isWell = await doctor.examine { finding in
            print(finding.lines)
            // Into a pipe too at once: nil stands for all streams.
            fflush(nil)
        }
        if !isWell { throw ExitCode(1) }
    }
}
