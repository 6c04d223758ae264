package io.flotilla.storage.internal;

import static java.util.Objects.requireNonNull;

import io.flotilla.Cluster;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.RunningModule;
import io.flotilla.storage.Namespace;
import io.flotilla.storage.PutOptions;
import io.flotilla.storage.Storage;
import io.flotilla.storage.internal.index.ClusterIndex;
import io.flotilla.storage.internal.mirror.MirrorStorage;
import io.flotilla.storage.internal.shared.HostDisk;
import io.flotilla.storage.internal.shared.SharedFolder;
import io.flotilla.storage.internal.web.ObjectSender;
import io.flotilla.storage.internal.web.ObjectServlet;
import io.flotilla.storage.internal.web.SignedPaths;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The module in a running cluster. */
final class RunningStorage implements Storage, RunningModule<Storage> {
    private final ModuleContext context;
    private final Function<Consumer<PutOptions>, PutRequest> requests;
    private final StorageMetrics metrics;
    private final @Nullable MirrorStorage mirror;
    private final Objects objects;
    private final Upkeep upkeep;
    private final ObjectSender sender;
    private final SignedPaths signatures;

    static RunningStorage start(
            StorageConfig config, ModuleContext context, Function<Consumer<PutOptions>, PutRequest> requests) {
        RunningStorage storage = new RunningStorage(config, context, requests);
        storage.upkeep.start(config.sweepInterval());
        return storage;
    }

    private RunningStorage(
            StorageConfig config, ModuleContext context, Function<Consumer<PutOptions>, PutRequest> requests) {
        this.context = context;
        this.requests = requests;
        this.metrics = new StorageMetrics(context.meters());
        Path shared = config.shared();
        this.mirror = shared == null ? MirrorStorage.open(config, context) : null;
        Backend backend = shared == null ? requireNonNull(mirror).backend() : openShared(shared, config, context);
        ClusterIndex index = ClusterIndex.of(context);
        Quotas quotas = new Quotas(config, index, context.clock(), context.ticker());
        this.objects = new Objects(backend, index, quotas, context.clock());
        Sweeper sweeper = new Sweeper(backend, index, objects, context.clock());
        this.upkeep = new Upkeep(context, index, backend, sweeper);
        this.sender = new ObjectSender(this::namespace, context.clock());
        this.signatures = new SignedPaths(context.sealer("storage.addresses"), context.clock());
    }

    private static Backend openShared(Path folder, StorageConfig config, ModuleContext context) {
        try {
            return SharedFolder.open(new HostDisk(), folder, context.clock(), config.grace());
        } catch (IOException | UnsupportedOperationException failure) {
            throw new IllegalStateException(
                    "storage.shared must be a directory that this node can write to, on a file system with hard links,"
                            + " was " + folder + ": " + failure,
                    failure);
        }
    }

    @Override
    public Storage api() {
        return this;
    }

    @Override
    public Namespace namespace(String name) {
        requireOpen();
        return new RunningNamespace(this, name);
    }

    @Override
    public Servlet servlet(String namespace) {
        return new ObjectServlet(sender, namespace(namespace).name(), null);
    }

    @Override
    public Servlet signedServlet(String namespace) {
        return new ObjectServlet(sender, namespace(namespace).name(), signatures);
    }

    @Override
    public void send(HttpServletRequest request, HttpServletResponse response, String namespace, String name)
            throws IOException {
        sender.send(
                requireNonNull(request, "request"),
                requireNonNull(response, "response"),
                requireNonNull(namespace, "namespace"),
                requireNonNull(name, "name"));
    }

    @Override
    public String sign(String path, Duration time) {
        requireOpen();
        return signatures.sign(requireNonNull(path, "path"), requireNonNull(time, "time"));
    }

    @Override
    public void decommission(String node) {
        requireOpen();
        if (mirror == null) {
            throw new IllegalStateException("storage.mirror must be set to give up nodes, was null");
        }
        mirror.decommission(requireNonNull(node, "node"));
    }

    Objects objects() {
        requireOpen();
        return objects;
    }

    StorageMetrics metrics() {
        return metrics;
    }

    PutRequest request(Consumer<PutOptions> options) {
        return requests.apply(options);
    }

    private void requireOpen() {
        if (context.state() == Cluster.State.CLOSED) {
            throw new IllegalStateException("cluster '" + context.cluster() + "' is closed");
        }
    }

    @Override
    public void close() {
        upkeep.close();
        if (mirror != null) {
            mirror.close();
        }
    }
}
