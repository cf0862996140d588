import Server
import Testing

struct SettingsUnknownNamesTests {
    @Test func variablesOfOtherProgramsAreLeftAlone() throws {
        _ = try load(
            ["PATH": "/bin", "DATABASE_URL": "x", "SMTP_HOST": "x", "PORT": "1", "USHER_TEST_DATA": "/d"],
            files: ["/srv/usher/.env": "COMPOSE_PROJECT_NAME=x\nNODE_ENV=production"])
    }

    @Test func anUnknownVariableWithoutANearNameIsNamedAlone() {
        #expect(problems(["USHER_FLUX_CAPACITOR": "1"]) == ["USHER_FLUX_CAPACITOR is not a setting."])
    }

    @Test func whatKubernetesSetsIsExplainedOnce() {
        let list = problems(["USHER_SERVICE_HOST": "10.0.0.1", "USHER_PORT_80_TCP": "tcp://10.0.0.1:80"])
        #expect(list.count == 1 && list[0].contains("enableServiceLinks: false"), "\(list)")
    }

    @Test(arguments: [
        ("APP_URL", "USHER_PUBLIC_URL"), ("JWT_SECRET", "makes its own signing keys"),
        ("JWT_REFRESH_SECRET", "makes its own signing keys"),
    ])
    func aSettingOfTheReplacedSystemInTheEnvironmentIsNamedWithItsSuccessor(name: String, says: String) {
        let list = problems([name: "https://old.example.com"])
        #expect(list.count == 1 && list[0].hasPrefix(name + " is") && list[0].contains(says), "\(list)")
    }

    @Test(arguments: [
        ("DATABASE_URL", "USHER_DATABASE_URL"), ("SMTP_HOST", "USHER_SMTP_URL"), ("SMTP_FROM", "USHER_MAIL_FROM"),
        ("PORT", "USHER_PORT"), ("APP_NAME", "USHER_APP_NAME"),
    ])
    func inTheFileDotEnvNamesThatManyProgramsUseCountToo(name: String, successor: String) {
        let list = problems(files: ["/srv/usher/.env": "\(name)=x"])
        #expect(list.count == 1 && list[0].contains("\(name) in .env") && list[0].contains(successor), "\(list)")
    }

    @Test func aSettingOfTheReplacedSystemMayStayOnceItsSuccessorIsSet() throws {
        _ = try load(["APP_URL": "https://old.example.com", "USHER_PUBLIC_URL": "https://auth.example.com"])
    }
}
