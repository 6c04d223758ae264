package io.flotilla.testkit;

import static java.util.stream.Collectors.joining;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * JUnit extension that fails a test which leaves something behind: a Hazelcast member, a thread of Flotilla's or
 * Hazelcast's, a WARN or ERROR line of Flotilla's or an ERROR line of anybody's that no {@link ExpectLog} announced (but for
 * errors of Hazelcast's membership and migrations, which it mends itself). A line that was announced and did not come fails the test too. Part of {@link ClusterTest}; put
 * {@code @ExtendWith(CleanSlate.class)} on a class whose tests start their clusters themselves. Threads have a few seconds
 * to end.
 */
public final class CleanSlate implements BeforeEachCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(CleanSlate.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private record Before(LogWatch log, Set<Thread> threads) {}

    /** Made by JUnit. */
    public CleanSlate() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put(Before.class, new Before(LogWatch.on(), new HashSet<>(threads())));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Before before = context.getStore(NAMESPACE).remove(Before.class, Before.class);
        List<String> left = new ArrayList<>();
        leftMembers(left);
        leftThreads(before.threads(), left);
        before.log().off(); // last: a thread may log while it ends
        unexpectedLines(context, before.log(), left);
        if (!left.isEmpty()) {
            throw new AssertionError("the test did not leave a clean slate:\n  - " + String.join("\n  - ", left));
        }
    }

    private static void leftMembers(List<String> left) {
        Set<HazelcastInstance> alive = Hazelcast.getAllHazelcastInstances();
        for (HazelcastInstance each : alive) {
            left.add("Hazelcast member " + each.getName() + " still runs");
            each.getLifecycleService().terminate(); // or the tests that follow would pay for it
        }
    }

    private static void leftThreads(Set<Thread> before, List<String> left) {
        Supplier<List<Thread>> alive = () -> threads().stream()
                .filter(each -> !before.contains(each) && isOurs(each))
                .toList();
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> alive.get().isEmpty());
        } catch (ConditionTimeoutException late) {
            for (Thread each : alive.get()) {
                left.add("thread " + each.getName() + " is alive, at\n"
                        + Arrays.stream(each.getStackTrace())
                                .limit(12)
                                .map(frame -> "        " + frame)
                                .collect(joining("\n")));
            }
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    /** Hazelcast's threads are known by their name, ours, named after a cluster, by who catches their exceptions. */
    private static boolean isOurs(Thread thread) {
        if (!thread.isAlive()) {
            return false;
        }
        Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
        return thread.getName().startsWith("hz.")
                || (handler != null && handler.getClass().getName().startsWith("io.flotilla."));
    }

    private static void unexpectedLines(ExtensionContext context, LogWatch log, List<String> left) {
        List<ExpectLog> expected = new ArrayList<>();
        context.getTestMethod()
                .ifPresent(method ->
                        expected.addAll(AnnotationSupport.findRepeatableAnnotations(method, ExpectLog.class)));
        context.getTestClass()
                .ifPresent(type -> expected.addAll(AnnotationSupport.findRepeatableAnnotations(type, ExpectLog.class)));
        List<Pattern> patterns = new ArrayList<>();
        for (ExpectLog each : expected) {
            Pattern pattern = Pattern.compile(each.value());
            patterns.add(pattern);
            if (each.required() && !log.saw(pattern)) {
                left.add("expected a log line that matches \"" + each.value() + "\", none came");
            }
        }
        log.unexpected(patterns).forEach(line -> left.add("unexpected log line: " + line));
    }
}
