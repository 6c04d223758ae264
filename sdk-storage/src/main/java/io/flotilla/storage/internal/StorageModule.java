package io.flotilla.storage.internal;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import io.flotilla.spi.ClusterModule;
import io.flotilla.spi.FactoryIds;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.RunningModule;
import io.flotilla.storage.PutOptions;
import io.flotilla.storage.Storage;
import io.flotilla.storage.internal.index.ClusterIndex;
import io.flotilla.storage.internal.mirror.MirrorStorage;
import io.flotilla.storage.internal.wire.IndexMergePolicy;
import io.flotilla.storage.internal.wire.StorageWire;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a user installs. */
public final class StorageModule implements ClusterModule<Storage> {
    private final StorageConfig config;
    private final Function<Consumer<PutOptions>, PutRequest> requests;

    /**
     * @param requests reads options, whose values their own package keeps to itself
     */
    public StorageModule(StorageConfig config, Function<Consumer<PutOptions>, PutRequest> requests) {
        this.config = config;
        this.requests = requests;
    }

    @Override
    public Class<Storage> api() {
        return Storage.class;
    }

    @Override
    public void configure(Config member) {
        member.addMapConfig(new MapConfig(ClusterIndex.MAP)
                .setInMemoryFormat(InMemoryFormat.BINARY)
                .setBackupCount(config.backups())
                .setAsyncBackupCount(0)
                .setReadBackupData(false)
                .setMergePolicyConfig(new MergePolicyConfig().setPolicy(IndexMergePolicy.class.getName())));
        if (config.mirror() != null) {
            MirrorStorage.configure(member);
        }
        member.getSerializationConfig().addDataSerializableFactory(FactoryIds.STORAGE, new StorageWire());
    }

    @Override
    public RunningModule<Storage> start(ModuleContext context) {
        return RunningStorage.start(config, context, requests);
    }

    @Override
    public String toString() {
        return config.toString();
    }
}
