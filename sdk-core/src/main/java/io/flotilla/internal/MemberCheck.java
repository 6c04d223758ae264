package io.flotilla.internal;

import com.hazelcast.core.HazelcastInstance;
import io.flotilla.Standing;
import io.flotilla.spi.HealthCheck;

/** Down when the member below has stopped though nobody closed it, and while this member may not serve. */
final class MemberCheck implements HealthCheck {
    private final HazelcastInstance member;
    private final StandingWatch standing;

    MemberCheck(HazelcastInstance member, StandingWatch standing) {
        this.member = member;
        this.standing = standing;
    }

    @Override
    public String name() {
        return "member";
    }

    @Override
    public Result check() {
        if (!member.getLifecycleService().isRunning()) {
            return new Result(Status.DOWN, "this JVM's member of the cluster has stopped; restart the application");
        }
        if (standing.standing() != Standing.OPEN) {
            return new Result(Status.DOWN, standing.sentence());
        }
        int size = member.getCluster().getMembers().size();
        return new Result(Status.UP, size == 1 ? "alone" : size + " members");
    }
}
