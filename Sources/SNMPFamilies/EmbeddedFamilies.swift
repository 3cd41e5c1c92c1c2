public import SNMPTables

/// The families that come with the program; their files are part of it.
public enum EmbeddedFamilies {
    /// All of them.
    ///
    /// A file with a problem would be left out; a test sees to it that none has one.
    public static let all = SNMPFamilies(files.compactMap { FamilyFile.read($0.text).family })

    /// Their files by name.
    public static let files: [(name: String, text: String)] = bytes.map { name, bytes in
        (name, String(decoding: bytes, as: UTF8.self))
    }

    private static let bytes: [(String, [UInt8])] = [
        ("apc-easy", PackageResources.apc_easy_yaml),
        ("apc-masterswitch-plus", PackageResources.apc_masterswitch_plus_yaml),
        ("apc-metered", PackageResources.apc_metered_yaml),
        ("apc-metered-old", PackageResources.apc_metered_old_yaml),
        ("apc-rpdu", PackageResources.apc_rpdu_yaml),
        ("apc-rpdu2", PackageResources.apc_rpdu2_yaml),
        ("apc-spdu", PackageResources.apc_spdu_yaml),
        ("apc-ups", PackageResources.apc_ups_yaml),
        ("aten", PackageResources.aten_yaml),
        ("avocent", PackageResources.avocent_yaml),
        ("baytech", PackageResources.baytech_yaml),
        ("cyberpower-epdu", PackageResources.cyberpower_epdu_yaml),
        ("cyberpower-epdu2", PackageResources.cyberpower_epdu2_yaml),
        ("cyberpower-ups", PackageResources.cyberpower_ups_yaml),
        ("cyberpower-ups-outlets", PackageResources.cyberpower_ups_outlets_yaml),
        ("dell", PackageResources.dell_yaml),
        ("eaton-g3", PackageResources.eaton_g3_yaml),
        ("eaton-managed", PackageResources.eaton_managed_yaml),
        ("eaton-switched", PackageResources.eaton_switched_yaml),
        ("eaton-ups", PackageResources.eaton_ups_yaml),
        ("enlogic", PackageResources.enlogic_yaml),
        ("gude", PackageResources.gude_yaml),
        ("hpe-g1", PackageResources.hpe_g1_yaml),
        ("hpe-g2", PackageResources.hpe_g2_yaml),
        ("iboot", PackageResources.iboot_yaml),
        ("ietf-ups", PackageResources.ietf_ups_yaml),
        ("raritan-px1", PackageResources.raritan_px1_yaml),
        ("raritan-px2", PackageResources.raritan_px2_yaml),
        ("raritan-px2-sensors", PackageResources.raritan_px2_sensors_yaml),
        ("sentry3", PackageResources.sentry3_yaml),
        ("sentry4", PackageResources.sentry4_yaml),
        ("tripplite", PackageResources.tripplite_yaml),
        ("tripplite-old", PackageResources.tripplite_old_yaml),
        ("vertiv", PackageResources.vertiv_yaml),
        ("wti", PackageResources.wti_yaml),
    ]
}
