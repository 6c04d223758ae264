package io.flotilla.health.internal;

import com.hazelcast.config.Config;
import io.flotilla.health.Health;
import io.flotilla.health.internal.wire.HealthWire;
import io.flotilla.spi.ClusterModule;
import io.flotilla.spi.FactoryIds;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.RunningModule;

/** What a user installs. */
public final class HealthModule implements ClusterModule<Health> {
    private final HealthConfig config;

    public HealthModule(HealthConfig config) {
        this.config = config;
    }

    @Override
    public Class<Health> api() {
        return Health.class;
    }

    @Override
    public void configure(Config member) {
        member.getSerializationConfig().addDataSerializableFactory(FactoryIds.HEALTH, new HealthWire());
        // Each sender's heartbeats in the order of their sending are enough, and need no agreement between members.
        member.getTopicConfig(Heartbeats.TOPIC).setGlobalOrderingEnabled(false).setStatisticsEnabled(false);
    }

    @Override
    public RunningModule<Health> start(ModuleContext context) {
        return RunningHealth.start(config, context);
    }

    @Override
    public String toString() {
        return config.toString();
    }
}
