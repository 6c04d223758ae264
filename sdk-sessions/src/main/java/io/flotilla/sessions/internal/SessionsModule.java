package io.flotilla.sessions.internal;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.spi.merge.PutIfAbsentMergePolicy;
import io.flotilla.sessions.Sessions;
import io.flotilla.sessions.internal.wire.Histories;
import io.flotilla.sessions.internal.wire.OwnerContext;
import io.flotilla.sessions.internal.wire.PrincipalMergePolicy;
import io.flotilla.sessions.internal.wire.SessionMergePolicy;
import io.flotilla.sessions.internal.wire.SessionsFactory;
import io.flotilla.spi.ClusterModule;
import io.flotilla.spi.FactoryIds;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.RunningModule;

/** The sessions module before it runs. */
public final class SessionsModule implements ClusterModule<Sessions> {
    /** The shorter the better: each message names it. */
    static final String RECORDS = "sessions";

    static final String PRINCIPALS = "sessions.principals";

    private final SessionsConfig config;

    public SessionsModule(SessionsConfig config) {
        this.config = config;
    }

    @Override
    public Class<Sessions> api() {
        return Sessions.class;
    }

    /** Records stay objects on their owner, have no time to live and no index: each would break the protocol. */
    @Override
    public void configure(Config member) {
        member.addMapConfig(new MapConfig(RECORDS)
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setBackupCount(config.backups())
                .setAsyncBackupCount(0)
                .setReadBackupData(false)
                .setMergePolicyConfig(new MergePolicyConfig().setPolicy(SessionMergePolicy.class.getName())));
        member.addMapConfig(new MapConfig(Histories.MAP)
                .setBackupCount(config.backups())
                .setAsyncBackupCount(0)
                .setMergePolicyConfig(new MergePolicyConfig().setPolicy(PutIfAbsentMergePolicy.class.getName())));
        member.addMapConfig(new MapConfig(PRINCIPALS)
                .setBackupCount(config.backups())
                .setAsyncBackupCount(0)
                .setMergePolicyConfig(new MergePolicyConfig().setPolicy(PrincipalMergePolicy.class.getName())));
        member.getSerializationConfig().addDataSerializableFactory(FactoryIds.SESSIONS, new SessionsFactory());
        OwnerContext.install(member);
    }

    @Override
    public RunningModule<Sessions> start(ModuleContext context) {
        return new RunningSessions(config, context);
    }

    @Override
    public String toString() {
        return config.toString();
    }
}
