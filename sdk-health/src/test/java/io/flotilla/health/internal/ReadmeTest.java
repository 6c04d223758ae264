package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.health.internal.vitals.Signal;
import io.flotilla.health.internal.vitals.Vitals;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of the README hold what there is, no more and no less. */
class ReadmeTest {
    private static final Pattern FIRST_CELL = Pattern.compile("^\\| `([^`]+)`.*");
    private static final Pattern TAG = Pattern.compile("`([a-z]+)`(?: \\([^)]*\\))?(?:, |$)");

    private static List<String> rows(String heading) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("\n## " + heading + "\n") + 4);
        return section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> FIRST_CELL.matcher(line).matches())
                .toList();
    }

    private static String name(String row) {
        Matcher cell = FIRST_CELL.matcher(row);
        assertThat(cell.matches()).isTrue();
        return cell.group(1);
    }

    @Test
    void listsEverySetting() throws IOException {
        assertThat(rows("Settings").stream().map(ReadmeTest::name))
                .containsExactlyElementsOf(Arrays.stream(HealthConfig.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    @Test
    void listsEveryMeterWithItsTags() throws IOException {
        FakeContext context = new FakeContext();
        HealthMetrics metrics = new HealthMetrics(context.meters(), context.requests());
        metrics.bind(new BackgroundCheck(new FakeCheck("disk"), Settings.DEFAULTS, context.ticker(), () -> {}));
        metrics.bind(Signal.HEAP, new VitalSigns(() -> Vitals.UNKNOWN, context.ticker(), metrics));
        metrics.probed("ready", "OK");
        Map<String, Set<String>> registered = new TreeMap<>();
        for (Meter each : context.meters.getMeters()) {
            registered.put(
                    each.getId().getType().name().toLowerCase(java.util.Locale.ROOT) + " "
                            + each.getId().getName(),
                    new TreeSet<>(
                            each.getId().getTags().stream().map(Tag::getKey).toList()));
        }

        Map<String, Set<String>> documented = new TreeMap<>();
        for (String row : rows("Metrics")) {
            String[] cells = row.split("\\|", -1);
            Set<String> tags = new TreeSet<>();
            Matcher tag = TAG.matcher(cells[3].strip());
            while (tag.find()) {
                tags.add(tag.group(1));
            }
            documented.put(cells[2].strip() + " " + name(row), tags);
        }
        assertThat(documented).isEqualTo(registered);
    }
}
