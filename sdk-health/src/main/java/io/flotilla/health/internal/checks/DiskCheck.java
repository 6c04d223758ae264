package io.flotilla.health.internal.checks;

import io.flotilla.spi.HealthCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a file system has room left. Warns below twice of what it must have. */
public final class DiskCheck implements HealthCheck {
    private final String name;
    private final Room room;
    private final long minFree;

    /** Asks for free bytes. */
    @FunctionalInterface
    interface Room {
        long free() throws IOException;
    }

    public DiskCheck(String name, Path path, long minFree) {
        this(name, () -> Files.getFileStore(path).getUsableSpace(), minFree);
    }

    DiskCheck(String name, Room room, long minFree) {
        this.name = name;
        this.room = room;
        this.minFree = minFree;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Result check() throws IOException {
        long free = room.free();
        String detail = free + " bytes free, must have " + minFree;
        if (free < minFree) {
            return new Result(Status.DOWN, detail);
        }
        return new Result(free - minFree < minFree ? Status.DEGRADED : Status.UP, detail);
    }

    @Override
    public String toString() {
        return name;
    }
}
