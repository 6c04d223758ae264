package io.flotilla.cache.internal;

import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import io.flotilla.cache.Caches;
import io.flotilla.cache.internal.tier.Generations;
import io.flotilla.cache.internal.tier.Streams;
import io.flotilla.cache.internal.wire.CacheFactory;
import io.flotilla.cache.internal.wire.OwnerContext;
import io.flotilla.spi.ClusterModule;
import io.flotilla.spi.FactoryIds;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.RunningModule;

/** The cache module before it runs. */
public final class CachesModule implements ClusterModule<Caches> {
    private static final String PREFIX = "cache.";
    static final String TAGS = PREFIX + Generations.TAGS;
    static final String EPOCHS = PREFIX + Generations.EPOCHS;
    /** Enough for some hundred thousand tags; a generation that had no space voids what bears it. */
    private static final int MEGABYTES_OF_TAGS = 64;

    private final CachesConfig config;

    public CachesModule(CachesConfig config) {
        this.config = config;
    }

    @Override
    public Class<Caches> api() {
        return Caches.class;
    }

    @Override
    public void configure(Config member) {
        member.addMapConfig(base(EPOCHS, 1));
        member.addMapConfig(base(TAGS, 1)
                .setEvictionConfig(new EvictionConfig()
                        .setEvictionPolicy(EvictionPolicy.LRU)
                        .setMaxSizePolicy(MaxSizePolicy.USED_HEAP_SIZE)
                        .setSize(MEGABYTES_OF_TAGS)));
        config.caches().values().forEach(each -> member.addMapConfig(mapOf(each)));
        member.addExecutorConfig(
                new ExecutorConfig(Streams.EXECUTOR).setPoolSize(1).setStatisticsEnabled(false));
        member.getSerializationConfig().addDataSerializableFactory(FactoryIds.CACHE, new CacheFactory());
        OwnerContext.install(member);
    }

    static String mapName(String cache) {
        return PREFIX + cache;
    }

    /** The second tier of a cache. */
    static MapConfig mapOf(CacheConfig cache) {
        return base(mapName(cache.name()), cache.backups()).setEvictionConfig(evictionOf(cache.bounds()));
    }

    /**
     * Backups are written before a change returns, or a change that was acknowledged could come undone. They are never read:
     * what they answer has no place in the order of changes.
     */
    private static MapConfig base(String name, int backups) {
        return new MapConfig(name)
                .setInMemoryFormat(InMemoryFormat.BINARY)
                .setBackupCount(backups)
                .setAsyncBackupCount(0)
                .setReadBackupData(false)
                .setMergePolicyConfig(new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName()));
    }

    private static EvictionConfig evictionOf(CacheConfig.Bounds bounds) {
        Long entries = bounds.memberEntries();
        EvictionConfig eviction = new EvictionConfig().setEvictionPolicy(EvictionPolicy.LRU);
        return entries == null
                ? eviction.setMaxSizePolicy(MaxSizePolicy.USED_HEAP_SIZE)
                        .setSize((int) (bounds.memberBytesOrDefault() >> 20))
                : eviction.setMaxSizePolicy(MaxSizePolicy.PER_NODE).setSize(entries.intValue());
    }

    @Override
    public RunningModule<Caches> start(ModuleContext context) {
        return new RunningCaches(config, context);
    }

    @Override
    public String toString() {
        return config.toString();
    }
}
