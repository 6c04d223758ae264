package io.flotilla.sessions.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.sessions.internal.wire.Messages;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The README's table of metrics is the truth. */
final class SessionsMetricsTest implements ClusterTest.Setup {
    private static final Pattern ROW = Pattern.compile("^\\| `(flotilla\\.sessions\\.[a-z.]+)` \\| (\\w+) \\|");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Override
    public void configure(int i, ClusterBuilder member) {
        member.meterRegistry(meters);
        ModuleProbe.install(member);
    }

    @ClusterTest(members = 1)
    void metersAreThoseOfTheReadme(TestCluster cluster) throws IOException {
        Cluster member = cluster.member(0);
        ModuleProbe probe = ModuleProbe.of(member);
        new SessionRepository(
                        probe.store(),
                        new Snapshots(0, probe.context().ticker()),
                        new SessionsMetrics(probe.context().meters()),
                        probe.context().calls().timeout(),
                        probe.context().ticker())
                .open("key", Messages.secret("s"));
        Set<String> registered = meters.getMeters().stream()
                .map(Meter::getId)
                .filter(each -> each.getName().startsWith("flotilla.sessions."))
                .map(each -> each.getName() + " " + each.getType().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(registered).isNotEmpty().isEqualTo(table());
    }

    @ClusterTest(members = 1)
    void activeSessionsAreCounted(TestCluster cluster) {
        SessionStore store = ModuleProbe.of(cluster.member(0)).store();
        store.commit("a", Messages.newSession(1, 1, "s"));
        store.commit("b", Messages.newSession(1, 2, "s"));

        assertThat(meters.get(SessionsMetrics.ACTIVE).gauge().value()).isEqualTo(2);
    }

    private static Set<String> table() throws IOException {
        Set<String> rows = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                rows.add(row.group(1) + " " + row.group(2));
            }
        }
        return rows;
    }
}
