package io.flotilla.benchmarks.members;

import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.Discovery;
import java.io.IOException;

/** A fresh JVM that becomes a member with Flotilla and says how long it took. */
final class FlotillaMember {
    private FlotillaMember() {}

    public static void main(String[] args) throws IOException {
        String[] members = args[0].split(",", -1);
        String[] own = members[0].split(":", 2);
        Mode mode = Mode.valueOf(args[1]);

        long begin = System.nanoTime();
        ClusterBuilder builder = Cluster.builder("startup")
                .node(own[1])
                .bind(own[0], Integer.parseInt(own[1]))
                .discovery(Discovery.members(members));
        mode.apply(builder);
        Cluster cluster = builder.start();
        long end = System.nanoTime();

        Started.tell(end - begin, cluster.hazelcast().getCluster().getMembers().size());
    }
}
