import SNMPTables
import Testing

/// A device of a family as its MIB describes it: two or three outlets, the first on and the second off.
struct FamilyCase: Sendable, CustomTestStringConvertible {
    /// What an order writes, and where.
    struct Written: Hashable, Sendable {
        var name: String
        var value: Int

        init(_ name: String, _ value: Int) {
            self.name = name
            self.value = value
        }
    }

    var family: String
    var objects: [String: any FakeValue]
    var names: [String?] = ["web", "db"]
    var numbers = [1, 2]
    /// What is written to switch the second outlet on and off, and to cycle it; nil where it has no cycle.
    var on: Written
    var off: Written
    var cycle: Written?

    var testDescription: String { self.family }

    /// Columns with the values of the first and second row.
    static func columns(_ base: String, _ columns: [(String, any FakeValue, any FakeValue)], rows: (String, String))
        -> [String: any FakeValue]
    {
        var objects: [String: any FakeValue] = [:]
        for (column, first, second) in columns {
            objects["\(base).\(column).\(rows.0)"] = first
            objects["\(base).\(column).\(rows.1)"] = second
        }
        return objects
    }
}

extension FamilyCase {
    private static let apc = "1.3.6.1.4.1.318.1.1"

    /// One device of each family that has outlets; the numbers are those of the MIBs.
    static let all: [FamilyCase] = apcFamilies + cyberPower + eaton + others + moreOthers

    private static let apcFamilies: [FamilyCase] = [
        FamilyCase(
            family: "apc-rpdu2",
            objects: columns(
                "\(apc).26.9.2.3.1", [("2", 1, 1), ("3", "web", "db"), ("4", 1, 2), ("5", 2, 1), ("6", 2, 2)],
                rows: ("1", "2")),
            on: Written("\(apc).26.9.2.4.1.5.2", 1), off: Written("\(apc).26.9.2.4.1.5.2", 2),
            cycle: Written("\(apc).26.9.2.4.1.5.2", 3)),
        FamilyCase(
            family: "apc-rpdu",
            objects: columns("\(apc).12.3.5.1.1", [("2", "web", "db"), ("4", 1, 2), ("5", 2, 2)], rows: ("1", "2")),
            on: Written("\(apc).12.3.3.1.1.4.2", 1), off: Written("\(apc).12.3.3.1.1.4.2", 2),
            cycle: Written("\(apc).12.3.3.1.1.4.2", 3)),
        FamilyCase(
            family: "apc-spdu",
            objects: columns("\(apc).4.4.2.1", [("4", "web", "db"), ("3", 1, 2), ("2", 2, 2)], rows: ("1", "2")),
            on: Written("\(apc).4.4.2.1.3.2", 1), off: Written("\(apc).4.4.2.1.3.2", 2),
            cycle: Written("\(apc).4.4.2.1.3.2", 3)),
        FamilyCase(
            family: "apc-masterswitch-plus",
            objects: columns("\(apc).6.7.1.1", [("4", "web", "db"), ("5", 1, 2)], rows: ("1.1.1", "1.1.2")),
            on: Written("\(apc).6.5.1.1.5.1.1.2", 1), off: Written("\(apc).6.5.1.1.5.1.1.2", 3),
            cycle: Written("\(apc).6.5.1.1.5.1.1.2", 5)),
        FamilyCase(
            family: "apc-easy", objects: columns("\(apc).30.6.1.1", [("4", 2, 1)], rows: ("1", "2")),
            names: [nil, nil], on: Written("\(apc).30.6.2.1.4.2", 1), off: Written("\(apc).30.6.2.1.4.2", 2)),
        FamilyCase(
            family: "dell",
            objects: columns(
                "1.3.6.1.4.1.674.10903.200.2.200.130.1.2.1", [("3", "web", "db"), ("4", 1, 2)], rows: ("1", "2")),
            on: Written("1.3.6.1.4.1.674.10903.200.2.200.130.1.4.1.4.2", 1),
            off: Written("1.3.6.1.4.1.674.10903.200.2.200.130.1.4.1.4.2", 2),
            cycle: Written("1.3.6.1.4.1.674.10903.200.2.200.130.1.4.1.4.2", 3)),
    ]

    private static let cps = "1.3.6.1.4.1.3808.1.1"

    private static let cyberPower: [FamilyCase] = [
        FamilyCase(
            family: "cyberpower-epdu",
            objects: columns("\(cps).3.3.5.1.1", [("2", "web", "db"), ("4", 1, 2), ("5", 2, 2)], rows: ("1", "2")),
            on: Written("\(cps).3.3.3.1.1.4.2", 1), off: Written("\(cps).3.3.3.1.1.4.2", 2),
            cycle: Written("\(cps).3.3.3.1.1.4.2", 3)),
        FamilyCase(
            family: "cyberpower-epdu2",
            objects: columns(
                "\(cps).6.6.1.4.1", [("2", 1, 1), ("3", 1, 2), ("4", "web", "db"), ("5", 1, 2), ("6", 2, 2)],
                rows: ("1", "2")),
            on: Written("\(cps).6.6.1.5.1.5.2", 1), off: Written("\(cps).6.6.1.5.1.5.2", 2),
            cycle: Written("\(cps).6.6.1.5.1.5.2", 3)),
        FamilyCase(
            family: "cyberpower-ups-outlets",
            objects: columns("\(cps).1.8.2.4.1", [("2", "web", "db"), ("3", 1, 2)], rows: ("1", "2")),
            on: Written("\(cps).1.8.2.5.1.3.2", 1), off: Written("\(cps).1.8.2.5.1.3.2", 2),
            cycle: Written("\(cps).1.8.2.5.1.3.2", 3)),
    ]

    private static let g3 = "1.3.6.1.4.1.534.6.6.7.6"
    private static let managed = "1.3.6.1.4.1.534.6.6.6.1.2.2.1"
    private static let pulizzi = "1.3.6.1.4.1.20677.2.6"
    private static let hpe = "1.3.6.1.4.1.232.165"

    private static let eaton: [FamilyCase] = [
        FamilyCase(
            family: "eaton-g3",
            objects: columns(g3, [("1.1.3", "web", "db"), ("6.1.2", 1, 0), ("6.1.9", 1, 1)], rows: ("0.1", "0.2")),
            on: Written("\(g3).6.1.4.0.2", 0), off: Written("\(g3).6.1.3.0.2", 0),
            cycle: Written("\(g3).6.1.5.0.2", 0)),
        FamilyCase(
            family: "eaton-managed", objects: columns(managed, [("2", "web", "db"), ("3", 1, 0)], rows: ("1", "2")),
            on: Written("\(managed).3.2", 1), off: Written("\(managed).3.2", 0), cycle: Written("\(managed).3.2", 2)),
        FamilyCase(
            family: "eaton-switched",
            objects: [
                "\(pulizzi).1.1.1.0": "web", "\(pulizzi).1.2.1.0": "db", "\(pulizzi).3.1.0": 1, "\(pulizzi).3.2.0": 2,
            ],
            on: Written("\(pulizzi).2.3.0", 1), off: Written("\(pulizzi).2.3.0", 2),
            cycle: Written("\(pulizzi).2.3.0", 3)),
        FamilyCase(
            family: "hpe-g1",
            objects: columns(
                "\(hpe).7.5", [("1.1.2", "web", "db"), ("2.1.1", 2, 1), ("2.1.8", 1, 1)], rows: ("1.1", "1.2")),
            on: Written("\(hpe).7.5.2.1.3.1.2", 0), off: Written("\(hpe).7.5.2.1.2.1.2", 0),
            cycle: Written("\(hpe).7.5.2.1.4.1.2", 0)),
        FamilyCase(
            family: "hpe-g2",
            objects: columns(
                "\(hpe).11.5", [("1.1.2", "web", "db"), ("2.1.1", 2, 1), ("2.1.8", 1, 1)], rows: ("1.1", "1.2")),
            on: Written("\(hpe).11.5.2.1.3.1.2", 0), off: Written("\(hpe).11.5.2.1.2.1.2", 0),
            cycle: Written("\(hpe).11.5.2.1.4.1.2", 0)),
    ]

    private static let px1 = "1.3.6.1.4.1.13742.4.1.2.2.1"
    private static let px2 = "1.3.6.1.4.1.13742.6"
    private static let s3 = "1.3.6.1.4.1.1718.3.2.3.1"
    private static let s4 = "1.3.6.1.4.1.1718.4.1.8"
    private static let geist = "1.3.6.1.4.1.21239.5.2.3.5.1"

    private static let others: [FamilyCase] = [
        FamilyCase(
            family: "raritan-px1", objects: columns(px1, [("2", "web", "db"), ("3", 1, 0)], rows: ("1", "2")),
            on: Written("\(px1).3.2", 1), off: Written("\(px1).3.2", 0), cycle: Written("\(px1).3.2", 2)),
        FamilyCase(
            family: "raritan-px2",
            objects: columns(
                px2, [("3.5.3.1.2", "1", "2"), ("3.5.3.1.3", "web", "db"), ("3.5.3.1.28", 1, 1), ("4.1.2.1.3", 7, 8)],
                rows: ("1.1", "1.2")),
            on: Written("\(px2).4.1.2.1.2.1.2", 1), off: Written("\(px2).4.1.2.1.2.1.2", 0),
            cycle: Written("\(px2).4.1.2.1.2.1.2", 2)),
        FamilyCase(
            family: "raritan-px2-sensors",
            objects: columns("\(px2).3.5.3.1", [("2", "web", "db"), ("3", "", ""), ("28", 1, 1)], rows: ("1.1", "1.2"))
                .merging(["\(px2).5.4.3.1.3.1.1.14": 7, "\(px2).5.4.3.1.3.1.2.14": 8, "\(px2).5.4.3.1.3.1.1.1": 4]) {
                    first, _ in first
                },
            on: Written("\(px2).4.1.2.1.2.1.2", 1), off: Written("\(px2).4.1.2.1.2.1.2", 0),
            cycle: Written("\(px2).4.1.2.1.2.1.2", 2)),
        FamilyCase(
            family: "sentry3",
            objects: columns(
                s3, [("2", "AA1", "AA2"), ("3", "web", "db"), ("5", 1, 0), ("10", 1, 0)], rows: ("1.1.1", "1.1.2")),
            on: Written("\(s3).11.1.1.2", 1), off: Written("\(s3).11.1.1.2", 2), cycle: Written("\(s3).11.1.1.2", 3)),
        FamilyCase(
            family: "sentry4",
            objects: columns(
                s4, [("2.1.3", "web", "db"), ("3.1.1", 1, 2), ("5.1.1", 11, 10)], rows: ("1.1.1", "1.1.2")),
            on: Written("\(s4).5.1.2.1.1.2", 1), off: Written("\(s4).5.1.2.1.1.2", 2),
            cycle: Written("\(s4).5.1.2.1.1.2", 3)),
        FamilyCase(
            family: "vertiv", objects: columns(geist, [("3", "web", "db"), ("4", 1, 2)], rows: ("1", "2")),
            on: Written("\(geist).6.2", 2), off: Written("\(geist).6.2", 4), cycle: Written("\(geist).6.2", 6)),
    ]

    private static let lx = "1.3.6.1.4.1.850.1.1.3.2.3.3.1.1"
    private static let webcard = "1.3.6.1.4.1.850.10.2.3.5.1"
    private static let iboot = "1.3.6.1.4.1.1418.6"
    private static let gude = "1.3.6.1.4.1.28507.81.1.3.1.2.1"
    private static let aten = "1.3.6.1.4.1.21317.1.3.2.2.2.2"
    private static let enlogic = "1.3.6.1.4.1.38446.1.5"
    private static let baytech = "1.3.6.1.4.1.4779.1.3.5.3.1"

    private static let avocent = "1.3.6.1.4.1.10418.17.2.5.5.1"

    private static let moreOthers: [FamilyCase] = [
        FamilyCase(
            family: "tripplite",
            objects: columns(lx, [("2", "web", "db"), ("4", 2, 1), ("5", 1, 1)], rows: ("1.1", "1.2")),
            on: Written("\(lx).6.1.2", 2), off: Written("\(lx).6.1.2", 1), cycle: Written("\(lx).6.1.2", 3)),
        FamilyCase(
            family: "tripplite-old",
            objects: columns(webcard, [("5", "web", "db"), ("2", 2, 1)], rows: ("1.1", "1.2")),
            on: Written("\(webcard).4.1.2", 2), off: Written("\(webcard).4.1.2", 1)),
        FamilyCase(
            family: "iboot",
            objects: columns(
                "\(iboot).5.1", [("1", 1, 2), ("2", "web", "db"), ("6", 1, 0)], rows: ("0", "1")),
            on: Written("\(iboot).5.1.5.1", 1), off: Written("\(iboot).5.1.5.1", 0),
            cycle: Written("\(iboot).5.1.5.1", 2)),
        FamilyCase(
            family: "gude",
            objects: columns(gude, [("2", "web", "db"), ("3", 1, 0)], rows: ("1", "2"))
                .merging(["1.3.6.1.2.1.1.2.0": "1.3.6.1.4.1.28507.81"]) { first, _ in first },
            on: Written("\(gude).3.2", 1), off: Written("\(gude).3.2", 0)),
        FamilyCase(
            family: "aten", objects: ["\(aten).2.0": 2, "\(aten).3.0": 1], names: [nil, nil],
            on: Written("\(aten).3.0", 2), off: Written("\(aten).3.0", 1), cycle: Written("\(aten).3.0", 4)),
        FamilyCase(
            family: "enlogic",
            objects: columns(enlogic, [("4.1.3", "web", "db"), ("4.1.4", 1, 0)], rows: ("1.1", "1.2")),
            on: Written("\(enlogic).5.1.4.1.2", 2), off: Written("\(enlogic).5.1.4.1.2", 1),
            cycle: Written("\(enlogic).5.1.4.1.2", 5)),
        FamilyCase(
            family: "baytech", objects: columns(baytech, [("4", "web", "db"), ("3", 1, 0)], rows: ("1.1", "1.2")),
            on: Written("\(baytech).3.1.2", 1), off: Written("\(baytech).3.1.2", 0)),
        FamilyCase(
            family: "avocent", objects: columns(avocent, [("4", "web", "db"), ("5", 2, 1)], rows: ("1.1.1", "1.1.2")),
            on: Written("\(avocent).6.1.1.2", 2), off: Written("\(avocent).6.1.1.2", 3),
            cycle: Written("\(avocent).6.1.1.2", 4)),
    ]
}
