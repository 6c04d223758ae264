package io.flotilla.storage.internal;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.spi.HealthCheck;
import io.flotilla.spi.ModuleContext;
import io.flotilla.storage.internal.index.ClusterIndex;
import io.flotilla.storage.internal.index.IndexLoader;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes on in the background: the oldest member fills the index from disk where it has gaps, and sweeps. */
final class Upkeep implements HealthCheck {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration TICK = Duration.ofMillis(500);

    private final ModuleContext context;
    private final HazelcastInstance member;
    private final ClusterIndex index;
    private final IndexLoader loader;
    private final Backend backend;
    private final Sweeper sweeper;
    private final UUID lost;
    private final UUID changed;
    private volatile boolean complete;

    Upkeep(ModuleContext context, ClusterIndex index, Backend backend, Sweeper sweeper) {
        this.context = context;
        this.member = context.hazelcast();
        this.index = index;
        this.loader = index.loader(backend);
        this.backend = backend;
        this.sweeper = sweeper;
        this.lost = member.getPartitionService().addPartitionLostListener(event -> complete = false);
        this.changed = member.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberRemoved(MembershipEvent event) {
                complete = false; // the one who was to load may be gone
            }
        });
    }

    void start(Duration sweepInterval) {
        context.addHealthCheck(this);
        ExecutorService pool = context.newPool("upkeep", 2);
        context.repeat(pool, TICK, "filling the index", this::fill);
        context.repeat(pool, sweepInterval, "sweeping the storage", this::sweep);
    }

    private void fill() {
        if (complete) {
            return;
        }
        try {
            // In this order: what is lost from now on makes it incomplete again.
            complete = true;
            if (!index.complete()) {
                complete = false;
                load();
            }
        } catch (ClusterUnavailableException later) {
            complete = false;
            log.debug("the index cannot be filled now", later);
        }
    }

    private void load() {
        if (!isOldest()) {
            return;
        }
        try {
            loader.load();
        } catch (IOException failure) {
            log.warn("storage cannot read its references from disk, and refuses calls until it can", failure);
        }
    }

    private void sweep() {
        if (backend.isShared() && !isOldest()) {
            return;
        }
        try {
            sweeper.sweep();
        } catch (IOException failure) {
            log.warn("a sweep of the storage failed, and will be tried again", failure);
        } catch (ClusterUnavailableException later) {
            log.debug("the storage cannot be swept now", later);
        }
    }

    private boolean isOldest() {
        for (Member each : member.getCluster().getMembers()) {
            return each.localMember();
        }
        return false;
    }

    @Override
    public String name() {
        return "storage";
    }

    /** Never DOWN: what all nodes share fails on all of them at once. */
    @Override
    public Result check() {
        return complete ? Result.UP : new Result(Status.DEGRADED, "references are being read from disk");
    }

    void close() {
        try {
            boolean unused = member.getPartitionService().removePartitionLostListener(lost);
            unused = member.getCluster().removeMembershipListener(changed);
        } catch (HazelcastInstanceNotActiveException stopped) {
            log.debug("the member has stopped, and its listeners with it");
        }
    }
}
