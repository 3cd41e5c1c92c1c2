import PowerCore
import Testing

@testable import RackFile

/// One case for every way in which a section of a file is wrong in itself.
@Suite struct FileRefusalTests {
    static let server: [Refusal] = [
        Refusal(
            "no port", "server: {listen: 127.0.0.1}",
            "4:18: error: server: listen is '127.0.0.1'; write an address with a port such as 127.0.0.1:3493 or \"[::]:3493\""
        ),
        Refusal(
            "IPv6 without brackets", "server: {listen: \"::1:3493\"}",
            "4:18: error: server: listen is '::1:3493'; write an address with a port such as 127.0.0.1:3493 or \"[::]:3493\""
        ),
        Refusal(
            "nowhere to listen", "server: {listen: []}",
            "4:1: error: server: listen names no address; write listen: [\"127.0.0.1:3493\"]"),
        Refusal(
            "TLS without a key", "server: {tls: {certificate: /c}}",
            "4:10: error: server: tls names no key; add key: /path/to/file.pem"),
        Refusal(
            "TLS without a certificate", "server: {tls: {key: /c}}",
            "4:10: error: server: tls names no certificate; add certificate: /path/to/file.pem"),
        Refusal(
            "TLS with a word of its own", "server: {tls: {certificate: /c, key: /k, requires: true}}",
            "4:42: error: server: tls: unknown key 'requires'; did you mean require?"),
        Refusal(
            "TLS required perhaps", "server: {tls: {certificate: /c, key: /k, require: maybe}}",
            "4:51: error: server: tls: require is 'maybe'; write true or false"),
        Refusal(
            "a certificate of clients by nobody",
            "server: {tls: {certificate: /c, key: /k, client-certificates: require}}",
            "4:63: error: server: tls: client-certificates without client-ca; add client-ca: /path/to/authorities.pem"),
        Refusal(
            "a certificate of clients perhaps",
            "server: {tls: {certificate: /c, key: /k, require: true, client-ca: /a, client-certificates: maybe}}",
            "4:93: error: server: tls: client-certificates is 'maybe'; write request or require"),
        Refusal(
            "a listener that requires what there is not",
            "server: {listen: [{address: \"127.0.0.1:1\", require-tls: true}]}",
            "4:19: error: server: listen: 127.0.0.1:1 has require-tls, but there is no certificate; add tls: {certificate: ..., key: ...}, or remove it"
        ),
        Refusal(
            "a listener without an address", "server: {listen: [{require-tls: false}]}",
            "4:19: error: server: listen names no address; add address: \"0.0.0.0:3493\""),
        Refusal(
            "a listener twice", "server: {listen: [\"127.0.0.1:1\", {address: \"127.0.0.1:1\", require-tls: false}]}",
            "4:34: error: server: listen names '127.0.0.1:1' twice; remove one"),
        Refusal(
            "an alias of nobody", "server: {aliases: [{name: ups, device: nas}]}",
            "4:40: error: server: aliases: no device 'nas'; known: river, delta, rack-a, rack-b, lab"),
        Refusal(
            "an alias without a device", "server: {aliases: [{name: ups}]}",
            "4:20: error: server: aliases: no device; write {name: ups, device: nas}"),
        Refusal(
            "an alias that hides a device", "server: {aliases: [{name: Delta, device: river}]}",
            "4:27: error: server: aliases: 'Delta' would hide what has this name; say for which clients it holds, from: 192.0.2.20"
        ),
        Refusal(
            "an alias behind one for everybody",
            "server: {aliases: [{name: ups, device: river}, {name: ups, device: delta, from: 127.0.0.1}]}",
            "4:55: error: server: aliases: 'ups' is never reached: one above holds for everybody; put it above that, or remove it"
        ),
        Refusal(
            "an alias for no network", "server: {aliases: [{name: ups, device: river, from: 1.2.3}]}",
            "4:53: error: server: aliases: from is '1.2.3'; write an address or a network such as 192.0.2.0/24 or 2001:db8::/32"
        ),
        Refusal(
            "no client at all", "server: {max-clients: 0}",
            "4:23: error: server: max-clients is 0; write at least 1"),
        Refusal(
            "a user without a password", "server: {users: {a: {role: secondary}}}",
            "4:18: error: user a has no password; add password-file: /path"),
        Refusal(
            "an empty password", "server: {users: {a: {password: \"\"}}}",
            "4:32: error: user a: password has no value; write one or remove the key"),
        Refusal(
            "two passwords", "server: {users: {a: {password: x, password-file: y}}}",
            "4:50: error: user a has a password and a password-file; keep one"),
        Refusal(
            "a password and its hash", "server: {users: {a: {password: x, password-hash: y}}}",
            "4:50: error: user a has a password and a password-hash; keep one"),
        Refusal(
            "a network with bits behind its length", "server: {allow: [192.0.2.1/24]}",
            "4:18: error: server: allow is '192.0.2.1/24'; "
                + "write an address or a network such as 192.0.2.0/24 or 2001:db8::/32"),
        Refusal(
            "nobody allowed", "server: {allow: []}",
            "4:1: error: server: allow names no network; remove it, or write allow: [127.0.0.1]"),
        Refusal(
            "an unknown role", "server: {users: {a: {password: x, role: master}}}",
            "4:41: error: user a: role is 'master'; write secondary or primary, or leave it out"),
        Refusal(
            "all and more", "server: {users: {a: {password: x, commands: [beeper.mute, all]}}}",
            "4:59: error: user a: commands has all beside other names; write commands: all"),
        Refusal(
            "a user name with a space", "server: {users: {a b: {password: x}}}",
            "4:18: error: 'a b' cannot be the name of a user; "
                + "use letters, digits, '-', '_' and '.', a letter or digit first, at most 63"),
    ]

    static let policy: [Refusal] = [
        Refusal(
            "a time without a unit", "policy: {stable: 60}",
            "4:18: error: policy: stable is '60'; write a time such as 250ms, 5s, 2m or 1h30m"),
        Refusal("a time too long", "policy: {debounce: 2h}", "4:20: error: policy: debounce is 2h; write at most 1h"),
        Refusal("a margin below one", "policy: {margin: 0.5}", "4:18: error: policy: margin is 0.5; write at least 1"),
        Refusal(
            "an unknown key", "policy: {stabel: 60s}", "4:10: error: policy: unknown key 'stabel'; did you mean stable?"
        ),
        Refusal(
            "an unknown trigger", "policy: {triggers: {core: [charged: 5%]}}",
            "4:28: error: policy: triggers: core: unknown trigger 'charged'; did you mean charge?"),
        Refusal(
            "a trigger without its value", "policy: {triggers: {core: [on-battery]}}",
            "4:28: error: policy: triggers: core: on-battery has no value; write on-battery: 5m"),
        Refusal(
            "a trigger with a value too many", "policy: {triggers: {core: [last-safe-moment: 5m]}}",
            "4:46: error: policy: triggers: core: last-safe-moment takes no value; write it alone"),
        Refusal(
            "a tier without triggers", "policy: {triggers: {core: []}}",
            "4:21: error: policy: triggers: core has no trigger; write [last-safe-moment]"),
        Refusal(
            "a charge that is never reached", "policy: {triggers: {core: [charge: 0%]}}",
            "4:36: error: policy: triggers: core: charge is 0%; write at least 1%"),
        Refusal(
            "a trigger twice", "policy: {triggers: {core: {charge: 4%, charge: 5%}}}",
            "4:40: error: policy: triggers: core: 'charge' stands already at 4:28; remove one"),
        Refusal(
            "another section", "polices: {}", "4:1: error: unknown key 'polices'; did you mean policy?"),
        Refusal(
            "merge keys", "policy: {<<: {stable: 3s}}",
            "4:10: error: policy: merge keys (<<) are not read; write the keys out"),
        Refusal(
            "a list for a group", "policy: [a]",
            "4:9: error: policy must be a group of keys, not a list; write `key: value`"),
        Refusal(
            "a group for a value", "policy: {stable: {a: b}}",
            "4:18: error: policy: stable must be a single value, not a group of keys"),
        Refusal(
            "a group for a list", "hosts: {a: {tier: core, feeds: {b: c}}}",
            "4:32: error: host a: feeds must be a list; write `feeds: [a, b]`"),
        Refusal(
            "a tier twice", "hosts: {a: {tier: core, feeds: [river, river]}}",
            "4:40: error: host a: feeds names 'river' twice; remove one"),
    ]

    static let plans: [Refusal] = [
        Refusal(
            "a way this version does not know", "hosts: {a: {tier: core, feeds: river, stop: {ways: [ipmi, nut]}}}",
            "4:53: error: host a: stop: ways: this version knows no 'ipmi', only nut, command, ssh; remove it"),
        Refusal(
            "no way", "hosts: {a: {tier: core, feeds: river, stop: {ways: []}}}",
            "4:52: error: host a: stop: ways is empty; write [nut]"),
        Refusal(
            "a method this version does not know", "hosts: {a: {tier: core, feeds: river, start: [redfish]}}",
            "4:47: error: host a: start: this version knows no 'redfish', only outlet, wake-on-lan, command; remove it"),
        Refusal(
            "a method spelt wrong", "hosts: {a: {tier: core, feeds: river, start: {methods: outlets}}}",
            "4:56: error: host a: start: methods: this version knows no 'outlets', only outlet, wake-on-lan, command; "
                + "did you mean outlet?"),
        Refusal(
            "no time to stop", "hosts: {a: {tier: core, feeds: river, stop: {timeout: 0s}}}",
            "4:55: error: host a: stop: timeout is 0s; write at least 1s"),
        Refusal(
            "a word that is no boolean", "loads: {a: {tier: core, feeds: river, protected: 1}}",
            "4:50: error: load a: protected is '1'; write true or false"),
        Refusal(
            "a description clients cannot read", "loads: {a: {tier: core, feeds: river, description: Küche}}",
            "4:52: error: load a: description cannot be sent to clients; use at most 200 printable ASCII characters"),
    ]

    @Test(arguments: server + policy + plans) func `a section that is wrong is refused`(refusal: Refusal) {
        #expect(Sample.problems(adding: refusal.yaml) == [refusal.problem])
        #expect(Sample.configuration(adding: refusal.yaml) == nil)
    }

    static let ups: [Refusal] = [
        Refusal("no UPS", "tiers: [a]", "1:1: error: no UPS is configured; add `ups: {NAME: {driver: usb-hid}}`"),
        Refusal("an empty file", "", "1:1: error: no UPS is configured; add `ups: {NAME: {driver: usb-hid}}`"),
        Refusal(
            "a text for a file", "hello",
            "1:1: error: the file must be a group of keys, not the text 'hello'; write `key: value`"),
        Refusal("no driver", "ups: {a: {poll: 2s}}", "1:7: error: ups a has no driver; add driver: usb-hid"),
        Refusal(
            "another driver", "ups: {a: {driver: snmp-ups, community: x}}",
            "1:19: error: ups a: this version knows no driver 'snmp-ups', only usb-hid, snmp, emulated, nut-driver, nut-upstream, dummy; remove this UPS"
        ),
        Refusal(
            "a driver spelt wrong", "ups: {a: {driver: usbhid}}",
            "1:19: error: ups a: this version knows no driver 'usbhid', only usb-hid, snmp, emulated, nut-driver, nut-upstream, dummy; did you mean usb-hid?"
        ),
        Refusal(
            "a vendor of five digits", "ups: {a: {driver: usb-hid, match: {vendor: 0x0051D}}}",
            "1:44: error: ups a: match: vendor is '0x0051D'; "
                + "write the four hexadecimal digits that lsusb shows, such as 0463"),
        Refusal(
            "a port without a bus", "ups: {a: {driver: usb-hid, match: {port: 2.4}}}",
            "1:42: error: ups a: match: port is '2.4'; "
                + "write the bus and the ports such as 1-2.4, as in /sys/bus/usb/devices"),
        Refusal(
            "a digit in another dialect", #"ups: {a: {driver: usb-hid, match: {serial: R\d+}}}"#,
            "1:44: error: ups a: match: serial is no POSIX regular expression; write [0-9] for a digit"),
        Refusal(
            "a circuit called like a UPS", "ups: {a: {driver: usb-hid, source: A}}",
            "1:7: error: the mains circuit of ups a has the same name as ups a; rename the circuit"),
        Refusal(
            "no regular expression", "ups: {a: {driver: usb-hid, match: {serial: \"(\"}}}",
            "1:44: error: ups a: match: serial is no regular expression; write signs like ( [ * as \\("),
        Refusal(
            "an unknown sign", "ups: {a: {driver: usb-hid, match: {productid: ffff}}}",
            "1:36: error: ups a: match: unknown key 'productid'; did you mean product?"),
        Refusal(
            "the same device twice", "ups:\n  a: {driver: usb-hid}\n  b: {driver: usb-hid}",
            "3:3: error: ups b matches the same USB device as ups a; give each the serial of its device under match"),
        Refusal(
            "an unknown model", "ups: {a: {driver: emulated, model: river-2}}",
            "1:36: error: ups a: no emulated model 'river-2'; "
                + "write one of river-3-plus, delta-3-plus, river-3-plus-2024, delta-3-plus-2024"),
        Refusal(
            "no model", "ups: {a: {driver: emulated}}",
            "1:7: error: ups a has no model; "
                + "write one of river-3-plus, delta-3-plus, river-3-plus-2024, delta-3-plus-2024"),
        Refusal(
            "a USB sign of an emulated UPS", "ups: {a: {driver: emulated, model: river-3-plus, match: {serial: x}}}",
            "1:50: error: ups a: unknown key 'match'; known: driver, model, charge, serial, source, capacity, rated, "
                + "cut-off, low, description, poll, full-poll, stale-after, override"),
        Refusal(
            "power for energy", "ups: {a: {driver: usb-hid, capacity: 286 W}}",
            "1:38: error: ups a: capacity is '286 W'; write an energy such as 286 Wh or 1 kWh"),
        Refusal(
            "no energy", "ups: {a: {driver: usb-hid, capacity: 0 Wh}}",
            "1:38: error: ups a: capacity is 0 Wh; write at least 0.1 Wh"),
        Refusal(
            "a cut-off of everything", "ups: {a: {driver: usb-hid, cut-off: 100%}}",
            "1:37: error: ups a: cut-off is '100%'; write auto, or a share below 100% such as 11%"),
        Refusal(
            "too many polls", "ups: {a: {driver: usb-hid, poll: 100ms}}",
            "1:34: error: ups a: poll is 100ms; write at least 250ms"),
        Refusal(
            "full polls too often", "ups: {a: {driver: usb-hid, full-poll: 1s}}",
            "1:39: error: ups a: full-poll is shorter than poll; write at least 2s"),
        Refusal(
            "always stale", "ups: {a: {driver: usb-hid, poll: 15s}}",
            "1:34: error: ups a: stale-after is not longer than poll, so that every value would be stale; "
                + "write more than 15s"),
        Refusal(
            "a status of one's own", "ups: {a: {driver: usb-hid, override: {ups.status: OL}}}",
            "1:39: error: ups a: override: ups.status cannot be overridden: hosts are stopped by it; remove it"),
        Refusal(
            "no variable", "ups: {a: {driver: usb-hid, override: {Battery: 1}}}",
            "1:39: error: ups a: override: Battery is no name of a variable; write it like battery.charge.low"),
        Refusal(
            "a value NUT cannot carry", "ups: {a: {driver: usb-hid, override: {ups.id: ü}}}",
            "1:47: error: ups a: override: ups.id has a value that cannot be sent to clients; "
                + "use at most 255 printable ASCII characters"),
        Refusal(
            "no feed of a PDU", "ups: {a: {driver: usb-hid}}\npdu: {p: {driver: emulated}}",
            "2:7: error: pdu p has no feed; add feed: and the UPS it is plugged into"),
        Refusal(
            "a PDU on nothing", "ups: {a: {driver: usb-hid}}\npdu: {p: {driver: emulated, feed: b}}",
            "2:35: error: pdu p is plugged into 'b', which is no UPS; did you mean a?"),
        Refusal(
            "an emulated PDU on a real UPS", "ups: {a: {driver: usb-hid}}\npdu: {p: {driver: emulated, feed: a}}",
            "2:35: error: pdu p is emulated, but ups a, which it is plugged into, is not; "
                + "remove the PDU, or make the UPS an emulated one"),
        Refusal(
            "a PDU's driver", "ups: {a: {driver: usb-hid}}\npdu: {p: {driver: modbus, feed: a, host: x}}",
            "2:19: error: pdu p: this version knows no driver 'modbus', only snmp, usb-relay, "
                + "usb-sispm, http, kasa, powerman, command, nut-driver, nut-upstream, emulated; "
                + "remove this PDU, and feed what hangs on it from its UPS"),
        Refusal(
            "too many outlets",
            "ups: {a: {driver: emulated, model: river-3-plus}}\npdu: {p: {driver: emulated, feed: a, outlets: 65}}",
            "2:47: error: pdu p: outlets is 65; write at most 64"),
        Refusal(
            "no number of an outlet",
            "ups: {a: {driver: emulated, model: river-3-plus}}\npdu: {p: {driver: emulated, feed: a, outlets: {one: x}}}",
            "2:48: error: pdu p: outlets: 'one' is no outlet number; write a number from 1 to 64"),
        Refusal(
            "two outlets of one name",
            "ups: {a: {driver: emulated, model: river-3-plus}}\npdu: {p: {driver: emulated, feed: a, outlets: {1: x, 2: X}}}",
            "2:57: error: pdu p: two outlets are called 'X'; rename one"),
    ]

    @Test(arguments: ups) func `a file that is wrong is refused`(refusal: Refusal) {
        #expect(Sample.problems(refusal.yaml) == [refusal.problem])
        #expect(ConfigurationFile.read(refusal.yaml).configuration == nil)
    }

    static let warnings: [Refusal] = [
        Refusal(
            "the page", "web: {listen: \"127.0.0.1:8080\"}",
            "4:1: warning: web is ignored: this version has no such part; remove it"),
        Refusal(
            "a password stock clients cannot send", "server: {users: {a: {password: \"a b\"}}}",
            "4:32: warning: user a: stock NUT clients cannot send this password; "
                + "use letters, digits and signs other than space, #, \", \\ and ="),
    ]

    @Test(arguments: warnings) func `what harms nobody is a warning`(refusal: Refusal) {
        #expect(Sample.problems(adding: refusal.yaml) == [refusal.problem])
        #expect(Sample.configuration(adding: refusal.yaml) != nil)
    }

    @Test func `a machine of the lab in a rack without one is a warning`() {
        let yaml = "ups: {a: {driver: usb-hid, capacity: 1 kWh, companion: auto}}\ntiers: [t]\n"
        let host = "hosts: {h: {tier: t, feeds: a, emulated: {watts: 5 W}}}"
        #expect(
            Sample.problems(yaml + host) == [
                "1:45: warning: ups a: companion is ignored: this version reads USB HID only",
                "3:42: warning: host h: emulated is ignored: no UPS or PDU of this rack is emulated; remove it",
            ])
    }
}
