package io.flotilla.sessions.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import io.flotilla.sessions.Sessions;
import io.flotilla.spi.MemberClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the protocol needs of Hazelcast's maps. */
final class SessionsModuleTest {

    private static Config configured() {
        Config member = new Config();
        MemberClock.install(member, () -> Instant.EPOCH);
        Sessions.module(s -> s.backups(2)).configure(member);
        return member;
    }

    /** Each of these deletes living sessions, loses accesses, or answers from what is old. */
    @Test
    void recordsHaveNoTimeToLiveNoIndexAndNoNearCache() {
        MapConfig records = configured().getMapConfig(SessionsModule.RECORDS);

        assertThat(records.getTimeToLiveSeconds()).isZero();
        assertThat(records.getMaxIdleSeconds()).isZero();
        assertThat(records.getIndexConfigs()).isEmpty();
        assertThat(records.getNearCacheConfig()).isNull();
        assertThat(records.isReadBackupData()).isFalse();
        assertThat(records.getInMemoryFormat()).isEqualTo(InMemoryFormat.OBJECT);
    }

    @Test
    void everyMapHasTheBackupsThatWereAskedFor() {
        Config member = configured();

        assertThat(member.getMapConfigs().keySet())
                .allMatch(name -> name.equals("sessions") || name.startsWith("sessions."))
                .hasSize(3);
        assertThat(member.getMapConfigs().values()).allSatisfy(map -> {
            assertThat(map.getBackupCount()).isEqualTo(2);
            assertThat(map.getAsyncBackupCount()).isZero();
        });
    }
}
