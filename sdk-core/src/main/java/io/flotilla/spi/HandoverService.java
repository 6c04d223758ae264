package io.flotilla.spi;

import com.hazelcast.config.Config;
import com.hazelcast.config.ConfigAccessor;
import com.hazelcast.config.ServiceConfig;
import com.hazelcast.internal.partition.MigrationAwareService;
import com.hazelcast.internal.partition.MigrationEndpoint;
import com.hazelcast.internal.partition.PartitionMigrationEvent;
import com.hazelcast.internal.partition.PartitionReplicationEvent;
import com.hazelcast.spi.impl.operationservice.Operation;
import org.jspecify.annotations.Nullable;

/** {@link Handover} as a service of Hazelcast's that moves no data of its own. */
final class HandoverService implements MigrationAwareService {
    private final Handover handover;

    private HandoverService(Handover handover) {
        this.handover = handover;
    }

    /** See {@link Handover#install}. */
    static void install(Config member, String name, Handover handover) {
        ConfigAccessor.getServicesConfig(member)
                .addServiceConfig(new ServiceConfig()
                        .setEnabled(true)
                        .setName(name)
                        .setImplementation(new HandoverService(handover)));
    }

    @Override
    public @Nullable Operation prepareReplicationOperation(PartitionReplicationEvent event) {
        return null;
    }

    @Override
    public void beforeMigration(PartitionMigrationEvent event) {
        if (givesUp(event)) {
            handover.begins(event.getPartitionId());
        }
    }

    @Override
    public void commitMigration(PartitionMigrationEvent event) {
        if (givesUp(event)) {
            handover.ended(event.getPartitionId());
        }
    }

    @Override
    public void rollbackMigration(PartitionMigrationEvent event) {
        commitMigration(event);
    }

    private static boolean givesUp(PartitionMigrationEvent event) {
        return event.getMigrationEndpoint() == MigrationEndpoint.SOURCE
                && event.getCurrentReplicaIndex() == 0
                && event.getNewReplicaIndex() != 0;
    }
}
