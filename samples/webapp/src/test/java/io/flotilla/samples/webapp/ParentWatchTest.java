package io.flotilla.samples.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ParentWatchTest {
    @Test
    void exitsOnceWhenTheParentIsGone() {
        AtomicInteger exits = new AtomicInteger();

        new ParentWatch(new ByteArrayInputStream(new byte[100]), exits::incrementAndGet).run();

        assertThat(exits).hasValue(1);
    }
}
