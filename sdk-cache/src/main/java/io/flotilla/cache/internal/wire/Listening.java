package io.flotilla.cache.internal.wire;

import com.hazelcast.core.HazelcastInstance;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a member does with messages of others; there once its module has started. Called on a thread of Hazelcast's. */
public interface Listening {
    /** Where it is in the member's user context. */
    String KEY = "flotilla.cache.listening";

    /** A reader reports; null if this member may not serve. */
    @Nullable
    BulletinMessage reported(ReportMessage report);

    /** An owner tells its news; null if there is nothing to acknowledge. */
    @Nullable
    ReportMessage told(BulletinMessage bulletin);

    /** A load for which this member waits has ended. */
    void woken(CacheKey key);

    /** Whether no reader can answer what was there before a change of this owner's. */
    boolean isSettled(UUID stream, long change, int partition);

    /** A member has come back from the other side of a cut: whatever was answered before is void. */
    void forgetAll();

    static @Nullable Listening of(@Nullable HazelcastInstance member) {
        return member == null ? null : (Listening) member.getUserContext().get(KEY);
    }
}
