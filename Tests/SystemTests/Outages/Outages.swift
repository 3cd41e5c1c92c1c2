import Testing

/// Outages of a rack that outlives the daemon, with stock upsmon on every machine.
///
/// They take minutes, most of it waiting: `dev/check.sh` runs them by themselves.
@Suite(.enabled(if: OutageRack.obstacle == nil, "\(OutageRack.obstacle ?? "")"))
enum Outages {}
