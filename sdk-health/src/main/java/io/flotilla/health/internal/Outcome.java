package io.flotilla.health.internal;

import io.flotilla.spi.HealthCheck.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one check.
 *
 * @param name the check's name
 * @param status how it stands; null as long as it has not run
 * @param detail one line for an administrator, or empty
 * @param age how long ago it answered last, or was added
 */
record Outcome(String name, @Nullable Status status, String detail, Duration age) {}
