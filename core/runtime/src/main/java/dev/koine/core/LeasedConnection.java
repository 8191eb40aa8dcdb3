package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.core.dialect.Lease;

/**
 * A connection in use: until this is closed, its dialect stays, also when its plugin is replaced or removed meanwhile.
 *
 * @param connection the connection
 * @param lease the use of its dialect
 */
record LeasedConnection(Connection connection, Lease lease) implements AutoCloseable {
    LeasedConnection {
        requireNonNull(connection, "connection is null");
        requireNonNull(lease, "lease is null");
    }

    @Override
    public void close() {
        lease.close();
    }
}
