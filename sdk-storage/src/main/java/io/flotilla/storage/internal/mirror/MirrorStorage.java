package io.flotilla.storage.internal.mirror;

import static java.util.Objects.requireNonNull;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import io.flotilla.spi.Check;
import io.flotilla.spi.HealthCheck;
import io.flotilla.spi.ModuleContext;
import io.flotilla.storage.internal.Backend;
import io.flotilla.storage.internal.StorageConfig;
import io.flotilla.storage.internal.mirror.MirrorNode.Standing;
import io.flotilla.storage.internal.shared.Disk;
import io.flotilla.storage.internal.shared.HostDisk;
import io.flotilla.storage.internal.shared.SharedFolder;
import io.flotilla.storage.internal.wire.MirrorAsk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies on the nodes' own disks, in a running cluster. */
public final class MirrorStorage implements HealthCheck {
    private static final Logger log = LoggerFactory.getLogger(MirrorStorage.class);
    private static final Duration MEET_EVERY = Duration.ofSeconds(1);
    private static final int ANSWERING_THREADS = 4;
    private static final int SENDING_THREADS = 8;

    private final ModuleContext context;
    private final Members members;
    private final Answering answering;
    private final Copies copies;
    private final RepairSchedule repairs;

    /** Adds what the members need to ask each other. */
    public static void configure(Config member) {
        member.addExecutorConfig(new ExecutorConfig(Members.EXECUTOR, ANSWERING_THREADS).setStatisticsEnabled(false));
    }

    /**
     * Opens this node's directory and meets the others.
     *
     * @throws IllegalStateException if the directory cannot be used, or another node has the same
     */
    public static MirrorStorage open(StorageConfig config, ModuleContext context) {
        Path root = requireNonNull(config.mirror());
        try {
            Disk disk = new HostDisk();
            SharedFolder folder = SharedFolder.open(disk, root, context.clock(), config.grace());
            NodeDirectory directory = NodeDirectory.open(disk, root, config.zone(), config.weight());
            MirrorStorage mirror = new MirrorStorage(config, context, new LocalHolder(directory, folder));
            mirror.start(context);
            return mirror;
        } catch (IOException | UnsupportedOperationException failure) {
            throw new IllegalStateException(
                    "storage.mirror must be a directory that this node can write to, on a file system with hard links,"
                            + " was " + root + ": " + failure,
                    failure);
        }
    }

    private MirrorStorage(StorageConfig config, ModuleContext context, LocalHolder local) {
        this.context = context;
        this.members = new Members(context.hazelcast(), local);
        this.answering = new Answering(local, members, context.ticker());
        this.copies = new Copies(local, members, config.copies(), context.newPool("copies", SENDING_THREADS));
        this.repairs = new RepairSchedule(copies, config.replaceAfter(), config.sweepInterval(), context.ticker());
    }

    private void start(ModuleContext present) {
        present.hazelcast().getUserContext().put(MirrorAsk.Answers.KEY, answering);
        try {
            members.meetAll();
        } catch (IllegalStateException sameDirectory) {
            close();
            throw sameDirectory;
        }
        log.info(
                "storage keeps copies as node {} of {}",
                copies.local().id(),
                copies.roster().members().size());
        ExecutorService pool = present.newPool("mirror", 2);
        present.repeat(pool, MEET_EVERY, "meeting the nodes of the storage", members::meetAll);
        present.repeat(pool, MEET_EVERY, "repairing copies", this::repair);
        present.addHealthCheck(this);
    }

    private void repair() {
        try {
            repairs.runIfDue();
        } catch (IOException failure) {
            log.warn("this node's copies cannot be read through, and will be tried again", failure);
        }
    }

    public Backend backend() {
        return new MirrorFolder(copies);
    }

    /** Gives up a node for ever. */
    public void decommission(String node) {
        MirrorNode given = copies.roster().find(node);
        Check.that(given != null, "storage.node must be one that has kept copies, was %s", node);
        Check.that(!copies.present().containsKey(node), "storage.node must be away to be given up, was %s", node);
        Roster gone = Roster.EMPTY.with(requireNonNull(given).with(Standing.GONE));
        for (Holder each : copies.present().values()) {
            tell(each, gone);
        }
    }

    private static void tell(Holder holder, Roster news) {
        try {
            Roster unused = holder.exchange(news);
        } catch (IOException later) {
            log.debug("a node hears of what was given up when it is asked for copies next", later);
        }
    }

    @Override
    public String name() {
        return "storage-copies";
    }

    @Override
    public Result check() {
        List<MirrorNode> away = copies.roster().missing(copies.present().keySet());
        if (!away.isEmpty()) {
            String ids = away.stream().map(MirrorNode::id).collect(Collectors.joining(", "));
            return new Result(Status.DEGRADED, "nodes of the storage are away: " + ids);
        }
        if (!copies.areAsMany()) {
            return new Result(Status.DEGRADED, "there are fewer nodes than there are to be copies");
        }
        return repairs.isClean() ? Result.UP : new Result(Status.DEGRADED, "copies are being made");
    }

    public void close() {
        try {
            Object unused = context.hazelcast().getUserContext().remove(MirrorAsk.Answers.KEY);
        } catch (HazelcastInstanceNotActiveException stopped) {
            log.debug("the member has stopped, and answers nobody");
        }
        answering.close();
    }
}
