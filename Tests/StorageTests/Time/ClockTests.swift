import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Storage

@Suite struct ClockTests {
    private let start = Timestamp(milliseconds: 1_798_761_600_000)

    @Test func aStepOfTheWallClockDoesNotMoveOursAndIsReportedOnce() {
        let wall = ManualClock(start)
        let elapsed = Mutex(Duration.zero)
        let jumps = Mutex<[Duration]>([])
        let clock = Clock.system(
            floor: Timestamp(milliseconds: 0), wall: { wall.now }, sinceStart: { elapsed.withLock { $0 } },
            onJump: { jump in jumps.withLock { $0.append(jump) } })
        #expect(clock.now() == start)

        wall.advance(by: .seconds(-3600))
        elapsed.withLock { $0 = .seconds(5) }
        #expect(clock.now() == start + .seconds(5))
        #expect(clock.now() == start + .seconds(5))
        #expect(jumps.withLock { $0 } == [.seconds(-3605)])

        // Somebody sets it right again.
        wall.advance(by: .seconds(3605))
        #expect(clock.now() == start + .seconds(5))
        #expect(jumps.withLock { $0 } == [.seconds(-3605), .zero])
    }

    @Test func aSmallDifferenceIsNoJump() {
        let wall = ManualClock(start)
        let clock = Clock.system(
            floor: Timestamp(milliseconds: 0), wall: { wall.now }, sinceStart: { .zero },
            onJump: { _ in Issue.record("reported a minute") })
        wall.advance(by: .seconds(60))
        #expect(clock.now() == start)
    }

    @Test func theClockStartsNoEarlierThanTheLatestTimeStored() {
        let jumps = Mutex<[Duration]>([])
        let floor = start + .seconds(86_400)
        let clock = Clock.system(
            floor: floor, wall: { start }, sinceStart: { .seconds(1) },
            onJump: { jump in jumps.withLock { $0.append(jump) } })
        #expect(clock.now() == floor + .seconds(1))
        #expect(jumps.withLock { $0 } == [.seconds(-86_401)])
    }

    @Test func theSystemsClockShowsTheTimeOfDay() {
        let clock = Clock.system(onJump: { _ in Issue.record("no jump") })
        let difference = Double(clock.now().milliseconds) / 1000 - Date().timeIntervalSince1970
        #expect(abs(difference) < 5)
    }

    @Test func aManualClockMovesOnlyWhenTold() {
        let manual = ManualClock(start)
        let clock = manual.clock
        #expect(clock.now() == start)
        manual.advance(by: .seconds(600))
        #expect(clock.now() == start + .seconds(600))

        let following = ManualClock(following: clock)
        following.advance(by: .milliseconds(1))
        manual.advance(by: .seconds(1))
        #expect(following.now == start + .milliseconds(601_001))
    }
}
