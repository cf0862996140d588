extension Settings {
    /// What was given on the command line, as typed: conversion and its errors belong to the settings.
    package struct Flags: Sendable {
        /// `--host`
        package var host: String?
        /// `--port`
        package var port: String?
        /// `--data`
        package var data: String?
        /// `--config`: the path of a JSON file with settings.
        package var config: String?

        package init(host: String? = nil, port: String? = nil, data: String? = nil, config: String? = nil) {
            self.host = host
            self.port = port
            self.data = data
            self.config = config
        }

        /// The settings among them, with the spelling that was typed.
        var settings: [(setting: Setting, flag: String, value: String)] {
            [(Setting.host, "--host", host), (.port, "--port", port), (.dataDir, "--data", data)]
                .compactMap { setting, flag, value in value.map { (setting, flag, $0) } }
        }
    }
}
