import PowerCore
import Testing

@testable import PowerLab

@Test func `chance is SplitMix64`() {
    var chance = Chance(seed: 1_234_567)
    // The first numbers that the authors' reference program prints for this seed.
    let first = (0..<3).map { _ in chance.next() }
    #expect(first == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
}

@Test func `times of chance stay within their bounds, and short ones are as likely as long ones`() {
    var chance = Chance(seed: 7)
    var short = 0
    for _ in 0..<1000 {
        let time = chance.timeByOrder(.seconds(1) ... .seconds(10_000))
        #expect(time >= .seconds(1) && time <= .seconds(10_000))
        if time < .seconds(100) { short += 1 }
        let other = chance.time(.seconds(3) ... .seconds(5))
        #expect(other >= .seconds(3) && other <= .seconds(5))
    }
    // Half of the orders of size lie below a hundred seconds.
    #expect((450...550).contains(short))
}

@Test func `what is due first comes first, and of one moment what was asked for first`() {
    var queue = EventQueue()
    let times = [5, 3, 9, 3, 1, 7, 3]
    for (index, time) in times.enumerated() { queue.add(.machine(index), at: .origin + .seconds(time)) }
    var order: [Int] = []
    while let (_, task) = queue.take() {
        if case .machine(let index) = task { order.append(index) }
    }
    #expect(order == [4, 1, 3, 6, 0, 5, 2])
    #expect(queue.next == nil)
}
