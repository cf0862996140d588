package import Engine

/// The commands about licences.
package struct LicensesPlugin: CommandPlugin {
    package let name = "licenses"
    let services: Services

    package var commands: [any Command] {
        [CreateLicense(), UpdateLicense(seats: services.seats), DeleteLicense()]
    }
}
