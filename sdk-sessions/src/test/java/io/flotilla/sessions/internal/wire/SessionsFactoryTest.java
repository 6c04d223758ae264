package io.flotilla.sessions.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.flotilla.spi.FactoryIds;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SessionsFactoryTest {
    private static final int TYPES = 26;
    private final SessionsFactory factory = new SessionsFactory();

    @Test
    void makesEachTypeUnderItsOwnId() {
        Map<Class<?>, Integer> made = new HashMap<>();
        IntStream.rangeClosed(1, TYPES).forEach(id -> {
            IdentifiedDataSerializable each = factory.create(id);
            assertThat(each.getClassId()).as("class id of %s", each.getClass()).isEqualTo(id);
            assertThat(each.getFactoryId()).isEqualTo(FactoryIds.SESSIONS);
            assertThat(made.put(each.getClass(), id))
                    .as("an earlier id of %s", each.getClass())
                    .isNull();
        });
        assertThat(made).hasSize(TYPES);
    }

    @Test
    void refusesAnUnknownId() {
        assertThatThrownBy(() -> factory.create(TYPES + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown type 27 of the sessions module: a newer release of Flotilla sent it");
        assertThatThrownBy(() -> factory.create(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
