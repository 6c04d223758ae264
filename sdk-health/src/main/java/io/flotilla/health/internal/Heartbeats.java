package io.flotilla.health.internal;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.topic.ITopic;
import io.flotilla.Cluster;
import io.flotilla.health.Health.State;
import io.flotilla.health.internal.wire.HeartbeatMessage;
import io.flotilla.spi.ModuleContext;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** Tells the other members how this one is doing, at regular intervals and whenever that changes; hears the others. */
final class Heartbeats {
    static final String TOPIC = "health.heartbeats";

    private final HealthConfig config;
    private final ModuleContext context;
    private final BackgroundChecks checks;
    private final Readiness readiness;
    private final SelfReport self;
    private final NodeTable table;
    private final CheckLog checkLog;
    private final ExecutorService thread;
    private final ITopic<HeartbeatMessage> topic;
    private final UUID registration;
    private volatile State told = State.STARTING;
    private long seq; // only used on the one thread of the pool

    Heartbeats(
            HealthConfig config,
            ModuleContext context,
            BackgroundChecks checks,
            Readiness readiness,
            SelfReport self,
            NodeTable table) {
        this.config = config;
        this.context = context;
        this.checks = checks;
        this.readiness = readiness;
        this.self = self;
        this.table = table;
        this.checkLog = new CheckLog(context.node());
        this.thread = context.newPool("heartbeat", 1);
        this.topic = context.hazelcast().getTopic(TOPIC);
        // On Hazelcast's own thread, so no more than a put into a map.
        this.registration = topic.addMessageListener(
                message -> table.heard(message.getMessageObject().heartbeat()));
    }

    void start() {
        soon();
        context.repeat(thread, config.heartbeatInterval(), "heartbeat", this::beat);
    }

    /** Sends a heartbeat now, without making the caller wait for it. */
    void soon() {
        try {
            thread.execute(this::beat);
        } catch (RejectedExecutionException closed) {
            return; // nobody is left to be told
        }
    }

    /** Sends one now if the state is another than the others were last told. */
    void soonIfChanged() {
        if (readiness.state() != told) {
            soon();
        }
    }

    private void beat() {
        checks.discover(this::soonIfChanged);
        if (!context.hazelcast().getLifecycleService().isRunning()) {
            return;
        }
        try {
            if (context.state() == Cluster.State.RUNNING) { // what fails while the node leaves is no news
                checkLog.note(checks.outcomes());
            }
            table.forgetStrangers();
            HeartbeatMessage message = new HeartbeatMessage(self.heartbeat(++seq));
            topic.publish(message);
            told = message.heartbeat().state();
        } catch (HazelcastInstanceNotActiveException stopped) {
            return; // between the question above and here; the next beat will not get this far
        }
    }

    void stop() {
        try {
            topic.removeMessageListener(registration);
        } catch (HazelcastInstanceNotActiveException stopped) {
            return; // the member is gone, and the listener with it
        }
    }
}
