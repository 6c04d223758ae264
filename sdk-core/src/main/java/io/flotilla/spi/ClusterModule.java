package io.flotilla.spi;

import com.hazelcast.config.Config;

/**
 * What a user installs: the immutable description of one feature. May be installed in several clusters. Its
 * {@code toString} is the feature's effective configuration, printed at start; secrets must not show in it.
 *
 * @param <T> the feature's facade
 * @since 0.1
 */
public interface ClusterModule<T> {

    /**
     * Returns the facade under which {@link io.flotilla.Cluster#get} finds the feature. Its simple name in lower case
     * names the module's threads.
     *
     * @return the facade's type
     */
    Class<T> api();

    /**
     * Adds the module's own maps, topics and serializers to the member's configuration, before the member starts. Names
     * of structures begin with the module's name and a dot. Must not do I/O.
     *
     * @param member the configuration under construction
     */
    default void configure(Config member) {}

    /**
     * Starts the feature; the member has joined. What this method acquires it must release itself if it throws.
     *
     * @param context what core offers; valid until the returned module is closed
     * @return the running feature
     */
    RunningModule<T> start(ModuleContext context);
}
