import Foundation
import Testing

@testable import HTTPControl

/// The reader and writer of JSON.
struct JSONTests {
    private func read(_ text: String) throws(JSONReader.Failure) -> JSONValue {
        try JSONReader.read(Array(text.utf8))
    }

    @Test(arguments: [
        "null", "true", "-12.50e+3", "\"\"", "[]", "{}", "[1,[2,{\"a\":[]}]]", "{\"a\":0.10,\"b\":\"c\",\"a\":1}",
        "\"é\u{1f600}\"",
    ])
    func `a document is written as it was read`(text: String) throws {
        #expect(try self.read(text).document == text)
        #expect(try self.read(" \n\t\(text)\r ").document == text)
    }

    @Test func `escapes are read, pairs too, and half a pair is no trap`() throws {
        #expect(try self.read(#""\"\\\/\b\f\n\r\t\u00e9""#) == .string("\"\\/\u{8}\u{c}\n\r\té"))
        #expect(try self.read(#""\ud83d\ude00""#) == .string("\u{1f600}"))
        #expect(try self.read(#""\ud83d!\ude00\ud83d\u0041""#) == .string("\u{fffd}!\u{fffd}\u{fffd}A"))
    }

    @Test func `what is written can be read by others`() throws {
        let text = "a\"b\\c\u{1}\n\u{7f}é\u{2028}"
        let written = JSONValue.object([.init(key: text, value: .string(text))]).document
        let read = try JSONSerialization.jsonObject(with: Data(written.utf8)) as? [String: String]
        #expect(read == [text: text])
    }

    @Test(arguments: [
        "", " ", "tru", "nul", "[", "[1", "[1,", "[1,]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}",
        "\"", "\"a", "\"\\", "\"\\u", "\"\\u12", "\"\\ud83d\\u", "\"\\x\"", "\"\n\"", "01x", "+1", ".5", "1.", "-",
        "--1",
        "1e", "1 2", "[]]", "NaN", "Infinity", "0x10", "\u{feff}1",
    ])
    func `what is no document is refused with a place`(text: String) throws {
        let failure = #expect(throws: JSONReader.Failure.self) { try self.read(text) }
        #expect((0...text.utf8.count).contains(failure?.offset ?? -1))
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        #expect(throws: JSONReader.Failure.self) { try JSONReader.read([0x22, 0xff, 0x22]) }
        #expect(throws: JSONReader.Failure.self) { try JSONReader.read([0xff]) }
    }

    @Test func `nesting ends at a limit`() throws {
        let deep = JSONReader.deepest
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try self.read(nested(deep)).items?.count == 1)
        let failure = #expect(throws: JSONReader.Failure.self) { try self.read(nested(deep + 1)) }
        #expect(failure?.reason == "it is nested deeper than \(deep)")
        #expect(throws: JSONReader.Failure.self) { try self.read(String(repeating: "[{\"a\":", count: 300_000)) }
    }

    @Test func `numbers that no number holds are none`() throws {
        let values = try #require(try self.read("[1e999, 99999999999999999999, 1.5, \"2.5\", true, 1e2]").items)
        #expect(values.map(\.number) == [nil, 1e20, 1.5, 2.5, nil, 100])
        #expect(values.map(\.whole) == [nil, nil, nil, nil, nil, 100])
    }

    /// Every beginning of a document, and the document with each byte changed, is read or refused.
    @Test func `no beginning and no changed byte is a trap`() throws {
        let text = #"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00",null,true,false],"b":{"c":{}}}"#
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count {
            #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(bytes.prefix(length))) }
        }
        var read = 0
        for place in bytes.indices {
            for byte in UInt8.min ... .max {
                var changed = bytes
                changed[place] = byte
                if (try? JSONReader.read(changed)) != nil { read += 1 }
            }
        }
        #expect(read > bytes.count)
    }

    @Test func `a member is set in its place`() throws {
        let old = try self.read(#"{"index":2,"relay_state":true,"x":0.10}"#)
        #expect(old.setting("relay_state", to: false).document == #"{"index":2,"relay_state":false,"x":0.10}"#)
        #expect(old.setting("new", to: 1).document == #"{"index":2,"relay_state":true,"x":0.10,"new":1}"#)
    }
}
