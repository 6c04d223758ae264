package io.flotilla.benchmarks.members;

import io.flotilla.ClusterBuilder;
import io.flotilla.Security;

/** How Flotilla's members protect themselves; bare Hazelcast's cannot. */
enum Mode {
    PLAIN {
        @Override
        void apply(ClusterBuilder member) {}

        @Override
        double most() {
            return 1.3;
        }
    },
    SECURED {
        @Override
        void apply(ClusterBuilder member) {
            byte[] secret = new byte[32];
            for (int i = 0; i < secret.length; i++) {
                secret[i] = (byte) (i * 37); // both members must have it, and it guards nothing
            }
            member.security(Security.secret(secret));
        }

        @Override
        double most() {
            return 2;
        }
    };

    abstract void apply(ClusterBuilder member);

    /** What its start may cost, times bare Hazelcast's. */
    abstract double most();
}
