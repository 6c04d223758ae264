package io.flotilla.health.internal.checks;

import io.flotilla.spi.HealthCheck;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Whether a database gives a connection that works. */
public final class DataSourceCheck implements HealthCheck {
    private static final int SECONDS = 1;

    private final String name;
    private final DataSource source;

    public DataSourceCheck(String name, DataSource source) {
        this.name = name;
        this.source = source;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Result check() {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(SECONDS) ? Result.UP : new Result(Status.DOWN, "the connection does not work");
        } catch (SQLException failure) {
            // Not its message: drivers put addresses, users and more into it, and this line is logged.
            return new Result(
                    Status.DOWN,
                    failure.getClass().getSimpleName() + ", SQL state " + failure.getSQLState() + ", code "
                            + failure.getErrorCode());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
