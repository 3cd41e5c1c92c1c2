/// stub
enum EcoFlowDescriptor {
    static let bytes: [UInt8] = []
    static let absurd: [UInt8] = []
}
