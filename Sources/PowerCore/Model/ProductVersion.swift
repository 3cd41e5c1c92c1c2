/// The version of this product, as `--version`, `driver.version` and `server.version` show it.
public let productVersion = "0.1.0"
