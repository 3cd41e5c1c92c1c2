/// The reference rack on emulated devices, for a first look without hardware (`upsd-swift --demo`).
///
/// Two power stations, two PDUs, three hypervisors that need the storage, a machine for comfort. The river carries
/// 390 W: its 286 Wh last for 44 minutes at best, some 40 after the losses of its inverter.
public enum DemoRack {
    /// The configuration file.
    public static let yaml = """
        # The reference rack, every device emulated. Passwords are for show: it listens on this machine only.
        server:
          listen: ["127.0.0.1:3493"]
          users:
            admin:   {password: demo, role: primary, set: all, commands: all}
            demo:    {password: demo, role: primary, set: all, commands: all}
            gpu:     {password: demo, role: secondary, devices: [gpu]}
            pve1:    {password: demo, role: secondary, devices: [pve1]}
            pve2:    {password: demo, role: secondary, devices: [pve2]}
            pve3:    {password: demo, role: secondary, devices: [pve3]}
            storage: {password: demo, role: secondary, devices: [storage]}

        ups:
          river:
            driver: emulated
            model: river-3-plus
            description: EcoFlow River 3 Plus (emulated)
            capacity: 286 Wh
            rated: 600 W
            cut-off: auto
          delta:
            driver: emulated
            model: delta-3-plus
            description: EcoFlow Delta 3 Plus (emulated)
            capacity: 1024 Wh
            rated: 1800 W
            cut-off: auto

        pdu:
          rack-a: {driver: emulated, outlets: 8, feed: river, description: PDU A (emulated)}
          rack-b: {driver: emulated, outlets: 8, feed: delta, description: PDU B (emulated)}

        tiers: [comfort, cluster, core]   # shed in this order

        hosts:
          gpu:
            tier: comfort
            feeds: [rack-a/8]
            stop: {timeout: 2m, off-after: 30s}
            shed: {on-battery: 2m}
            watts: 220 W
            emulated: {boot: 40s, stop: 25s}
          pve1:
            tier: cluster
            feeds: [rack-a/1, rack-b/1]
            requires: 1
            needs: [storage, switch]
            stop: {timeout: 4m, off-after: 60s}
            start: [outlet]
            watts: 80 W
            emulated: {boot: 45s, stop: 40s}
          pve2:
            tier: cluster
            feeds: [rack-a/2, rack-b/2]
            requires: 1
            needs: [storage, switch]
            stop: {timeout: 4m, off-after: 60s}
            start: [outlet]
            watts: 70 W
            emulated: {boot: 45s, stop: 35s}
          pve3:
            tier: cluster
            feeds: [rack-a/3, rack-b/3]
            requires: 1
            needs: [storage, switch]
            stop: {timeout: 4m, off-after: 60s}
            start: [outlet]
            watts: 65 W
            emulated: {boot: 45s, stop: 30s}
          storage:
            tier: core
            feeds: [rack-a/4, rack-b/4]
            requires: 1
            needs: [switch]
            stop: {timeout: 5m, off-after: 90s}
            start: [outlet]
            watts: 95 W
            emulated: {boot: 60s, stop: 50s}
        loads:
          switch: {tier: core, feeds: [rack-a/5, rack-b/5], requires: 1, watts: 30 W, emulated: {boot: 20s}}
          modem:  {tier: core, feeds: [rack-b/6], protected: true, watts: 10 W, emulated: {boot: 20s}}

        policy:
          debounce: 5s
          stable: 60s
          triggers:
            comfort: [on-battery: 2m]
            cluster: [last-safe-moment, charge: 25%]
            core:    [last-safe-moment]

        """
}
