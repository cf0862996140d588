extension PostgresAddress {
    /// The same place, at which the server is told another name than that of a node; unless the address has one itself.
    package func called(_ name: String) -> PostgresAddress {
        guard !uri.contains("application_name=") else { return self }
        let pooling = isPooledByTransaction ? "&pgbouncer=transaction" : ""
        let address = "\(uri)\(uri.contains("?") ? "&" : "?")application_name=\(name)\(pooling)"
        return (try? PostgresAddress(parsing: address)) ?? self
    }
}
