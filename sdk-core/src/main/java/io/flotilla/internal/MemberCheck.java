package io.flotilla.internal;

import com.hazelcast.core.HazelcastInstance;
import io.flotilla.spi.HealthCheck;

/** Down when the member below has stopped, or has no place in the cluster, though nobody closed it. */
final class MemberCheck implements HealthCheck {
    private final HazelcastInstance member;

    MemberCheck(HazelcastInstance member) {
        this.member = member;
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
        int size = member.getCluster().getMembers().size();
        return new Result(Status.UP, size == 1 ? "alone" : size + " members");
    }
}
