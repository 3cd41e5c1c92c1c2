import Foundation
import PowerCore
import PowerLab
import RackFile

/// Prints what one outage of twelve hours takes, then plays so many seasons (1000) from a seed on (1) and prints what came of
/// them. Exits with 1 where a host lost its power although a plan existed, was left off, or a rule was broken.

let reading = ConfigurationFile.read(DemoRack.yaml)
guard let configuration = reading.configuration else {
    print(ConfigurationReport.text(reading, file: "demo"))
    exit(2)
}
let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1000
let first = CommandLine.arguments.dropFirst(2).first.flatMap { UInt64($0) } ?? 1
let clock = ContinuousClock()

/// Twelve hours without mains on the whole rack, and two for everything to come back.
var outage = SimulationPlan(configuration)
outage.cuts = [SimulationPlan.Cut(to: .seconds(12 * 3600))]
outage.length = .seconds(14 * 3600)
outage.isRecorded = false

var times: [Duration] = []
var calls = 0
for _ in 0..<20 {
    var simulation = Simulation(outage)
    times.append(clock.measure { calls = simulation.play().counts.calls })
}
print("an outage of 12 h: median \(times.sorted()[times.count / 2]), worst \(times.max() ?? .zero), \(calls) calls")

let season = StormSeason(rack: configuration.rack, settings: configuration.policy)
let (seeds, middle) = (first..<(first + UInt64(count)), first + UInt64(count / 2))
let start = clock.now
async let early = Task.detached { StormReport(playing: season, seeds: seeds.lowerBound..<middle) }.value
async let late = Task.detached { StormReport(playing: season, seeds: middle..<seeds.upperBound) }.value
var report = await early
report += await late
let counts = report.counts
print(
    """
    \(report.seasons) seasons of 90 days in \(clock.now - start) on two threads, \(counts.calls) calls
    mains failed \(counts.cuts) times
    hosts stopped cleanly \(counts.stoppedCleanly), by timeout \(counts.stoppedByTimeout), of their own accord \(counts.stoppedAlone)
    hosts that lost power although a plan existed \(counts.lostPower), that nothing could have saved \(counts.lostPowerUnavoidably)
    hosts left off \(counts.leftOff)
    rules broken \(counts.violations)
    stopped needlessly \(counts.stoppedNeedlessly): \(report.needless.sorted { $0.value > $1.value }.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", "))
    """)
if let bad = report.firstBad { print("\(report.badSeasons) seasons went wrong, the first with seed \(bad)") }
exit(report.badSeasons == 0 ? 0 : 1)
