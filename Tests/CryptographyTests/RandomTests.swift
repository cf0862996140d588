import Cryptography
import Testing

@Suite struct RandomTests {
    @Test(arguments: [0, 1, 16, 32, 4096]) func systemRandomGivesAsManyBytesAsAsked(count: Int) {
        #expect(SystemRandom().bytes(count).count == count)
    }

    @Test func systemRandomNeverRepeatsItself() {
        let tokens = Set((0..<1000).map { _ in SystemRandom().bytes(16) })
        #expect(tokens.count == 1000)
    }
}
