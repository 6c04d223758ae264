package io.flotilla.sessions.internal.codec;

import io.flotilla.ClusterDataException;
import io.flotilla.codec.UnreadableReason;
import io.flotilla.sessions.UnreadableAttribute;
import io.flotilla.sessions.UnreadablePolicy;
import io.flotilla.spi.Seldom;
import io.flotilla.spi.codec.UnreadableException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where attributes go that cannot be read: counted, logged now and then, and left to the application's policy. */
public final class Quarantine {
    private static final Logger log = LoggerFactory.getLogger(Quarantine.class);

    private final UnreadablePolicy policy;
    private final Consumer<UnreadableReason> count;
    private final Seldom lines;

    /**
     * Creates it.
     *
     * @param policy what becomes of them
     * @param count is told of each
     * @param lines how often the log may tell of one
     */
    public Quarantine(UnreadablePolicy policy, Consumer<UnreadableReason> count, Seldom lines) {
        this.policy = policy;
        this.count = count;
        this.lines = lines;
    }

    private record Unreadable(
            String name, Optional<String> className, UnreadableReason reason, ClusterDataException failure)
            implements UnreadableAttribute {}

    /** Throws what the policy throws. */
    void take(String name, UnreadableException why) {
        count.accept(why.reason());
        log.debug("session attribute '{}' cannot be read", name, why);
        lines.now()
                .ifPresent(leftOut -> log.warn(
                        "session attribute '{}' cannot be read: {}. Its bytes stay as they are; {} more since the last such"
                                + " line",
                        name,
                        why.getMessage(),
                        leftOut));
        policy.unreadable(new Unreadable(name, why.className(), why.reason(), AttributeCodec.cannotBeRead(name, why)));
    }
}
